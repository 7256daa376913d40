package workflows

import "time"

// Execution is a run.
type Execution struct {
	ExecutionID     string         `json:"execution_id" description:"Identifier of the run."`
	WorkflowID      string         `json:"workflow_id" description:"What is run."`
	WorkflowName    string         `json:"workflow_name" description:"Its name when the run began."`
	WorkflowVersion int            `json:"workflow_version" description:"Version that the run began with, and keeps."`
	Status          string         `json:"status" description:"pending, running, paused, completed, failed or cancelled."`
	Parameters      map[string]any `json:"parameters" description:"The values that it began with."`
	Results         []ActionResult `json:"results" description:"How its actions ended, in order; left out of lists."`
	Progress        RunProgress    `json:"progress" description:"How far it is; in lists only of those that completed."`
	StartedAt       *time.Time     `json:"started_at,omitempty" description:"When it began."`
	CompletedAt     *time.Time     `json:"completed_at,omitempty" description:"When it ended."`
	DurationMS      int64          `json:"duration_ms" description:"How long it took; 0 while it runs."`
	ErrorMessage    string         `json:"error_message,omitempty" description:"Why it failed."`
	ErrorKind       string         `json:"error_kind,omitempty" description:"Kind of the first fault."`
	RetryOf         string         `json:"retry_of,omitempty" description:"Run whose failed steps this one tries again."`
	UserID          string         `json:"user_id" description:"Who began it."`
	CorrelationID   string         `json:"correlation_id" description:"Joins it to the request that began it."`
	Priority        int            `json:"priority" description:"From 1 to 10, for those who look."`
	CreatedAt       time.Time      `json:"created_at" description:"When it was asked for."`
}

// ActionResult is how an action ended.
type ActionResult struct {
	ActionID     string     `json:"action_id" description:"Id of the action."`
	Status       string     `json:"status" description:"pending, running, completed, failed, skipped or cancelled."`
	Output       any        `json:"output,omitempty" description:"What it answered."`
	ErrorMessage string     `json:"error_message,omitempty" description:"Why it failed."`
	ErrorKind    string     `json:"error_kind,omitempty" description:"Kind of its fault."`
	Reason       string     `json:"reason,omitempty" description:"Why it was skipped."`
	StartedAt    *time.Time `json:"started_at,omitempty" description:"When it began, where it took a step."`
	CompletedAt  *time.Time `json:"completed_at,omitempty" description:"When it ended, where it took a step."`
}

// RunProgress is how far a run is.
type RunProgress struct {
	CompletedActions int      `json:"completed_actions" description:"Actions that are through."`
	TotalActions     int      `json:"total_actions" description:"All actions."`
	CurrentActions   []string `json:"current_actions" description:"Ids of those that are under way."`
	Percentage       float64  `json:"percentage" description:"Share of the actions that are through, from 0 to 100."`
}

// ExecuteWorkflow begins a run and returns at once.
type ExecuteWorkflow struct {
	WorkflowID    string         `json:"workflow_id" required:"true" minLength:"1" maxLength:"255" description:"Id of an active workflow, or the name of a shipped one."`
	Parameters    map[string]any `json:"parameters" description:"Values of its parameters."`
	UserID        string         `json:"user_id" maxLength:"255" description:"Who begins it; the caller when absent."`
	CorrelationID string         `json:"correlation_id" maxLength:"255" description:"Joins it to what caused it; that of the request when absent."`
	Priority      int            `json:"priority" default:"5" minimum:"1" maximum:"10" description:"For those who look."`
}

// RunWorkflow begins a run of the workflow in the path and returns at once.
type RunWorkflow struct {
	WorkflowID    string         `json:"workflow_id" path:"workflow_id" maxLength:"255" description:"Id of an active workflow, or the name of a shipped one."`
	Parameters    map[string]any `json:"parameters" description:"Values of its parameters."`
	UserID        string         `json:"user_id" maxLength:"255" description:"Who begins it; the caller when absent."`
	CorrelationID string         `json:"correlation_id" maxLength:"255" description:"Joins it to what caused it; that of the request when absent."`
	Priority      int            `json:"priority" default:"5" minimum:"1" maximum:"10" description:"For those who look."`
}

