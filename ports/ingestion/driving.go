package ingestion

import "time"

// StartIngestion asks for a source to be ingested and returns at once.
type StartIngestion struct {
	SourceURL     string     `json:"source_url" required:"true" minLength:"1" maxLength:"2000" description:"Path or address of the source, as the source agent sees it."`
	SourceType    string     `json:"source_type" default:"github" enum:"github,gitlab,jira,confluence,filesystem,web,database,api,email,slack" description:"Sort of source; GET /sources lists those that this build reads."`
	Parameters    Parameters `json:"parameters" description:"How it is ingested."`
	Scope         Scope      `json:"scope" description:"How much of it is ingested."`
	Priority      int        `json:"priority" default:"5" description:"From 1 to 10; what lies beyond is clamped. The highest goes first."`
	RequestedBy   string     `json:"requested_by" maxLength:"255" description:"Who asks; the caller when absent."`
	CorrelationID string     `json:"correlation_id" maxLength:"255" description:"Joins it to what caused it; that of the request when absent."`
	Tags          []string   `json:"tags" maxItems:"50" description:"Words to know the job by."`
}

// Parameters say how a source is ingested.
type Parameters struct {
	Name    string `json:"name" maxLength:"100" description:"Name of the source in the ids of its documents; its own when absent."`
	Full    bool   `json:"full" description:"Read and store every file again, whether it looks changed or not."`
	Prune   *bool  `json:"prune" description:"Delete the documents of files that are gone; true when absent."`
	Analyse *bool  `json:"analyse" description:"Hold what was ingested to the rules afterwards; true when absent."`
}

// Scope bounds an ingestion.
type Scope struct {
	MaxItems int `json:"max_items" minimum:"0" description:"Greatest number of files to store now; no bound when 0."`
}

// Started says that a job was taken on.
type Started struct {
	IngestionID string `json:"ingestion_id" description:"Identifier of the job."`
	Status      string `json:"status" description:"started."`
	SourceURL   string `json:"source_url" description:"What is ingested."`
	SourceType  string `json:"source_type" description:"Sort of source."`
	RetryOf     string `json:"retry_of,omitempty" description:"Job that this one tries again."`
}

// GetIngestion reads a job.
type GetIngestion struct {
	ID string `json:"ingestion_id" path:"ingestion_id" maxLength:"255" description:"Its id."`
}

// CancelIngestion ends a job; what it stored stays.
type CancelIngestion struct {
	ID string `json:"ingestion_id" path:"ingestion_id" maxLength:"255" description:"Its id."`
}

// Cancelled says that a job was ended.
type Cancelled struct {
	IngestionID string `json:"ingestion_id" description:"Its id."`
	Status      string `json:"status" description:"cancelled."`
}

// RetryIngestion asks for a job that goes on where a failed one ended: what was stored
// is not stored again.
type RetryIngestion struct {
	ID string `json:"ingestion_id" path:"ingestion_id" maxLength:"255" description:"Id of a job that failed, wholly or in part."`
}

// WatchIngestion follows a job live.
type WatchIngestion struct {
	ID string `json:"ingestion_id" path:"ingestion_id" maxLength:"255" description:"Its id."`
}

