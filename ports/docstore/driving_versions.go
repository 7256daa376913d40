package docstore

import "time"

// Version is a version of a document as callers see it.
type Version struct {
	ID            string         `json:"id" description:"Identifier of the version: document id, :v, number."`
	DocumentID    string         `json:"document_id" description:"Identifier of the document."`
	VersionNumber int            `json:"version_number" description:"Counts from 1."`
	Title         string         `json:"title" description:"Title at the time."`
	Content       string         `json:"content,omitempty" description:"The whole text; left out of lists."`
	ContentHash   string         `json:"content_hash" description:"SHA-256 of the content, hexadecimal."`
	ContentLength int            `json:"content_length" description:"Length of the content in bytes."`
	Metadata      map[string]any `json:"metadata" description:"Metadata at the time."`
	ChangeSummary string         `json:"change_summary" description:"Why the version was made."`
	ChangedBy     string         `json:"changed_by,omitempty" description:"Who made it."`
	CreatedAt     time.Time      `json:"created_at" description:"When the version began."`
	ReplacedAt    *time.Time     `json:"replaced_at,omitempty" description:"When the next version began; absent for the current one."`
	Deletion      bool           `json:"deletion,omitempty" description:"Whether the version marks a deletion."`
}

// VersionList is a page of the versions of a document.
type VersionList struct {
	DocumentID    string    `json:"document_id" description:"Identifier of the document."`
	Items         []Version `json:"items" description:"The page, newest first, without content."`
	Total         int       `json:"total" description:"How many versions there are."`
	Limit         int       `json:"limit" description:"Greatest length of the page."`
	Offset        int       `json:"offset" description:"How many versions were passed over."`
	HasMore       bool      `json:"has_more" description:"Whether more follow."`
	LatestVersion int       `json:"latest_version" description:"Number of the current version."`
}

// ListVersions lists the versions of a document, newest first.
type ListVersions struct {
	ID     string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	Limit  int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"100" description:"Greatest length of the page."`
	Offset int    `json:"offset" query:"offset" minimum:"0" description:"How many versions to pass over."`
}

// CreateVersion makes a new version of a document.
type CreateVersion struct {
	ID            string         `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	Content       string         `json:"content" required:"true" maxLength:"104857600" description:"The whole new text."`
	Metadata      map[string]any `json:"metadata" description:"The whole metadata; what is there stays when absent."`
	ChangeSummary string         `json:"change_summary" maxLength:"1000" description:"Why the change was made."`
	ChangedBy     string         `json:"changed_by" maxLength:"255" description:"Who makes the change."`
}

// GetVersion reads one version.
type GetVersion struct {
	ID     string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	Number int    `json:"number" path:"number" minimum:"1" description:"Number of the version."`
}

// CompareVersions tells how two versions differ.
type CompareVersions struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	A  int    `json:"a" path:"a" minimum:"1" description:"Number of the one version."`
	B  int    `json:"b" path:"b" minimum:"1" description:"Number of the other, not the same."`
}

// Comparison is how two versions differ.
type Comparison struct {
	DocumentID   string         `json:"document_id" description:"Identifier of the document."`
	A            Version        `json:"a" description:"The one version, without content."`
	B            Version        `json:"b" description:"The other version, without content."`
	ContentDiff  ContentDiff    `json:"content_diff" description:"How the contents differ."`
	MetadataDiff []MetadataDiff `json:"metadata_diff" description:"Metadata keys that differ, sorted."`
	Lines        []LineDiff     `json:"lines" description:"Lines taken out and put in, with their numbers, in order."`
}

// ContentDiff sums up how two contents differ.
type ContentDiff struct {
	LengthA        int  `json:"length_a" description:"Length of the one content in bytes."`
	LengthB        int  `json:"length_b" description:"Length of the other in bytes."`
	ContentChanged bool `json:"content_changed" description:"Whether the contents differ."`
	LinesAdded     int  `json:"lines_added" description:"Lines of b that a lacks."`
	LinesRemoved   int  `json:"lines_removed" description:"Lines of a that b lacks."`
}

// MetadataDiff is one metadata key that differs; an absent side is null.
type MetadataDiff struct {
	Key string `json:"key" description:"The key."`
	A   any    `json:"a" description:"Value in the one version."`
	B   any    `json:"b" description:"Value in the other."`
}

// LineDiff is a line that one version has and the other lacks.
type LineDiff struct {
	Op   string `json:"op" description:"removed or added."`
	Line int    `json:"line" description:"Number of the line in its version, from 1."`
	Text string `json:"text" description:"The line."`
}

// RollBack makes a new version with the content and metadata of an old one.
type RollBack struct {
	ID            string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	VersionNumber int    `json:"version_number" required:"true" minimum:"1" description:"Number of the version to go back to."`
	Reason        string `json:"reason" maxLength:"1000" description:"Why."`
	ChangedBy     string `json:"changed_by" maxLength:"255" description:"Who."`
}

// CleanUpVersions erases the oldest versions of a document.
type CleanUpVersions struct {
	ID           string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	KeepVersions int    `json:"keep_versions" default:"10" minimum:"1" description:"How many of the newest stay."`
}

// CleanedVersions tells what a clean-up did.
type CleanedVersions struct {
	DocumentID      string `json:"document_id" description:"Identifier of the document."`
	VersionsBefore  int    `json:"versions_before" description:"How many there were."`
	VersionsAfter   int    `json:"versions_after" description:"How many there are."`
	VersionsDeleted int    `json:"versions_deleted" description:"How many were erased."`
}

// GetVersionStats counts versions over the whole store.
type GetVersionStats struct{}

// VersionStats counts versions over the whole store.
type VersionStats struct {
	TotalVersions              int            `json:"total_versions" description:"How many versions there are."`
	DocumentsVersioned         int            `json:"documents_versioned" description:"How many documents have versions."`
	AverageVersionsPerDocument float64        `json:"average_versions_per_document" description:"Their ratio; 0 when there are none."`
	MostVersionedDocuments     []VersionCount `json:"most_versioned_documents" description:"Up to 10 documents, most versions first."`
}

// VersionCount is how many versions one document has.
type VersionCount struct {
	DocumentID string `json:"document_id" description:"Identifier of the document."`
	Versions   int    `json:"versions" description:"How many versions it has."`
}
