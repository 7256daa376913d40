package sqlkit

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/clock"
)

// Inbox remembers which events the handlers of a service have handled, in the
// service's own database: what a handler writes there and the memory of it are
// one transaction.
type Inbox struct {
	db    *DB
	clock clock.Clock
}

var _ bus.Inbox = (*Inbox)(nil)

// NewInbox returns the inbox of db.
func NewInbox(db *DB, clock clock.Clock) *Inbox { return &Inbox{db: db, clock: clock} }

type handledRow struct {
	Handler string `gorm:"primaryKey"`
	EventID string `gorm:"primaryKey"`
	Handled Instant
}

func (handledRow) TableName() string { return "inbox" }

// Once implements bus.Inbox.
func (i *Inbox) Once(ctx context.Context, handler, eventID string, fn func(ctx context.Context) error) error {
	return i.db.Within(ctx, func(ctx context.Context) error {
		row := handledRow{Handler: handler, EventID: eventID, Handled: InstantOf(i.clock.Now())}
		result := i.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if result.Error != nil || result.RowsAffected == 0 {
			return Translate(result.Error, "event")
		}
		return fn(ctx)
	})
}

// Forget implements bus.Inbox.
func (i *Inbox) Forget(ctx context.Context, before time.Time) (int, error) {
	return Delete[handledRow](ctx, i.db, "event", Where("handled < ?", InstantOf(before)))
}
