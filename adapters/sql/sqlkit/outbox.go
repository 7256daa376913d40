package sqlkit

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/outbox"
)

// Outbox keeps a service's events on their way out, in the service's own
// database. It is safe for concurrent use, by several processes too.
type Outbox struct {
	db     *DB
	notify func()
}

var (
	_ outbox.Outbox      = (*Outbox)(nil)
	_ outbox.Source      = (*Outbox)(nil)
	_ outbox.DeadLetters = (*Outbox)(nil)
)

// NewOutbox returns the outbox of db. After each commit that appended events it
// calls notify, which wakes the one who delivers; nil means that nobody is woken.
func NewOutbox(db *DB, notify func()) *Outbox {
	if notify == nil {
		notify = func() {}
	}
	return &Outbox{db: db, notify: notify}
}

// eventRow holds what outbox and dead letters share.
type eventRow struct {
	ID          string
	Name        string
	Aggregate   string
	AggregateID string
	Version     int
	At          Instant
	Correlation string
	Payload     []byte
	Attempts    int
	Cause       string
}

type waitingRow struct {
	Sequence int64    `gorm:"primaryKey;autoIncrement"`
	Event    eventRow `gorm:"embedded"`
	Due      Instant
}

func (waitingRow) TableName() string { return "outbox" }

type deadRow struct {
	Event  eventRow `gorm:"embedded"`
	Buried Instant
}

func (deadRow) TableName() string { return "dead_letters" }

func rowOf(e domain.Event) eventRow {
	payload := e.Payload
	if payload == nil {
		payload = []byte{}
	}
	return eventRow{ID: e.ID, Name: e.Name, Aggregate: e.Aggregate, AggregateID: e.AggregateID,
		Version: e.Version, At: InstantOf(e.At), Correlation: e.Correlation, Payload: payload}
}

func (r eventRow) event() domain.Event {
	return domain.Event{ID: r.ID, Name: r.Name, Aggregate: r.Aggregate, AggregateID: r.AggregateID,
		Version: r.Version, At: r.At.Time(), Correlation: r.Correlation, Payload: r.Payload}
}

// Append implements outbox.Outbox.
func (o *Outbox) Append(ctx context.Context, events ...domain.Event) error {
	if len(events) == 0 {
		return nil
	}
	if err := outbox.Check(events); err != nil {
		return err
	}
	rows := make([]waitingRow, len(events))
	for i, e := range events {
		rows[i] = waitingRow{Event: rowOf(e)}
	}
	if err := InsertAll(ctx, o.db, rows, "event"); err != nil {
		return err
	}
	o.db.AfterCommit(ctx, o.notify)
	return nil
}

// claimable finds the due events that no earlier event of their aggregate blocks.
const claimable = `due <= ? AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
	WHERE earlier.aggregate = outbox.aggregate AND earlier.aggregate_id = outbox.aggregate_id
	AND earlier.sequence < outbox.sequence AND earlier.due > ?)`

// Claim implements outbox.Source.
func (o *Outbox) Claim(ctx context.Context, now, lease time.Time, limit int) ([]outbox.Entry, error) {
	due, err := List[waitingRow](ctx, o.db, "event", Select("sequence"), Where("due <= ?", InstantOf(now)), Limit(1))
	if err != nil || len(due) == 0 {
		return nil, err
	}
	var rows []waitingRow
	err = o.db.Within(ctx, func(ctx context.Context) error {
		if err := o.lock(ctx); err != nil {
			return err
		}
		var err error
		rows, err = List[waitingRow](ctx, o.db, "event", Where(claimable, InstantOf(now), InstantOf(now)), Order("sequence"), Limit(limit))
		if err != nil || len(rows) == 0 {
			return err
		}
		claimed := make([]int64, len(rows))
		for i, row := range rows {
			claimed[i] = row.Sequence
		}
		return Translate(o.db.Write(ctx).Model(&waitingRow{}).Where("sequence IN ?", claimed).Update("due", InstantOf(lease)).Error, "event")
	})
	if err != nil {
		return nil, err
	}
	entries := make([]outbox.Entry, len(rows))
	for i, row := range rows {
		entries[i] = outbox.Entry{Event: row.Event.event(), Attempts: row.Event.Attempts}
	}
	return entries, nil
}

