package source

import (
	"time"

	"github.com/docsteward/docsteward/domain"
)

// RunID identifies an ingestion.
type RunID = domain.ID[Run]

// ParseRunID returns the id that text spells; Invalid when it spells none.
func ParseRunID(text string) (RunID, error) { return domain.ParseID[Run](text) }

// Names of the events of ingestions.
const (
	// EventCompleted and EventFailed tell how a run ended; a cancelled one failed.
	EventCompleted = "ingestion.completed"
	EventFailed    = "ingestion.failed"
	// EventIngested, with the kind of the source behind it, tells of one document
	// that was stored.
	EventIngested = "docs.ingested."
)

// Status is how far a run has come.
type Status string

// The states: Running, then one of the others for good.
const (
	Running   Status = "running"
	Completed Status = "completed"
	Failed    Status = "failed"
	Cancelled Status = "cancelled"
)

// Counts tell what a run did, in files.
type Counts struct {
	// Added, Changed, Renamed and Removed files were stored, or followed, in the store.
	Added, Changed, Renamed, Removed int
	// Unchanged files hold what they held.
	Unchanged int
	// Duplicates are files whose content another document held already; they are
	// counted as Added or Changed too.
	Duplicates int
	// Failed files could not be listed, read or stored.
	Failed int
	// Remaining files were left to the next run.
	Remaining int
}

// Trouble is what was wrong with one file.
type Trouble struct {
	// Path is that of the file.
	Path string
	// Kind is the kind of fault in words, such as "too large".
	Kind string
	// Message says what to do.
	Message string
}

// TroubleOf returns the trouble that a fault is.
func TroubleOf(path string, err error) Trouble {
	fault := domain.FaultOf(err)
	return Trouble{Path: path, Kind: fault.Kind.String(), Message: fault.Message}
}

// MaxTroubles is how many failures, and how many warnings, a run keeps; Counts
// count them all.
const MaxTroubles = 1000

// Run is one ingestion of a place.
type Run struct {
	// ID identifies the run.
	ID RunID
	// Place is what was ingested, Name and Kind what it was called then.
	Place PlaceID
	Name  string
	Kind  Kind
	// Status says how far it has come.
	Status Status
	// Counts tell what it did so far.
	Counts Counts
	// Failures are files that could not be mirrored, Warnings those that were in
	// an unusual way; at most MaxTroubles of each, in the order in which they came up.
	Failures, Warnings []Trouble
	// Digest is that of the records after the run; empty until then.
	Digest string
	// Cause says why the run did not complete.
	Cause string
	// Correlation and User are those of the request. Key names it where the caller
	// did: another request of the same key is that one, tried again.
	Correlation, User, Key string
	// StartedAt is in UTC; FinishedAt too, zero while it is running.
	StartedAt, FinishedAt time.Time
	// Lease is until when a running one is believed to be alive.
	Lease time.Time
}

// Fail notes a file that could not be mirrored.
func (r *Run) Fail(path string, err error) {
	r.Counts.Failed++
	if len(r.Failures) < MaxTroubles {
		r.Failures = append(r.Failures, TroubleOf(path, err))
	}
}

// Warn notes a file that was mirrored in an unusual way.
func (r *Run) Warn(path string, err error) {
	if len(r.Warnings) < MaxTroubles {
		r.Warnings = append(r.Warnings, TroubleOf(path, err))
	}
}

// Finish ends the run in the status.
func (r *Run) Finish(status Status, cause string, now time.Time) {
	r.Status, r.Cause = status, cause
	r.FinishedAt = now.UTC().Truncate(time.Microsecond)
}

// Interrupted is the cause of a run whose process ended before it did.
const Interrupted = "The process that ran it ended; ingest the source again to go on where it stopped."
