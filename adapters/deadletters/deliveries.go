package deadletters

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/deadletter"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

// DocStore is what the place of deliveries asks of the document store.
type DocStore struct {
	List    usecase.UseCase[docstore.ListDeliveries, docstore.DeliveryList]
	Resend  usecase.UseCase[docstore.ResendDelivery, docstore.Delivery]
	Discard usecase.UseCase[docstore.DiscardDelivery, docstore.Delivery]
}

// Deliveries is the deliveries to webhooks that nobody accepted.
type Deliveries struct {
	store DocStore
	// caller is the service that asks.
	caller string
}

// NewDeliveries returns the place of the document store's dead deliveries, which the
// service of the id asks for.
func NewDeliveries(store DocStore, caller string) *Deliveries { return &Deliveries{store, caller} }

// Name implements infrastructure.Place.
func (d *Deliveries) Name() string { return docstore.ID + ".webhooks" }

// List implements infrastructure.Place.
func (d *Deliveries) List(ctx context.Context, page domain.PageRequest) (domain.Page[deadletter.Letter], error) {
	page = page.Normal()
	asked := docstore.ListDeliveries{Status: "dead", Limit: page.Limit, Offset: page.Offset}
	found, err := d.store.List.Execute(usecase.AsService(ctx, d.caller), asked).Unwrap()
	if err != nil {
		return domain.Page[deadletter.Letter]{}, err
	}
	letters := make([]deadletter.Letter, len(found.Items))
	for i, delivery := range found.Items {
		letters[i] = d.letter(delivery)
	}
	return domain.NewPage(letters, found.Total, page), nil
}

func (d *Deliveries) letter(v docstore.Delivery) deadletter.Letter {
	l := deadletter.Letter{
		ID: deadletter.NewID(d.Name(), v.ID), Event: v.EventID, Type: v.EventType, Service: docstore.ID, Data: v.Body, Cause: v.Error,
		HappenedAt: v.CreatedAt, DiedAt: usecase.Given(v.FinishedAt),
		Details: map[string]string{
			"webhook_id": v.WebhookID, "status_code": strconv.Itoa(v.StatusCode), "attempts": strconv.Itoa(v.AttemptCount),
		},
	}
	var event docstore.Event
	if err := json.Unmarshal(v.Body, &event); err == nil {
		l.Data, l.Correlation = event.Payload, event.CorrelationID
		if !event.OccurredAt.IsZero() {
			l.HappenedAt = event.OccurredAt
		}
		l.Details["entity_type"], l.Details["entity_id"] = event.EntityType, event.EntityID
	}
	return l
}

// Retry implements infrastructure.Place. The instant is the document store's own.
func (d *Deliveries) Retry(ctx context.Context, id string, _ time.Time) error {
	return d.store.Resend.Execute(usecase.AsService(ctx, d.caller), docstore.ResendDelivery{DeliveryID: id}).Err()
}

// Discard implements infrastructure.Place.
func (d *Deliveries) Discard(ctx context.Context, id string) error {
	return d.store.Discard.Execute(usecase.AsService(ctx, d.caller), docstore.DiscardDelivery{DeliveryID: id}).Err()
}
