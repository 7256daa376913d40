// Package outbox is the port of events on their way out of a service. They are
// stored in the transaction that makes the change which they tell of, and
// delivered afterwards, at least once, in order within one aggregate.
package outbox

//go:generate go tool mockgen -source=outbox.go -destination=../mocks/outboxmock/outbox.go -package=outboxmock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// Outbox takes events in. Use cases see this side only.
type Outbox interface {
	// Append stores the events in the transaction of ctx, or in one of its own
	// where none is open: all of them or none. They are delivered after the
	// commit, in the order of Append within one aggregate. No events is no error.
	//
	// It fails with Invalid when an event lacks its id, name or aggregate, with
	// Conflict when an event of that id waits already, with Storage when the store
	// cannot write, and with Timeout when ctx ended.
	Append(ctx context.Context, events ...domain.Event) error
}

// Entry is an event that waits for delivery.
type Entry struct {
	// Event is the event as it was appended, its instant cut to microseconds.
	Event domain.Event
	// Attempts counts the deliveries that failed so far.
	Attempts int
}

// Source hands out waiting events to the one who delivers them.
type Source interface {
	// Claim returns at most limit events that are due, oldest first, and hides
	// them from every other Claim until the lease ends. An event whose aggregate
	// has an earlier event that is hidden or not yet due is left out, so that
	// order within an aggregate holds whoever claims. Whoever dies with a claim
	// loses it with the lease.
	//
	// It fails with Storage and with Timeout as every store does; nothing is
	// claimed then.
	Claim(ctx context.Context, now, lease time.Time, limit int) ([]Entry, error)
	// Delivered forgets events that arrived. Unknown ids are no error.
	Delivered(ctx context.Context, ids ...string) error
	// Postpone counts a failed attempt and makes the event due again at next.
	// Later events of its aggregate wait behind it, others do not. It fails with
	// NotFound when no such event waits.
	Postpone(ctx context.Context, id string, next time.Time, cause string) error
	// Release makes claimed events due at once without counting an attempt.
	// Unknown ids are no error.
	Release(ctx context.Context, now time.Time, ids ...string) error
	// Bury moves an event to the dead letters with the cause. Later events of its
	// aggregate are free to go. It fails with NotFound when no such event waits.
	Bury(ctx context.Context, id string, at time.Time, cause string) error
	// Waiting counts the events that are not delivered, without dead letters.
	Waiting(ctx context.Context) (int, error)
}

// DeadLetter is an event that could not be delivered.
type DeadLetter struct {
	// Event is the event with its payload.
	Event domain.Event
	// Attempts counts the deliveries that failed.
	Attempts int
	// Cause is the text of the last failure.
	Cause string
	// BuriedAt is when it was given up, in UTC.
	BuriedAt time.Time
}

// DeadLetters keeps what could not be delivered until someone decides.
type DeadLetters interface {
	// List returns dead letters, the latest buried first, ties by id.
	List(ctx context.Context, page domain.PageRequest) (domain.Page[DeadLetter], error)
	// Revive makes a dead letter due at once, with no attempts counted. It goes
	// behind the events of its aggregate that wait. It fails with NotFound when
	// there is no such letter.
	Revive(ctx context.Context, id string, now time.Time) error
	// Discard erases a dead letter; NotFound when there is no such letter.
	Discard(ctx context.Context, id string) error
}
