package infrastructure

//go:generate go tool mockgen -source=driven_letters.go -destination=../mocks/infrastructuremock/letters.go -package=infrastructuremock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/deadletter"
)

// Place is where dead letters lie, of whichever service. Every method fails with
// Storage, Unavailable or Upstream when the place cannot be reached, and with Timeout
// when ctx ended. Ids are those of the letters in this place.
type Place interface {
	// Name identifies the place among all of the installation, for good: the id of a
	// service, a dot, and what lies there. It holds no colon.
	Name() string
	// List returns letters, in an order that stays while nothing changes. Their ids are
	// the place's name, a colon, and the id in it; Retries and Limit are 0.
	List(ctx context.Context, page domain.PageRequest) (domain.Page[deadletter.Letter], error)
	// Retry has the letter delivered again. It fails with NotFound when no letter of
	// the id lies here. A letter that fails again comes back under the same id.
	Retry(ctx context.Context, id string, now time.Time) error
	// Discard erases the letter; NotFound when no letter of the id lies here.
	Discard(ctx context.Context, id string) error
}

// Tries are those of one letter.
type Tries struct {
	// Count is how often it was tried again, and Limit how often it might be when it
	// was last.
	Count, Limit int
}

// Retries remembers how often dead letters were tried again. Every method fails with
// Storage when the store cannot serve and with Timeout when ctx ended. Writes take
// part in the transaction of ctx.
type Retries interface {
	// Of returns the tries of those of the letters that were tried, by their ids.
	Of(ctx context.Context, ids ...string) (map[string]Tries, error)
	// Put stores the tries of a letter and when the last one was, in place of what was
	// known of it.
	Put(ctx context.Context, id string, tries Tries, at time.Time) error
	// Forget erases the tries of the letter. Nothing known of it is no error.
	Forget(ctx context.Context, id string) error
	// Purge erases what was last tried before the instant, and returns how much.
	Purge(ctx context.Context, before time.Time) (int, error)
}
