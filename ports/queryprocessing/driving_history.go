package queryprocessing

import "time"

// GetResult reads the outcome of a query, and tells whether what it rests on still
// stands.
type GetResult struct {
	ID string `json:"query_id" path:"query_id" maxLength:"255" description:"Its id."`
}

// DeleteResult erases a query with its outcome.
type DeleteResult struct {
	ID string `json:"query_id" path:"query_id" maxLength:"255" description:"Its id."`
}

// Deleted names what was erased.
type Deleted struct {
	QueryID string `json:"query_id" description:"Identifier of the query."`
}

// GiveFeedback says whether a result helped.
type GiveFeedback struct {
	ID      string `json:"query_id" path:"query_id" maxLength:"255" description:"Its id."`
	Helpful *bool  `json:"helpful" required:"true" description:"Whether it helped."`
	Comment string `json:"comment" maxLength:"2000" description:"What was missing or wrong."`
}

// Feedback is what a user says of a result; the last word of each user counts.
type Feedback struct {
	QueryID string    `json:"query_id" description:"Identifier of the query."`
	UserID  string    `json:"user_id" description:"Who says it."`
	Helpful bool      `json:"helpful" description:"Whether it helped."`
	Comment string    `json:"comment,omitempty" description:"What was missing or wrong."`
	At      time.Time `json:"at" description:"When it was said."`
}

// ListHistory lists queries, the last asked first.
type ListHistory struct {
	Intent string `json:"intent" query:"intent" maxLength:"100" description:"Only those taken to want this."`
	Status string `json:"status" query:"status" enum:"answered,executed,not_found,refused" description:"Only those that ended so."`
	UserID string `json:"user_id" query:"user_id" maxLength:"255" description:"Only those of this user."`
	Limit  int    `json:"limit" query:"limit" default:"20" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset int    `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// HistoryEntry is a query in the history.
type HistoryEntry struct {
	QueryID         string    `json:"query_id" description:"Identifier of the query."`
	QueryText       string    `json:"query_text" description:"What was asked."`
	Structured      bool      `json:"structured" description:"Whether it was a structured query."`
	Intent          string    `json:"intent" description:"What it was taken to want."`
	ConfidenceScore float64   `json:"confidence_score" description:"How surely it was answered, 0 to 1."`
	ResultCount     int       `json:"result_count" description:"How many documents were found."`
	ExecutionTimeMS float64   `json:"execution_time_ms" description:"How long it took."`
	UserID          string    `json:"user_id" description:"Who asked."`
	CreatedAt       time.Time `json:"created_at" description:"When it was asked."`
	Status          string    `json:"status" description:"answered, executed, not_found or refused."`
}

// HistoryList is a page of the history.
type HistoryList struct {
	Items   []HistoryEntry `json:"items" description:"The page, the last asked first."`
	Total   int            `json:"total" description:"How many match in all."`
	Limit   int            `json:"limit" description:"Greatest length of the page."`
	Offset  int            `json:"offset" description:"How many were passed over."`
	HasMore bool           `json:"has_more" description:"Whether more follow."`
}

// GetHistoryEntry reads one entry of the history.
type GetHistoryEntry struct {
	ID string `json:"query_id" path:"query_id" maxLength:"255" description:"Its id."`
}

// ListIntents lists what queries may want.
type ListIntents struct{}

// IntentList is every intent.
type IntentList struct {
	Intents []IntentEntry `json:"intents" description:"All intents."`
	Total   int           `json:"total_intents" description:"How many there are."`
}

// IntentEntry describes an intent.
type IntentEntry struct {
	Name           string   `json:"name" description:"Name of the intent."`
	Description    string   `json:"description" description:"What it wants."`
	ExampleQueries []string `json:"example_queries" description:"How it may be asked."`
	Answered       bool     `json:"answered" description:"Whether a query answers it; others are told where to go."`
}

// GetStats sums up the queries.
type GetStats struct{}

// Stats sums up the queries that are kept.
type Stats struct {
	TotalQueries      int           `json:"total_queries" description:"How many are kept."`
	QueriesToday      int           `json:"queries_today" description:"How many since midnight, UTC."`
	AvgResponseTimeMS float64       `json:"avg_response_time_ms" description:"Mean time to answer."`
	SuccessRate       float64       `json:"success_rate" description:"Share that was answered or executed, 0 to 1; 0 without queries."`
	NotFound          int           `json:"not_found" description:"How many found no answer."`
	Helpful           int           `json:"helpful" description:"How often feedback said that a result helped."`
	Unhelpful         int           `json:"unhelpful" description:"How often that it did not."`
	PopularIntents    []IntentCount `json:"popular_intents" description:"The most frequent intents first, at most five."`
}

// IntentCount is an intent with how often it was wanted.
type IntentCount struct {
	Intent string `json:"intent" description:"Name of the intent."`
	Count  int    `json:"count" description:"How many queries wanted it."`
}
