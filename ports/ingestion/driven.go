package ingestion

//go:generate go tool mockgen -source=driven.go -destination=../mocks/ingestionmock/ingestionmock.go -package=ingestionmock

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
)

// Jobs keeps ingestions. Every method fails with Storage when the store cannot serve
// and with Timeout when ctx ended; a failed write leaves nothing behind. Returned values
// are the caller's own. Writes take part in the transaction of ctx.
type Jobs interface {
	// Add keeps a new job; Conflict when the id is taken.
	Add(ctx context.Context, j ingest.Job) error
	// Update replaces a job whose stored revision is one less than j's. It fails with
	// NotFound, and with Conflict on another revision, or when another job holds j's
	// slot or works on its source: of several that try, one wins.
	Update(ctx context.Context, j ingest.Job) error
	// Get returns a job; NotFound when the id is unknown.
	Get(ctx context.Context, id ingest.ID) (ingest.Job, error)
	// Find returns jobs that match, the last asked for first, ties by id.
	Find(ctx context.Context, f Filter, page domain.PageRequest) (domain.Page[ingest.Job], error)
	// Active returns the jobs that hold a slot, by slot.
	Active(ctx context.Context) ([]ingest.Job, error)
	// Next returns at most limit jobs that are queued and whose source no job works on,
	// in the order of their turn: the highest priority first, then the first asked for,
	// ties by id.
	Next(ctx context.Context, limit int) ([]ingest.Job, error)
	// Count sums up all jobs.
	Count(ctx context.Context) (Counts, error)
}

// Filter chooses jobs; what is empty chooses all.
type Filter struct {
	Status ingest.Status
	Type   ingest.SourceType
}

// Counts sums up jobs.
type Counts struct {
	// ByStatus tells how many jobs there are of each status.
	ByStatus map[ingest.Status]int
	// Items sums up what all of them counted.
	Items ingest.Counts
}
