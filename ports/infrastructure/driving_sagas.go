package infrastructure

import "time"

// StartSaga begins a saga. Its steps are then executed one after the other; when one
// fails, those before it are undone in reverse.
type StartSaga struct {
	Type           string         `json:"saga_type" required:"true" minLength:"1" maxLength:"255" description:"What kind of work it is."`
	Correlation    string         `json:"correlation_id" maxLength:"255" description:"Joins it to other work; that of the request when absent."`
	Steps          []NewSagaStep  `json:"steps" required:"true" minItems:"1" maxItems:"100" description:"What is done, in order."`
	Metadata       map[string]any `json:"metadata" description:"Anything else."`
	TimeoutSeconds int            `json:"timeout_seconds" default:"3600" minimum:"1" maximum:"604800" description:"How long it may be under way before it is undone."`
}

// NewSagaStep is one piece of the work, with what undoes it.
type NewSagaStep struct {
	ID                     string         `json:"step_id" required:"true" minLength:"1" maxLength:"100" description:"Its id, unique in the saga."`
	Service                string         `json:"service_name" required:"true" minLength:"1" maxLength:"255" description:"Id of the service that does it."`
	Operation              string         `json:"operation" required:"true" minLength:"1" maxLength:"1000" description:"Name of the operation, or its method and path."`
	Parameters             map[string]any `json:"parameters" description:"Fields of the operation by their names."`
	Compensation           string         `json:"compensation_operation" maxLength:"1000" description:"What undoes it, in the same service; absent when nothing has to."`
	CompensationParameters map[string]any `json:"compensation_parameters" description:"Fields of that operation."`
}

// SagaStarted tells that a saga began.
type SagaStarted struct {
	ID     string `json:"saga_id" description:"Its id."`
	Status string `json:"status" description:"Always started."`
}

// GetSaga reads a saga.
type GetSaga struct {
	ID string `json:"saga_id" path:"saga_id" description:"Its id."`
}

// ListSagas lists sagas, the last made first.
type ListSagas struct {
	Status      string `json:"status" query:"status" enum:"pending,started,compensating,completed,failed,aborted" description:"Only those in this status."`
	Type        string `json:"saga_type" query:"saga_type" maxLength:"255" description:"Only those of this type."`
	Correlation string `json:"correlation_id" query:"correlation_id" maxLength:"255" description:"Only those of the correlation id."`
	Limit       int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset      int    `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// SagaList is a page of sagas with all of them counted.
type SagaList struct {
	Sagas   []Saga `json:"sagas" description:"The page."`
	Total   int    `json:"total" description:"How many match in all."`
	Limit   int    `json:"limit" description:"Greatest length of the page."`
	Offset  int    `json:"offset" description:"How many were passed over."`
	HasMore bool   `json:"has_more" description:"Whether more follow."`
	SagaStats
}

// GetSagaStats counts sagas.
type GetSagaStats struct{}

// SagaStats are sagas counted.
type SagaStats struct {
	TotalSagas          int     `json:"total_sagas" description:"How many there are."`
	ActiveSagas         int     `json:"active_sagas" description:"Those under way."`
	CompletedSagas      int     `json:"completed_sagas" description:"Those that ended, however."`
	SuccessfulSagas     int     `json:"successful_sagas" description:"Those that came to their end."`
	FailedSagas         int     `json:"failed_sagas" description:"Those that were undone."`
	AbortedSagas        int     `json:"aborted_sagas" description:"Those that were ended where they stood."`
	SuccessRate         float64 `json:"success_rate" description:"Share of the successful of those that ended, from 0 to 1."`
	AvgCompletionTime   float64 `json:"avg_completion_time" description:"Mean time of the successful, in seconds."`
	OldestActiveSeconds float64 `json:"oldest_active_seconds" description:"How long the oldest of those under way is; 0 when none is."`
}

// Saga is work over several services that comes to its end or is undone.
type Saga struct {
	ID              string         `json:"saga_id" description:"Its id."`
	Type            string         `json:"saga_type" description:"What kind of work it is."`
	Correlation     string         `json:"correlation_id" description:"Joins it to other work."`
	Status          string         `json:"status" description:"pending, started, compensating, completed, failed or aborted."`
	CurrentStep     *string        `json:"current_step" description:"The step to execute next; null when there is none."`
	Steps           []SagaStep     `json:"steps" description:"What is done, in order."`
	Metadata        map[string]any `json:"metadata" description:"Anything else."`
	CreatedAt       time.Time      `json:"created_at" description:"When it was made."`
	StartedAt       *time.Time     `json:"started_at" description:"When it started."`
	CompletedAt     *time.Time     `json:"completed_at" description:"When it ended."`
	DeadlineAt      *time.Time     `json:"deadline_at" description:"When it is undone if it is still under way."`
	ErrorMessage    string         `json:"error_message" description:"Why it did not come to its end."`
	DurationSeconds float64        `json:"duration_seconds" description:"How long it was under way."`
	NeedsHand       bool           `json:"needs_hand" description:"Whether something could not be undone, so that a person must."`
}

// SagaStep is one piece of the work.
type SagaStep struct {
	ID                 string     `json:"step_id" description:"Its id."`
	Service            string     `json:"service_name" description:"Id of the service that does it."`
	Operation          string     `json:"operation" description:"The operation."`
	Compensation       *string    `json:"compensation_operation" description:"What undoes it."`
	Status             string     `json:"status" description:"pending, completed or failed."`
	ExecutedAt         *time.Time `json:"executed_at" description:"When it was called."`
	CompletedAt        *time.Time `json:"completed_at" description:"When it had ended."`
	ErrorMessage       string     `json:"error_message" description:"Why it failed."`
	CompensationStatus string     `json:"compensation_status,omitempty" description:"completed or failed once it was undone."`
	CompensatedAt      *time.Time `json:"compensated_at,omitempty" description:"When it was undone."`
	CompensationError  string     `json:"compensation_error,omitempty" description:"Why it could not be undone."`
}

// ExecuteStep calls the operation of a step and waits for its end. A step that was
// executed is not again.
type ExecuteStep struct {
	ID   string `json:"saga_id" path:"saga_id" description:"Id of the saga."`
	Step string `json:"step_id" path:"step_id" description:"Id of the step."`
}

// CompensateSaga undoes what was done and ends the saga as failed.
type CompensateSaga struct {
	ID     string `json:"saga_id" path:"saga_id" description:"Its id."`
	Reason string `json:"reason" maxLength:"1000" description:"Why."`
}

// CompleteSaga ends a saga whose steps are all done.
type CompleteSaga struct {
	ID string `json:"saga_id" path:"saga_id" description:"Its id."`
}

// AbortSaga ends a saga where it stands; nothing is undone.
type AbortSaga struct {
	ID     string `json:"saga_id" path:"saga_id" description:"Its id."`
	Reason string `json:"reason" maxLength:"1000" description:"Why."`
}
