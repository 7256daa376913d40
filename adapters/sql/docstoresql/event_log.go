package docstoresql

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

// EventLog keeps every event that the store published.
type EventLog struct{ db *sqlkit.DB }

var _ docstore.EventLog = (*EventLog)(nil)

// NewEventLog returns the event log in an open database that has the Migrations.
func NewEventLog(db *sqlkit.DB) *EventLog { return &EventLog{db} }

type eventRow struct {
	Seq         int64 `gorm:"primaryKey;autoIncrement"`
	ID          string
	Name        string
	Aggregate   string
	AggregateID string
	Version     int
	At          sqlkit.Instant
	Correlation string
	Payload     []byte
}

func (eventRow) TableName() string { return "event_log" }

func (r eventRow) event() domain.Event {
	return domain.Event{ID: r.ID, Name: r.Name, Aggregate: r.Aggregate, AggregateID: r.AggregateID,
		Version: r.Version, At: r.At.Time(), Correlation: r.Correlation, Payload: r.Payload}
}

// Record keeps an event.
func (l *EventLog) Record(ctx context.Context, e domain.Event) error {
	row := eventRow{ID: e.ID, Name: e.Name, Aggregate: e.Aggregate, AggregateID: e.AggregateID, Version: e.Version,
		At: sqlkit.InstantOf(e.At), Correlation: e.Correlation, Payload: append([]byte{}, e.Payload...)}
	return sqlkit.Insert(ctx, l.db, &row, "event")
}

// List returns events, the latest recorded first.
func (l *EventLog) List(ctx context.Context, f docstore.EventFilter, page domain.PageRequest) (domain.Page[domain.Event], error) {
	rows, err := sqlkit.Page[eventRow](ctx, l.db, "event", "seq DESC", page,
		sqlkit.Equal("name", f.Name), sqlkit.Equal("aggregate", f.Aggregate), sqlkit.Equal("aggregate_id", f.AggregateID))
	return domain.MapPage(rows, eventRow.event), err
}

// Count returns how many events happened since an instant.
func (l *EventLog) Count(ctx context.Context, since time.Time) (map[string]int, error) {
	return countBy(ctx, l.db, `SELECT name, count(*) FROM event_log WHERE at >= $1 GROUP BY name`, sqlkit.InstantOf(since))
}

// Purge erases events that happened before an instant.
func (l *EventLog) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return purge(ctx, l.db, `DELETE FROM event_log WHERE seq IN (SELECT seq FROM event_log WHERE at < $1 ORDER BY seq LIMIT $2)`, before, limit)
}
