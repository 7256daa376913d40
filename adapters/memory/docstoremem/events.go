package docstoremem

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

// EventLog keeps every event that the store published.
type EventLog struct {
	db     *memkit.DB
	last   atomic.Int64
	events *memkit.Table[string, recorded]
}

var _ docstore.EventLog = (*EventLog)(nil)

// recorded is an event with its place in the log.
type recorded struct {
	place int64
	event domain.Event
}

// NewEventLog returns an empty event log in db.
func NewEventLog(db *memkit.DB) *EventLog {
	return &EventLog{db: db, events: memkit.NewTable[string](db, func(r recorded) recorded {
		r.event.Payload = append([]byte{}, r.event.Payload...)
		return r
	})}
}

// Record implements docstore.EventLog.
func (l *EventLog) Record(ctx context.Context, e domain.Event) error {
	return l.events.Insert(ctx, e.ID, recorded{l.last.Add(1), e}, "event")
}

// List implements docstore.EventLog.
func (l *EventLog) List(ctx context.Context, f docstore.EventFilter, page domain.PageRequest) (domain.Page[domain.Event], error) {
	kept, err := l.events.Select(ctx, func(r recorded) bool {
		return (f.Name == "" || f.Name == r.event.Name) && (f.Aggregate == "" || f.Aggregate == r.event.Aggregate) &&
			(f.AggregateID == "" || f.AggregateID == r.event.AggregateID)
	})
	slices.SortFunc(kept, func(a, b recorded) int { return cmp.Compare(b.place, a.place) })
	return domain.MapPage(memkit.PageOf(kept, page), func(r recorded) domain.Event { return r.event }), err
}
