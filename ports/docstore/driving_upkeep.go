package docstore

import "time"

// MakeBackup makes a copy of the store's database while it is used.
type MakeBackup struct{}

// Backup is a copy of the store's database.
type Backup struct {
	Path            string    `json:"path" description:"Absolute path of the file on the server."`
	Bytes           int64     `json:"bytes" description:"Size of the file."`
	SHA256          string    `json:"sha256" description:"SHA-256 of the file, hexadecimal; empty in lists."`
	MadeAt          time.Time `json:"made_at" description:"When the copy was made."`
	DurationSeconds float64   `json:"duration_seconds" description:"How long making it took; 0 in lists."`
	Erased          []string  `json:"erased" description:"Paths of older copies that were erased, since only the latest are kept."`
}

// ListBackups lists the copies of the store's database.
type ListBackups struct{}

// BackupList is all copies that are kept.
type BackupList struct {
	Items []Backup `json:"items" description:"The copies, the latest made first."`
	Total int      `json:"total" description:"How many there are."`
}

// GetStorageStats tells how much room the store takes up.
type GetStorageStats struct{}

// StorageStats tells how much room the store takes up.
type StorageStats struct {
	DocumentCount    int     `json:"document_count" description:"How many documents there are, without the deleted."`
	TotalContentSize int64   `json:"total_content_size" description:"Sum of their contents in bytes, without history."`
	DatabaseSizeMB   float64 `json:"database_size_mb" description:"What the database takes up with history and indices, in units of 1,048,576 bytes."`
}

// ListQualityHistory lists how the quality of all documents was at each run of
// the job quality.
type ListQualityHistory struct {
	Limit  int `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset int `json:"offset" query:"offset" minimum:"0" description:"How many summaries to pass over."`
}

// QualitySummary is how the quality of all documents was at one instant.
type QualitySummary struct {
	TakenAt             time.Time      `json:"taken_at" description:"When the documents were assessed."`
	DocumentCount       int            `json:"document_count" description:"How many there were."`
	StaleCount          int            `json:"stale_count" description:"How many of them were stale."`
	RedundantCount      int            `json:"redundant_count" description:"How many of them said what another said."`
	StalePercentage     float64        `json:"stale_percentage" description:"Part of the stale, 0 to 100."`
	RedundantPercentage float64        `json:"redundant_percentage" description:"Part of the redundant, 0 to 100."`
	Flags               map[string]int `json:"flags" description:"How many had each flag; flags of none are absent."`
}

// QualityHistory is a page of summaries.
type QualityHistory struct {
	Items   []QualitySummary `json:"items" description:"The page, latest first."`
	Total   int              `json:"total" description:"How many summaries there are."`
	Limit   int              `json:"limit" description:"Greatest length of the page."`
	Offset  int              `json:"offset" description:"How many summaries were passed over."`
	HasMore bool             `json:"has_more" description:"Whether more follow."`
}
