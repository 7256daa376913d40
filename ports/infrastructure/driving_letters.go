package infrastructure

import (
	"encoding/json"
	"time"
)

// ListDeadLetters lists events and deliveries that were given up.
type ListDeadLetters struct {
	EventType   string `json:"event_type" query:"event_type" maxLength:"255" description:"Only events of this name."`
	Service     string `json:"service_name" query:"service_name" maxLength:"255" description:"Only those of the service."`
	Correlation string `json:"correlation_id" query:"correlation_id" maxLength:"255" description:"Only those of the correlation id."`
	Limit       int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset      int    `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// DeadLetterList is a page of dead letters.
type DeadLetterList struct {
	Events        []DeadLetter `json:"events" description:"The page, the last given up first."`
	TotalCount    int          `json:"total_count" description:"How many there are in all."`
	FilteredCount int          `json:"filtered_count" description:"How many match."`
	Limit         int          `json:"limit" description:"Greatest length of the page."`
	Offset        int          `json:"offset" description:"How many were passed over."`
	HasMore       bool         `json:"has_more" description:"Whether more follow."`
}

// DeadLetter is an event or a delivery that was given up.
type DeadLetter struct {
	ID            string            `json:"dlq_id" description:"Its id: the place where it lies, a colon, and its id there."`
	EventID       string            `json:"event_id" description:"Id of the event."`
	EventType     string            `json:"event_type" description:"Name of the event."`
	EventData     json.RawMessage   `json:"event_data" description:"Published body of the event."`
	FailureReason string            `json:"failure_reason" description:"Why the last attempt failed."`
	HappenedAt    time.Time         `json:"original_timestamp" description:"When the event happened."`
	DiedAt        time.Time         `json:"dlq_timestamp" description:"When it was given up."`
	RetryCount    int               `json:"retry_count" description:"How often it was tried again since it was first given up."`
	MaxRetries    int               `json:"max_retries" description:"How often it may be."`
	Correlation   string            `json:"correlation_id" description:"Correlation of the request that caused it; empty where there was none."`
	Service       string            `json:"service_name" description:"Id of the service that has it."`
	Details       map[string]string `json:"error_details" description:"What else is known."`
	CanRetry      bool              `json:"can_retry" description:"Whether it may be tried again."`
	AgeSeconds    float64           `json:"age_seconds" description:"How long ago it was given up."`
}

// GetDeadLetter reads one.
type GetDeadLetter struct {
	ID string `json:"dlq_id" path:"dlq_id" maxLength:"512" description:"Its id, or the id of its event."`
}

// GetDeadLetterStats counts dead letters.
type GetDeadLetterStats struct {
	Hours *int `json:"time_range_hours" query:"time_range_hours" minimum:"1" maximum:"8760" description:"Only those given up in the last hours; all when absent."`
}

// DeadLetterStats are dead letters counted.
type DeadLetterStats struct {
	TotalEvents      int            `json:"total_events" description:"How many there are."`
	FailedEvents     int            `json:"failed_events" description:"Those that used up their retries."`
	RetryableEvents  int            `json:"retryable_events" description:"Those that may be tried again."`
	OldestEvent      *time.Time     `json:"oldest_event" description:"When the first of them was given up."`
	NewestEvent      *time.Time     `json:"newest_event" description:"When the last of them was given up."`
	OldestAgeSeconds float64        `json:"oldest_age_seconds" description:"How long ago the first was given up; 0 when there is none."`
	EventsByType     map[string]int `json:"events_by_type" description:"Their number by event name."`
	EventsByService  map[string]int `json:"events_by_service" description:"Their number by service."`
	Causes           []CauseCluster `json:"causes" description:"What their causes have in common, the most frequent first, at most 50."`
	Unreachable      []string       `json:"unreachable" description:"Places that did not answer and are not counted."`
}

// CauseCluster is the dead letters whose causes say the same.
type CauseCluster struct {
	Pattern  string    `json:"pattern" description:"What the causes say, without ids, addresses and numbers."`
	Example  string    `json:"example" description:"The last cause as it was."`
	Count    int       `json:"count" description:"How many there are."`
	Oldest   time.Time `json:"oldest" description:"When the first was given up."`
	Newest   time.Time `json:"newest" description:"When the last was given up."`
	Types    []string  `json:"event_types" description:"Names of their events."`
	Services []string  `json:"services" description:"Services that have them."`
}

// RetryDeadLetters has dead letters delivered again.
type RetryDeadLetters struct {
	IDs        []string `json:"event_ids" minItems:"1" maxItems:"1000" description:"Ids of dead letters, or of their events, 1 to 1000; absent is every one that may be tried again, at most 1000, the oldest first."`
	MaxRetries *int     `json:"max_retries" minimum:"1" maximum:"10" description:"How often one may be tried again in all; absent is what held for it last, 3 at first."`
	EventType  string   `json:"event_type" maxLength:"255" description:"Without ids: only events of this name."`
	Service    string   `json:"service_name" maxLength:"255" description:"Without ids: only those of the service."`
}

// RetryResult tells what was tried again.
type RetryResult struct {
	TotalRequested int              `json:"total_requested" description:"How many were asked for."`
	Retried        []string         `json:"retried" description:"Ids of those that are on their way again."`
	Failed         []RetryFailure   `json:"failed" description:"Those that could not be sent on their way."`
	Exhausted      []RetryExhausted `json:"exhausted" description:"Those that used up their retries."`
	Remaining      int              `json:"remaining" description:"How many more may be tried again; ask once more for them."`
}

// RetryFailure is one that could not be sent on its way.
type RetryFailure struct {
	ID     string `json:"dlq_id" description:"The id that was asked for."`
	Reason string `json:"reason" description:"Why."`
}

// RetryExhausted is one that used up its retries.
type RetryExhausted struct {
	ID             string `json:"dlq_id" description:"Its id."`
	MaxRetries     int    `json:"max_retries" description:"How often it might be tried again."`
	CurrentRetries int    `json:"current_retries" description:"How often it was."`
}

// DiscardDeadLetters erases dead letters.
type DiscardDeadLetters struct {
	IDs []string `json:"dlq_ids" query:"dlq_ids" required:"true" minItems:"1" maxItems:"1000" description:"Ids of dead letters."`
}

// DiscardResult tells what was erased.
type DiscardResult struct {
	TotalRequested int      `json:"total_requested" description:"How many were asked for."`
	Removed        []string `json:"removed" description:"Ids of those that were erased."`
	NotFound       []string `json:"not_found" description:"Ids that no dead letter has."`
}
