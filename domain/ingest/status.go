package ingest

import "slices"

// Status is how far a job is.
type Status string

// The statuses, in the order in which a job comes to them; it may pass some over.
const (
	// Pending jobs were asked for, Queued ones wait for their turn.
	Pending Status = "pending"
	Queued  Status = "queued"
	// Initializing jobs left the queue.
	Initializing Status = "initializing"
	Connecting   Status = "connecting"
	Discovering  Status = "discovering"
	Downloading  Status = "downloading"
	Processing   Status = "processing"
	Indexing     Status = "indexing"
	Validating   Status = "validating"
	// The others are final.
	Completed      Status = "completed"
	Failed         Status = "failed"
	Cancelled      Status = "cancelled"
	PartialSuccess Status = "partial_success"
)

// Statuses lists the statuses.
func Statuses() []Status {
	return []Status{
		Pending, Queued, Initializing, Connecting, Discovering, Downloading, Processing, Indexing, Validating,
		Completed, Failed, Cancelled, PartialSuccess,
	}
}

// progress is the percentage of each status. Never written.
var progress = map[Status]int{
	Queued: 5, Initializing: 10, Connecting: 20, Discovering: 30, Downloading: 50, Processing: 70, Indexing: 85, Validating: 95,
	Completed: 100, PartialSuccess: 100,
}

// Progress is how far the status is, from 0 to 100.
func (s Status) Progress() int { return progress[s] }

// Final reports whether a job of the status does no more.
func (s Status) Final() bool {
	return s == Completed || s == Failed || s == Cancelled || s == PartialSuccess
}

// Active reports whether a job of the status is at work.
func (s Status) Active() bool { return s != Pending && s != Queued && s.known() && !s.Final() }

// Successful reports whether the status is that of a job that stored something, or
// found nothing to be done.
func (s Status) Successful() bool { return s == Completed || s == PartialSuccess }

// Retryable reports whether a job of the status may be asked for again.
func (s Status) Retryable() bool { return s == Failed || s == PartialSuccess }

func (s Status) known() bool { return slices.Contains(Statuses(), s) }

// before reports whether a job may go from one status to the other.
func (s Status) before(next Status) bool {
	switch {
	case s.Final() || !next.known():
		return false
	case next == Failed || next == Cancelled:
		return true
	case next.Successful():
		return s.Active()
	}
	all := Statuses()
	return slices.Index(all, next) > slices.Index(all, s)
}
