package infrastructure

//go:generate go tool mockgen -source=driven_sagas.go -destination=../mocks/infrastructuremock/sagas.go -package=infrastructuremock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/saga"
)

// Sagas keeps sagas. Every method fails with Storage when the store cannot serve and
// with Timeout when ctx ended; a failed write leaves nothing behind. Returned values
// are the caller's own. Writes take part in the transaction of ctx.
type Sagas interface {
	// Add stores a new saga; Conflict when the id is taken.
	Add(ctx context.Context, s saga.Saga) error
	// Update replaces a saga whose stored revision is one less than s's. It fails with
	// NotFound, and with Conflict on another revision.
	Update(ctx context.Context, s saga.Saga) error
	// Get returns a saga; NotFound when the id is unknown.
	Get(ctx context.Context, id saga.ID) (saga.Saga, error)
	// Find returns sagas that match, the last made first, ties by id.
	Find(ctx context.Context, f SagaFilter, page domain.PageRequest) (domain.Page[saga.Saga], error)
	// Count counts the sagas.
	Count(ctx context.Context) (SagaCounts, error)
	// Purge erases at most limit sagas that ended before the instant, the earliest
	// first, and returns how many.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}

// SagaFilter chooses sagas; what is empty chooses all.
type SagaFilter struct {
	Type, Correlation string
	Status            []saga.Status
}

// SagaCounts are sagas counted.
type SagaCounts struct {
	// ByStatus is their number by status; those that nobody has are not there.
	ByStatus map[saga.Status]int
	// OldestActive is when the first of those that are under way started; zero when
	// none is.
	OldestActive time.Time
	// Mean is the mean time from start to end of those that completed.
	Mean time.Duration
}

// Caller calls the operations that steps of sagas name.
type Caller interface {
	// Call carries the operation out for the user, under a key that is the same for
	// every attempt at one effect. It fails with the fault of who was asked, with
	// Rejected where there is no such operation, and with Unavailable where its service
	// is not there.
	Call(ctx context.Context, call saga.Call, key, user string) error
	// Check says what is wrong with a call before it is made, such as an operation that
	// does not exist; empty when nothing is.
	Check(call saga.Call) string
}