// GetExecution reads a run with the results so far.
type GetExecution struct {
	ID string `json:"execution_id" path:"execution_id" maxLength:"255" description:"Its id."`
}

// ListExecutions lists runs, the last asked for first.
type ListExecutions struct {
	WorkflowID    string     `json:"workflow_id" query:"workflow_id" maxLength:"255" description:"Only those of the workflow."`
	Status        string     `json:"status" query:"status" enum:"pending,running,paused,completed,failed,cancelled" description:"Only those in this status."`
	StartedAfter  *time.Time `json:"started_after" query:"started_after" description:"Only those asked for at or after."`
	StartedBefore *time.Time `json:"started_before" query:"started_before" description:"Only those asked for before."`
	Limit         int        `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset        int        `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// ExecutionList is a page of runs.
type ExecutionList struct {
	Items   []Execution `json:"items" description:"The page, the last asked for first."`
	Total   int         `json:"total" description:"How many match in all."`
	Limit   int         `json:"limit" description:"Greatest length of the page."`
	Offset  int         `json:"offset" description:"How many were passed over."`
	HasMore bool        `json:"has_more" description:"Whether more follow."`
}

// CancelExecution ends a run; what its actions did is undone where they say how.
type CancelExecution struct {
	ID string `json:"execution_id" path:"execution_id" maxLength:"255" description:"Its id."`
}

// PauseExecution stops a run until it is resumed.
type PauseExecution struct {
	ID string `json:"execution_id" path:"execution_id" maxLength:"255" description:"Its id."`
}

// ResumeExecution lets a paused run go on.
type ResumeExecution struct {
	ID string `json:"execution_id" path:"execution_id" maxLength:"255" description:"Its id."`
}

// RetryExecution begins a run that takes over what a failed one completed.
type RetryExecution struct {
	ID string `json:"execution_id" path:"execution_id" maxLength:"255" description:"Id of the failed run."`
}

// SignalExecution hands an event to a run that waits for it, or will.
type SignalExecution struct {
	ID      string         `json:"execution_id" path:"execution_id" maxLength:"255" description:"Its id."`
	Event   string         `json:"event" required:"true" minLength:"1" maxLength:"255" description:"Name of the event, as the wait names it."`
	Payload map[string]any `json:"payload" description:"What the wait answers."`
}

// ExplainExecution asks what a run waits for.
type ExplainExecution struct {
	ID string `json:"execution_id" path:"execution_id" maxLength:"255" description:"Its id."`
}

// Explanation is what a run waits for.
type Explanation struct {
	ExecutionID string   `json:"execution_id" description:"Id of the run."`
	Status      string   `json:"status" description:"Its status."`
	Explanation string   `json:"explanation" description:"One sentence."`
	WaitsFor    []string `json:"waits_for" description:"Ids of the actions that are under way."`
}

// WatchExecution follows a run live, from its beginning or from an event on.
type WatchExecution struct {
	ID string `json:"execution_id" path:"execution_id" maxLength:"255" description:"Its id."`
}

// RunEvent is something that happened in a run.
type RunEvent struct {
	Sequence  string        `json:"sequence" event:"id" description:"Counts the events of the run, from 1."`
	EventType string        `json:"event_type" description:"workflow.started, action.executed, workflow.completed, workflow.failed or workflow.cancelled."`
	At        time.Time     `json:"at" description:"When it happened, as far as it is recorded."`
	Action    *ActionResult `json:"action,omitempty" description:"How the action ended."`
	Progress  RunProgress   `json:"progress" description:"How far the run was then."`
	Message   string        `json:"message,omitempty" description:"Why it failed."`
}
