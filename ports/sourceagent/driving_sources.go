package sourceagent

import "time"

// PreviewIngestion tells what an ingestion would do.
type PreviewIngestion struct {
	Location string `json:"location" required:"true" maxLength:"4096" description:"Path of a folder, a file or a git repository, as the service sees it."`
	Limit    int    `json:"limit" default:"100" minimum:"1" maximum:"1000" description:"Greatest number of paths in each list."`
}

// Preview is what an ingestion would do.
type Preview struct {
	Source    string    `json:"source" description:"Identifier that the source has, or would have."`
	Name      string    `json:"name" description:"Name that the source has, or would have."`
	Kind      string    `json:"kind" description:"files or git."`
	Known     bool      `json:"known" description:"Whether the source was ingested before."`
	Added     PathList  `json:"added" description:"New files."`
	Changed   PathList  `json:"changed" description:"Files that may have another content; only reading them tells."`
	Renamed   []Rename  `json:"renamed" description:"Files whose content appeared under a new path."`
	Removed   PathList  `json:"removed" description:"Files that are gone."`
	Unchanged int       `json:"unchanged" description:"How many files did not change."`
	Failures  []Trouble `json:"failures" description:"What could not be listed."`
}

// PathList is the beginning of a list of paths.
type PathList struct {
	Total int      `json:"total" description:"How many there are."`
	Paths []string `json:"paths" description:"The first of them, sorted."`
}

// Rename is a file under its new path.
type Rename struct {
	From string `json:"from" description:"Old path."`
	To   string `json:"to" description:"New path."`
}

// Source is a source that was ingested.
type Source struct {
	ID        string     `json:"id" description:"Identifier of the source."`
	Name      string     `json:"name" description:"Name in the ids of its documents."`
	Kind      string     `json:"kind" description:"files or git."`
	Identity  string     `json:"identity" description:"Where it is, in full."`
	Location  string     `json:"location" description:"What was typed last to open it."`
	Items     int        `json:"items" description:"How many files are known."`
	FirstSeen time.Time  `json:"first_seen" description:"When it was first ingested."`
	LastRun   *Ingestion `json:"last_run,omitempty" description:"The latest ingestion, without its failures."`
}

// SourceList is a page of sources.
type SourceList struct {
	Items   []Source `json:"items" description:"The page, by name."`
	Total   int      `json:"total" description:"How many there are."`
	Limit   int      `json:"limit" description:"Greatest length of the page."`
	Offset  int      `json:"offset" description:"How many were passed over."`
	HasMore bool     `json:"has_more" description:"Whether more follow."`
}

// ListSources lists the sources that were ingested, by name.
type ListSources struct {
	Limit  int `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"100" description:"Greatest length of the page."`
	Offset int `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// ListSourceItems lists the files of a source, by path.
type ListSourceItems struct {
	ID     string `json:"id" path:"id" maxLength:"255" description:"Identifier of the source."`
	Limit  int    `json:"limit" query:"limit" default:"100" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset int    `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// Item is a file and where it is stored.
type Item struct {
	Path      string `json:"path" description:"Path within the source."`
	Size      int64  `json:"size" description:"Bytes."`
	Hash      string `json:"hash" description:"SHA-256 of the content, hexadecimal."`
	Document  string `json:"document,omitempty" description:"Identifier of the document; absent for a blank file."`
	Duplicate bool   `json:"duplicate,omitempty" description:"Whether the document belongs to another file of the same content."`
}

// ItemList is a page of files.
type ItemList struct {
	Items   []Item `json:"items" description:"The page, by path."`
	Total   int    `json:"total" description:"How many there are."`
	Limit   int    `json:"limit" description:"Greatest length of the page."`
	Offset  int    `json:"offset" description:"How many were passed over."`
	HasMore bool   `json:"has_more" description:"Whether more follow."`
}

// ForgetSource forgets a source. Its past ingestions stay listed.
type ForgetSource struct {
	ID        string `json:"id" path:"id" maxLength:"255" description:"Identifier of the source."`
	Documents bool   `json:"documents" query:"documents" description:"Delete its documents too, but for those that another source holds."`
}

// ForgottenSource tells what was forgotten.
type ForgottenSource struct {
	ID        string `json:"id" description:"Identifier of the source."`
	Items     int    `json:"items" description:"How many files it had."`
	Documents int    `json:"documents" description:"How many documents were deleted."`
}
