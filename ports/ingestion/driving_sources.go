package ingestion

import "time"

// GetDocument reads what is known of an ingested document besides its content.
type GetDocument struct {
	ID string `json:"document_id" path:"document_id" maxLength:"255" description:"Its id."`
}

// Document is what is known of a document.
type Document struct {
	DocumentID         string         `json:"document_id" description:"Its id."`
	SourceURL          string         `json:"source_url" description:"Where it came from."`
	SourceType         string         `json:"source_type" description:"Sort of source."`
	Title              string         `json:"title,omitempty" description:"Its title, where one is known."`
	ContentType        string         `json:"content_type" description:"Media type, by its name or its first bytes."`
	FileSize           int            `json:"file_size" description:"Bytes."`
	FileSizeMB         float64        `json:"file_size_mb" description:"The same in MiB."`
	Checksum           string         `json:"checksum" description:"SHA-256 of the content, hexadecimal."`
	ChecksumVerified   bool           `json:"checksum_verified" description:"Whether the store's own checksum is that of the content."`
	LastModified       *time.Time     `json:"last_modified,omitempty" description:"When it was last changed at the source."`
	CreatedAt          *time.Time     `json:"created_at,omitempty" description:"When it was made at the source."`
	Author             string         `json:"author,omitempty" description:"Who made the last change."`
	Tags               []string       `json:"tags" description:"Words that follow from source, type and size, and its own."`
	HasTags            bool           `json:"has_tags" description:"Whether there are any."`
	PrimaryCategory    string         `json:"primary_category" description:"The first of the categories, or unknown."`
	Categories         []string       `json:"categories" description:"What sort of document it is."`
	CategoryConfidence float64        `json:"category_confidence" description:"How sure that is, from 0.5 to 0.9."`
	CustomMetadata     map[string]any `json:"custom_metadata" description:"What else the store knows."`
	HasCustomMetadata  bool           `json:"has_custom_metadata" description:"Whether it knows anything else."`
	IngestionTimestamp time.Time      `json:"ingestion_timestamp" description:"When this version was stored."`
	AgeDays            float64        `json:"age_days" description:"Days since it was last changed, at the source or in the store."`
}

// ListSources lists the sorts of sources that this build reads.
type ListSources struct{}

// SourceList is the sorts of sources.
type SourceList struct {
	Sources []SourceInfo `json:"sources" description:"Those that can be ingested."`
	Known   []string     `json:"known" description:"All types that have a name here; what is not among the sources is refused."`
}

// SourceInfo is a sort of source.
type SourceInfo struct {
	Type                   string   `json:"type" description:"Its name in requests."`
	Name                   string   `json:"name" description:"Its name for people."`
	Description            string   `json:"description" description:"What is read of it."`
	SupportedFormats       []string `json:"supported_formats" description:"Formats of the documents that are read."`
	TypicalContent         []string `json:"typical_content" description:"What such sources hold as a rule."`
	RequiresAuthentication bool     `json:"requires_authentication" description:"Whether such a source wants to know who asks, as a rule."`
	IncrementalSync        bool     `json:"incremental_sync" description:"Whether such a source can tell what changed."`
	VersionControlled      bool     `json:"version_controlled" description:"Whether such a source keeps its history."`
}

// GetIngestionStats sums up the jobs.
type GetIngestionStats struct{}

// Stats sums up the jobs.
type Stats struct {
	ActiveIngestions     int     `json:"active_ingestions" description:"At work."`
	QueuedIngestions     int     `json:"queued_ingestions" description:"Waiting for their turn."`
	CompletedIngestions  int     `json:"completed_ingestions" description:"Ended in any way."`
	TotalIngestions      int     `json:"total_ingestions" description:"All of them."`
	SuccessfulIngestions int     `json:"successful_ingestions" description:"Completed, wholly or in part."`
	FailedIngestions     int     `json:"failed_ingestions" description:"Failed."`
	CancelledIngestions  int     `json:"cancelled_ingestions" description:"Ended at somebody's wish."`
	SuccessRate          float64 `json:"success_rate" description:"Share of the successful among those that ended; 0 without any."`
	TotalItemsProcessed  int     `json:"total_items_processed" description:"Files of which the outcome is known."`
	TotalSuccessfulItems int     `json:"total_successful_items" description:"Files that were stored."`
	TotalFailedItems     int     `json:"total_failed_items" description:"Files that could not be."`
	Workers              int     `json:"workers" description:"How many jobs may be at work at once."`
	QueueLimit           int     `json:"queue_limit" description:"How many may wait."`
}
