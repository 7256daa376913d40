// Package job is the concept of work that recurs in the background of a service.
package job

import "time"

// staleAfter is how many intervals a job may miss before it counts as stale.
const staleAfter = 3

// Run is what is known of the runs of one job. Instants are in UTC, and zero
// while there was none.
type Run struct {
	// Name is the name of the job.
	Name string
	// ID identifies the last run.
	ID string
	// StartedAt is when the last run began.
	StartedAt time.Time
	// EndedAt is when the last finished run ended.
	EndedAt time.Time
	// SucceededAt is when the last run that succeeded ended.
	SucceededAt time.Time
	// Took is how long the last finished run took.
	Took time.Duration
	// Cause says why the last finished run failed; empty when it succeeded.
	Cause string
	// Lease is when the run under way counts as dead; zero when none is under way.
	Lease time.Time
}

// Running reports whether a run is under way.
func (r Run) Running(now time.Time) bool { return r.Lease.After(now) }

// Due is when the next run is to begin for a job that runs every interval;
// never before since, when its scheduler began.
func (r Run) Due(since time.Time, every time.Duration) time.Time {
	if next := r.StartedAt.Add(every); !r.StartedAt.IsZero() && next.After(since) {
		return next
	}
	return since
}

// Age is how long ago the job last succeeded, or its scheduler began when it
// never did.
func (r Run) Age(now, since time.Time) time.Duration {
	if r.SucceededAt.IsZero() {
		return now.Sub(since)
	}
	return now.Sub(r.SucceededAt)
}

// Stale reports whether the last success is older than three intervals. A
// scheduler that began lately is given that time first.
func (r Run) Stale(now, since time.Time, every time.Duration) bool {
	return min(r.Age(now, since), now.Sub(since)) > staleAfter*every
}
