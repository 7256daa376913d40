package memkit

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/clock"
)

// Inbox remembers which events were handled.
type Inbox struct {
	db      *DB
	clock   clock.Clock
	handled *Table[string, handled]
}

var _ bus.Inbox = (*Inbox)(nil)

type handled struct {
	key string
	at  time.Time
}

// NewInbox returns an inbox in db.
func NewInbox(db *DB, clock clock.Clock) *Inbox {
	return &Inbox{db: db, clock: clock, handled: NewTable[string](db, func(h handled) handled { return h })}
}

// Once implements bus.Inbox.
func (i *Inbox) Once(ctx context.Context, handler, eventID string, fn func(ctx context.Context) error) error {
	return i.db.Within(ctx, func(ctx context.Context) error {
		key := handler + "\x00" + eventID
		if _, done, err := i.handled.Get(ctx, key); done || err != nil {
			return err
		}
		if err := i.handled.Put(ctx, key, handled{key, i.clock.Now()}); err != nil {
			return err
		}
		return fn(ctx)
	})
}

// Forget implements bus.Inbox.
func (i *Inbox) Forget(ctx context.Context, before time.Time) (int, error) {
	var erased int
	err := i.db.Within(ctx, func(ctx context.Context) error {
		old, err := i.handled.Select(ctx, func(h handled) bool { return h.at.Before(before) })
		if err != nil {
			return err
		}
		erased = len(old)
		for _, h := range old {
			if _, err := i.handled.Delete(ctx, h.key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return erased, nil
}
