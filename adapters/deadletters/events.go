package deadletters

import (
	"context"
	"strconv"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/deadletter"
	"github.com/docsteward/docsteward/ports/outbox"
)

// Events is the events of a service that its handlers did not take.
type Events struct {
	service string
	letters outbox.DeadLetters
}

// NewEvents returns the place of the service's dead events.
func NewEvents(service string, letters outbox.DeadLetters) *Events {
	return &Events{service, letters}
}

// Name implements infrastructure.Place.
func (e *Events) Name() string { return e.service + ".events" }

// List implements infrastructure.Place.
func (e *Events) List(ctx context.Context, page domain.PageRequest) (domain.Page[deadletter.Letter], error) {
	found, err := e.letters.List(ctx, page)
	return domain.MapPage(found, func(l outbox.DeadLetter) deadletter.Letter {
		return deadletter.Letter{
			ID: deadletter.NewID(e.Name(), l.Event.ID), Event: l.Event.ID, Type: l.Event.Name, Service: e.service, Correlation: l.Event.Correlation,
			Data: l.Event.Payload, Cause: l.Cause, HappenedAt: l.Event.At, DiedAt: l.BuriedAt,
			Details: map[string]string{
				"aggregate": l.Event.Aggregate, "aggregate_id": l.Event.AggregateID, "attempts": strconv.Itoa(l.Attempts),
			},
		}
	}), err
}

// Retry implements infrastructure.Place.
func (e *Events) Retry(ctx context.Context, id string, now time.Time) error {
	return e.letters.Revive(ctx, id, now)
}

// Discard implements infrastructure.Place.
func (e *Events) Discard(ctx context.Context, id string) error { return e.letters.Discard(ctx, id) }
