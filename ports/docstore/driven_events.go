package docstore

//go:generate go tool mockgen -source=driven_events.go -destination=../mocks/docstoremock/events.go -package=docstoremock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/webhook"
)

// EventFilter narrows a list of events; empty fields narrow nothing.
type EventFilter struct {
	// Name is the name of the event, such as document.created.
	Name string
	// Aggregate and AggregateID say what it happened to.
	Aggregate, AggregateID string
}

// EventLog keeps every event that the store published. Faults are as in Documents.
type EventLog interface {
	// Record keeps an event in the transaction of ctx. It fails with Conflict when
	// an event of that id is kept already.
	Record(ctx context.Context, event domain.Event) error
	// List returns events, the latest recorded first.
	List(ctx context.Context, filter EventFilter, page domain.PageRequest) (domain.Page[domain.Event], error)
	// Count returns how many kept events happened at since or later, by name.
	Count(ctx context.Context, since time.Time) (map[string]int, error)
	// Purge erases at most limit events that happened before the instant, the
	// earliest recorded first, and returns how many it erased.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}

// Webhooks keeps who wants to be told of events. Faults are as in Documents.
type Webhooks interface {
	// Add stores a new webhook; Conflict when the id is taken.
	Add(ctx context.Context, w webhook.Webhook) error
	// Update replaces a webhook; NotFound when the id is unknown.
	Update(ctx context.Context, w webhook.Webhook) error
	// Get returns a webhook; NotFound when the id is unknown.
	Get(ctx context.Context, id webhook.ID) (webhook.Webhook, error)
	// List returns webhooks, the latest created first, ties by id.
	List(ctx context.Context, page domain.PageRequest) (domain.Page[webhook.Webhook], error)
	// Active returns all webhooks that are switched on, by id.
	Active(ctx context.Context) ([]webhook.Webhook, error)
	// Delete erases a webhook with its deliveries; NotFound when the id is unknown.
	Delete(ctx context.Context, id webhook.ID) error
}

// Deliveries keeps the events on their way to webhooks. Faults are as in Documents.
type Deliveries interface {
	// Add stores new deliveries, all or none; Conflict when an id is taken. None
	// is no error.
	Add(ctx context.Context, deliveries ...webhook.Delivery) error
	// Claim returns at most limit pending deliveries, of those that are longest
	// due, by their creation, and hides them from every other Claim until the
	// lease ends. Whoever dies with a claim loses it with the lease.
	Claim(ctx context.Context, now, lease time.Time, limit int) ([]webhook.Delivery, error)
	// Update replaces a delivery, which ends its claim; NotFound when the id is unknown.
	Update(ctx context.Context, d webhook.Delivery) error
	// Get returns a delivery; NotFound when the id is unknown.
	Get(ctx context.Context, id webhook.DeliveryID) (webhook.Delivery, error)
	// List returns deliveries, the latest created first, ties by id.
	List(ctx context.Context, filter webhook.DeliveryFilter, page domain.PageRequest) (domain.Page[webhook.Delivery], error)
	// Delete erases a delivery; NotFound when the id is unknown.
	Delete(ctx context.Context, id webhook.DeliveryID) error
	// Count returns how many deliveries were created at since or later, by status.
	Count(ctx context.Context, since time.Time) (map[webhook.Status]int, error)
	// Purge erases at most limit deliveries that ended before the instant, the
	// earliest ended first, and returns how many it erased. Pending ones stay.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}
