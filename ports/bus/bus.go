// Package bus is the port that carries events from the service in which they
// happened to the handlers of others.
package bus

//go:generate go tool mockgen -source=bus.go -destination=../mocks/busmock/bus.go -package=busmock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// Handler reacts to an event. It may see an event again, and must then change
// nothing: Once gives that. An error brings the event back later.
type Handler func(ctx context.Context, event domain.Event) error

// Publisher takes events in.
type Publisher interface {
	// Publish returns nil when every subscription whose pattern matches has
	// handled the event, or the bus has stored it for those that have not. An
	// event that nobody wants is no error. On failure the caller publishes the
	// event again, which repeats it for subscriptions that handled it.
	//
	// It fails with Upstream when a handler failed or panicked (the cause names
	// it; the others were still called), with Unavailable when the bus is away or
	// closed, and with Timeout when ctx ended.
	Publish(ctx context.Context, event domain.Event) error
}

// Subscriber lets handlers ask for events.
type Subscriber interface {
	// Subscribe calls handler for every event published from now on whose name
	// matches the pattern (Match). Name identifies the subscription for good, over
	// restarts too. Events of one aggregate come in the order of Publish.
	//
	// It fails with Invalid when the name is blank or the pattern malformed, and
	// with Conflict when the name is taken.
	Subscribe(name, pattern string, handler Handler) error
}

// Bus is both sides.
type Bus interface {
	Publisher
	Subscriber
}

// Inbox remembers what was handled, so that a repeat is recognised.
type Inbox interface {
	// Once calls fn in a transaction of the inbox's store, unless fn has succeeded
	// for this handler and event before; then it returns nil at once. The memory
	// and what fn stores through the same store with the context it is given are
	// committed together: for those effects a handler works exactly once. Effects
	// elsewhere may repeat when the process dies before the commit. Of calls at
	// the same time one runs fn.
	//
	// It passes on the error of fn, of which nothing remains, and fails as
	// tx.Unit does.
	Once(ctx context.Context, handler, eventID string, fn func(ctx context.Context) error) error
	// Forget erases what was handled before the instant and returns how much.
	// Repeats of those events are no longer recognised.
	Forget(ctx context.Context, before time.Time) (int, error)
}

// Once returns a handler that handles each event once, as inbox promises.
func Once(inbox Inbox, name string, handler Handler) Handler {
	return func(ctx context.Context, event domain.Event) error {
		return inbox.Once(ctx, name, event.ID, func(ctx context.Context) error { return handler(ctx, event) })
	}
}