// ListIngestions lists jobs, the last asked for first.
type ListIngestions struct {
	Status     string `json:"status" query:"status" enum:"pending,queued,initializing,connecting,discovering,downloading,processing,indexing,validating,completed,failed,cancelled,partial_success" description:"Only those in this status."`
	SourceType string `json:"source_type" query:"source_type" enum:"github,gitlab,jira,confluence,filesystem,web,database,api,email,slack" description:"Only those of this sort."`
	Limit      int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset     int    `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// IngestionList is a page of jobs.
type IngestionList struct {
	Items   []Ingestion `json:"items" description:"The page, the last asked for first, without differences."`
	Total   int         `json:"total" description:"How many match in all."`
	Limit   int         `json:"limit" description:"Greatest length of the page."`
	Offset  int         `json:"offset" description:"How many were passed over."`
	HasMore bool        `json:"has_more" description:"Whether more follow."`
}

// Ingestion is a job as callers see it.
type Ingestion struct {
	IngestionID        string          `json:"ingestion_id" description:"Identifier of the job."`
	RequestID          string          `json:"request_id" description:"Identifier of the request: that of the job."`
	SourceURL          string          `json:"source_url" description:"What is ingested, without secrets."`
	SourceType         string          `json:"source_type" description:"Sort of source."`
	Source             string          `json:"source,omitempty" description:"Id of the source at the source agent, once it is known."`
	Status             string          `json:"status" description:"How far it is, from queued to completed, failed, cancelled or partial_success."`
	ProgressPercentage float64         `json:"progress_percentage" description:"From 0 to 100; 100 for every job that ended."`
	TotalItems         int             `json:"total_items" description:"Files that were discovered."`
	ProcessedItems     int             `json:"processed_items" description:"Files of which the outcome is known."`
	SuccessfulItems    int             `json:"successful_items" description:"Files that were stored."`
	FailedItems        int             `json:"failed_items" description:"Files that could not be listed, read or stored."`
	SkippedItems       int             `json:"skipped_items" description:"Files that hold what they held, or lie beyond the bound of the request."`
	UnchangedItems     int             `json:"unchanged_items" description:"Files that hold what they held."`
	DeletedItems       int             `json:"deleted_items" description:"Documents of files that are gone."`
	DuplicateItems     int             `json:"duplicate_items" description:"Stored files whose content another document held."`
	SuccessRate        float64         `json:"success_rate" description:"Share of the files that are stored, now or before."`
	Reconciled         *bool           `json:"reconciled,omitempty" description:"Whether source and store hold the same; absent until they were held against each other."`
	Reconciliation     *Reconciliation `json:"reconciliation,omitempty" description:"How source and store were held against each other."`
	Stages             []Stage         `json:"stages" description:"The parts of the work, in order."`
	Errors             []Error         `json:"errors" description:"The first 100 of what went wrong."`
	ErrorMessage       string          `json:"error_message,omitempty" description:"The last of what went wrong with the job as a whole."`
	HasErrors          bool            `json:"has_errors" description:"Whether anything went wrong."`
	IsComplete         bool            `json:"is_complete" description:"Whether it does no more."`
	IsSuccessful       bool            `json:"is_successful" description:"Whether it stored something, or found nothing to be done."`
	ExecutionID        string          `json:"execution_id,omitempty" description:"Run of the workflow that carries it out."`
	RetryOf            string          `json:"retry_of,omitempty" description:"Job that this one tries again."`
	Priority           int             `json:"priority" description:"From 1 to 10."`
	Tags               []string        `json:"tags" description:"Words to know the job by."`
	HasScopeLimits     bool            `json:"has_scope_limits" description:"Whether the request bounds what is stored."`
	RequestedBy        string          `json:"requested_by" description:"Who asked."`
	CorrelationID      string          `json:"correlation_id" description:"Joins it to what caused it."`
	CreatedAt          time.Time       `json:"created_at" description:"When it was asked for."`
	UpdatedAt          time.Time       `json:"updated_at" description:"When something last moved."`
	StartedAt          *time.Time      `json:"started_at,omitempty" description:"When it left the queue."`
	CompletedAt        *time.Time      `json:"completed_at,omitempty" description:"When it ended."`
	DurationSeconds    float64         `json:"duration_seconds" description:"How long it worked so far."`
}

// Stage is a part of the work.
type Stage struct {
	Name    string             `json:"name" description:"ingest, scan, analyse, claims, reconcile or notify."`
	State   string             `json:"state" description:"pending, running, completed, failed or skipped."`
	Reason  string             `json:"reason,omitempty" description:"Why it failed or was skipped."`
	Figures map[string]float64 `json:"figures,omitempty" description:"What it found, by name."`
}

// Error is something that went wrong.
type Error struct {
	Type      string    `json:"type" description:"auth, connect, not_found, busy, item, stalled, reconciliation or internal."`
	Message   string    `json:"message" description:"What to do about it."`
	Item      string    `json:"item,omitempty" description:"Path of the file that it concerns."`
	Timestamp time.Time `json:"timestamp" description:"When it was noticed."`
}

// Reconciliation holds what the source has against what the store has for it.
type Reconciliation struct {
	Reconciled   bool         `json:"reconciled" description:"Whether both hold the same."`
	SourceDigest string       `json:"source_digest" description:"SHA-256 over the sorted paths and content hashes of the source, read anew."`
	StoreDigest  string       `json:"store_digest" description:"The same of what the store has for the source."`
	Files        int          `json:"files" description:"Files of the source that have content."`
	Documents    int          `json:"documents" description:"Documents that the store has for it."`
	Differing    int          `json:"differing" description:"How many paths differ."`
	Differences  []Difference `json:"differences,omitempty" description:"The first 100 of them; left out of lists."`
}

// Difference is a path that source and store do not hold alike.
type Difference struct {
	Path     string `json:"path" description:"Path of the file."`
	Problem  string `json:"problem" description:"missing, different, extra or unreadable."`
	Document string `json:"document,omitempty" description:"Id of the document, where there is one."`
}

// IngestionEvent is a change of a job.
type IngestionEvent struct {
	Sequence  string    `json:"sequence" event:"id" description:"Number of the change; send the last one back to go on behind it."`
	EventType string    `json:"event_type" description:"ingestion.progress, or how the job ended."`
	Ingestion Ingestion `json:"ingestion" description:"The job after the change."`
}
