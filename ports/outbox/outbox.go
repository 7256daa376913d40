// Package outbox is the port through which events are stored with the change
// that they tell of, and read again to be delivered.
package outbox

import (
	"context"

	"github.com/docsteward/docsteward/domain"
)

// Outbox takes the events of a use case.
type Outbox interface {
	// Append stores events in the transaction of ctx, in order, so that they are
	// delivered when, and only when, the change beside them is committed. It fails
	// with Conflict when an event's ID was stored before, and with Storage when
	// the store cannot serve.
	Append(ctx context.Context, events ...domain.Event) error
}
