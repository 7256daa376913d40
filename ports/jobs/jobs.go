// Package jobs is the port of work that recurs in the background of a service:
// what a caller may ask of it, and where its runs are remembered.
package jobs

//go:generate go tool mockgen -source=jobs.go -destination=../mocks/jobsmock/jobs.go -package=jobsmock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain/job"
)

// Ledger remembers the runs of jobs, so that no job runs twice at once whoever
// runs it, and what is known of them outlives the process. Every method fails
// with Storage when the store cannot serve, and with Timeout when ctx ended.
type Ledger interface {
	// Runs returns what is known of every job that ever began, by name.
	Runs(ctx context.Context) ([]job.Run, error)
	// Begin notes that the run of the id begins now and counts as dead when the
	// lease ends. It fails with Conflict while another run holds its lease.
	Begin(ctx context.Context, name, id string, now, lease time.Time) error
	// Extend moves the end of the lease; Conflict unless the run is under way.
	Extend(ctx context.Context, name, id string, lease time.Time) error
	// End notes how the run ended: well with an empty cause. It fails with
	// Conflict unless the run is under way: it ended, or another took its place.
	End(ctx context.Context, name, id string, now time.Time, cause string) error
}
