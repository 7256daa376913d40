// Package ingest follows the ingestion of a source from the request to the proof that
// nothing was skipped: which sources there are, how far a job is, how it ended, and
// what is known of a document by its name and first bytes.
package ingest

import "github.com/docsteward/docsteward/domain"

// ID identifies a job.
type ID = domain.ID[Job]

// ParseID returns the ID that text spells; Invalid when it spells none.
func ParseID(text string) (ID, error) { return domain.ParseID[Job](text) }

// Names of the events of jobs.
const (
	// EventRequested tells that a job was asked for.
	EventRequested = "ingestion.requested"
	// EventStarted tells that it left the queue, EventProgress that it came to another
	// status.
	EventStarted  = "ingestion.started"
	EventProgress = "ingestion.progress"
	// The others tell how it ended; a job of which a part failed completed.
	EventCompleted = "ingestion.completed"
	EventFailed    = "ingestion.failed"
	EventCancelled = "ingestion.cancelled"
)
