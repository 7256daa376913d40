package sourceagent

import "time"

// IngestSource makes the document store mirror a folder or repository.
type IngestSource struct {
	Location string `json:"location" required:"true" maxLength:"4096" description:"Path of a folder, a file or a git repository, as the service sees it."`
	Name     string `json:"name" maxLength:"100" description:"Name in the ids of the documents; the name that the source has, or the last element of its path, when absent."`
	Full     bool   `json:"full" description:"Read and store every file again, whether it looks changed or not."`
	Prune    *bool  `json:"prune" description:"Delete the documents of files that are gone; true when absent."`
	MaxItems int    `json:"max_items" minimum:"0" description:"Greatest number of files to store now; no bound when 0. What remains, removals too, is left to the next ingestion."`
}

// Trouble is what was wrong with one file.
type Trouble struct {
	Path    string `json:"path" description:"Path of the file within the source."`
	Kind    string `json:"kind" description:"Kind of fault, such as forbidden or too large."`
	Message string `json:"message" description:"What to do about it."`
}

// Ingestion is a run as callers see it.
type Ingestion struct {
	IngestionID string     `json:"ingestion_id" description:"Identifier of the run."`
	Source      string     `json:"source" description:"Identifier of the source."`
	Name        string     `json:"name" description:"Name of the source."`
	Kind        string     `json:"kind" description:"files or git."`
	Status      string     `json:"status" description:"running, completed, failed or cancelled."`
	Added       int        `json:"added" description:"New files that were stored."`
	Changed     int        `json:"changed" description:"Files whose new content was stored."`
	Renamed     int        `json:"renamed" description:"Files whose document followed them to a new path."`
	Removed     int        `json:"removed" description:"Files that are gone, and their documents with them."`
	Unchanged   int        `json:"unchanged" description:"Files that hold what they held."`
	Duplicates  int        `json:"duplicates" description:"Stored files whose content another document held already."`
	Failed      int        `json:"failed" description:"Files that could not be listed, read or stored."`
	Remaining   int        `json:"remaining" description:"Files left to the next ingestion."`
	Failures    []Trouble  `json:"failures" description:"The first 1000 failures; left out of lists."`
	Warnings    []Trouble  `json:"warnings" description:"The first 1000 files that were stored in an unusual way; left out of lists."`
	Digest      string     `json:"digest,omitempty" description:"SHA-256 over the sorted paths and content hashes that are stored."`
	Cause       string     `json:"cause,omitempty" description:"Why the run did not complete."`
	Key         string     `json:"key,omitempty" description:"Idempotency key of the request that began it."`
	DurationMS  int64      `json:"duration_ms" description:"How long it took; 0 while it is running."`
	StartedAt   time.Time  `json:"started_at" description:"When it began."`
	FinishedAt  *time.Time `json:"finished_at,omitempty" description:"When it ended."`
}

// IngestionList is a page of runs.
type IngestionList struct {
	Items   []Ingestion `json:"items" description:"The page, latest first."`
	Total   int         `json:"total" description:"How many runs match in all."`
	Limit   int         `json:"limit" description:"Greatest length of the page."`
	Offset  int         `json:"offset" description:"How many runs were passed over."`
	HasMore bool        `json:"has_more" description:"Whether more follow."`
}

// ListIngestions lists runs, the latest first.
type ListIngestions struct {
	Source string `json:"source" query:"source" maxLength:"255" description:"Only those of the source with this id."`
	Status string `json:"status" query:"status" enum:"running,completed,failed,cancelled" description:"Only those in this state."`
	Limit  int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"100" description:"Greatest length of the page."`
	Offset int    `json:"offset" query:"offset" minimum:"0" description:"How many runs to pass over."`
}

// GetIngestion reads a run.
type GetIngestion struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the run."`
}
