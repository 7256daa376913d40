package sourceagent

import "time"

// ReconcileSource reads every file of a source and holds it against the document store.
type ReconcileSource struct {
	ID    string `json:"id" path:"id" maxLength:"255" description:"Identifier of the source."`
	Limit int    `json:"limit" default:"100" minimum:"1" maximum:"1000" description:"Greatest number of differences to list."`
}

// Reconciliation says whether source and store hold the same.
type Reconciliation struct {
	Source       string       `json:"source" description:"Identifier of the source."`
	Reconciled   bool         `json:"reconciled" description:"Whether both hold the same."`
	SourceDigest string       `json:"source_digest" description:"SHA-256 over the lines path NUL hash LF of the files that have content, sorted by path."`
	StoreDigest  string       `json:"store_digest" description:"The same over what the document store has for each path."`
	Files        int          `json:"files" description:"Files of the source that have content."`
	Blank        int          `json:"blank" description:"Files without content, of which nothing is stored."`
	Documents    int          `json:"documents" description:"Paths that the store has a document for."`
	Differing    int          `json:"differing" description:"How many paths differ."`
	Differences  []Difference `json:"differences" description:"The first of them, by path."`
	CheckedAt    time.Time    `json:"checked_at" description:"When the source was read."`
}

// Difference is a path that source and store do not hold alike.
type Difference struct {
	Path       string `json:"path" description:"Path of the file."`
	Problem    string `json:"problem" description:"missing: the store has nothing; different: it has another content; extra: the source has no such file; unreadable: the file cannot be read."`
	Document   string `json:"document,omitempty" description:"Identifier of the document, where there is one."`
	SourceHash string `json:"source_hash,omitempty" description:"SHA-256 of the file."`
	StoreHash  string `json:"store_hash,omitempty" description:"SHA-256 of the document."`
}
