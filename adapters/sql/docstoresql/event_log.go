package docstoresql

import (
	"context"

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
		equal("name", f.Name), equal("aggregate", f.Aggregate), equal("aggregate_id", f.AggregateID))
	return domain.MapPage(rows, eventRow.event), err
}