// lock lets one process at a time claim; on SQLite the writer is alone already.
func (o *Outbox) lock(ctx context.Context) error {
	if o.db.dialect != Postgres {
		return nil
	}
	_, err := o.db.RawWrite(ctx).ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtext(current_schema()), hashtext('outbox'))")
	return Translate(err, "outbox")
}

// Delivered implements outbox.Source.
func (o *Outbox) Delivered(ctx context.Context, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := Delete[waitingRow](ctx, o.db, "event", Where("id IN ?", ids))
	return err
}

// Postpone implements outbox.Source.
func (o *Outbox) Postpone(ctx context.Context, id string, next time.Time, cause string) error {
	result := o.db.Write(ctx).Model(&waitingRow{}).Where("id = ?", id).
		Updates(map[string]any{"attempts": gorm.Expr("attempts + 1"), "due": InstantOf(next), "cause": text(cause)})
	return found(result, "event")
}

// Release implements outbox.Source.
func (o *Outbox) Release(ctx context.Context, now time.Time, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	return Translate(o.db.Write(ctx).Model(&waitingRow{}).Where("id IN ?", ids).Update("due", InstantOf(now)).Error, "event")
}

// Bury implements outbox.Source. A letter of that id that lay there already is
// replaced.
func (o *Outbox) Bury(ctx context.Context, id string, at time.Time, cause string) error {
	return o.db.Within(ctx, func(ctx context.Context) error {
		waiting, err := Get[waitingRow](ctx, o.db, "event", Where("id = ?", id))
		if err != nil {
			return err
		}
		dead := deadRow{Event: waiting.Event, Buried: InstantOf(at)}
		dead.Event.Attempts++
		dead.Event.Cause = text(cause)
		if err := o.db.Write(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}).Create(&dead).Error; err != nil {
			return Translate(err, "dead letter")
		}
		return o.Delivered(ctx, id)
	})
}

// Waiting implements outbox.Source.
func (o *Outbox) Waiting(ctx context.Context) (int, error) {
	return Count[waitingRow](ctx, o.db, "event")
}

// List implements outbox.DeadLetters.
func (o *Outbox) List(ctx context.Context, request domain.PageRequest) (domain.Page[outbox.DeadLetter], error) {
	page, err := Page[deadRow](ctx, o.db, "dead letter", "buried DESC, id", request)
	return domain.MapPage(page, func(r deadRow) outbox.DeadLetter {
		return outbox.DeadLetter{Event: r.Event.event(), Attempts: r.Event.Attempts, Cause: r.Event.Cause, BuriedAt: r.Buried.Time()}
	}), err
}

// Revive implements outbox.DeadLetters.
func (o *Outbox) Revive(ctx context.Context, id string, now time.Time) error {
	return o.db.Within(ctx, func(ctx context.Context) error {
		dead, err := Get[deadRow](ctx, o.db, "dead letter", Where("id = ?", id))
		if err != nil {
			return err
		}
		row := waitingRow{Event: rowOf(dead.Event.event()), Due: InstantOf(now)}
		if err := Insert(ctx, o.db, &row, "event"); err != nil {
			return err
		}
		o.db.AfterCommit(ctx, o.notify)
		return o.Discard(ctx, id)
	})
}

// Discard implements outbox.DeadLetters.
func (o *Outbox) Discard(ctx context.Context, id string) error {
	return found(o.db.Write(ctx).Where("id = ?", id).Delete(&deadRow{}), "dead letter")
}

func found(result *gorm.DB, what string) error {
	if result.Error == nil && result.RowsAffected == 0 {
		return Translate(gorm.ErrRecordNotFound, what)
	}
	return Translate(result.Error, what)
}

// text makes a foreign text storable: PostgreSQL takes valid UTF-8 without zero
// bytes only.
func text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
