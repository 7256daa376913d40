package docstore

import (
	"context"
	"encoding/json"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/webhook"
	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/secrets"
	"github.com/docsteward/docsteward/ports/webcall"
)

// Notify is what events need on their way to the log and to webhooks.
type Notify struct {
	EventLog   docstore.EventLog
	Webhooks   docstore.Webhooks
	Deliveries docstore.Deliveries
	Inbox      bus.Inbox
	Caller     webcall.Caller
	// Random returns numbers in [0, 1) that spread retries.
	Random  func() float64
	Signals *Signals
	// Secrets seals the secrets and headers of webhooks before they are stored.
	Secrets secrets.Sealer
}

func (s *service) fillEvents(menu *docstore.UseCases) {
	menu.ListEvents.HandleFunc(s.listEvents)
	menu.RegisterWebhook.HandleFunc(s.registerWebhook)
	menu.ListWebhooks.HandleFunc(s.listWebhooks)
	menu.GetWebhook.HandleFunc(s.getWebhook)
	menu.UpdateWebhook.HandleFunc(s.updateWebhook)
	menu.DeleteWebhook.HandleFunc(s.deleteWebhook)
	menu.TestWebhook.HandleFunc(s.testWebhook)
	menu.ListDeliveries.HandleFunc(s.listDeliveries)
	menu.ResendDelivery.HandleFunc(s.resendDelivery)
	menu.DiscardDelivery.HandleFunc(s.discardDelivery)
}

// published are the patterns of the events that the store publishes. Never written.
var published = [...]string{"document.*", "relationship.*", "analysis.*", "lifecycle.*", "bulk_operation.*"}

// Subscribe has every event of the store recorded, each exactly once, and a
// delivery made for every webhook that wants it, in the same transaction.
func (b *Background) Subscribe(to bus.Subscriber) error {
	once := bus.Once(b.Inbox, "doc_store.event_log", b.recordEvent)
	for _, pattern := range published {
		err := to.Subscribe("doc_store.event_log "+pattern, pattern, func(ctx context.Context, event domain.Event) error {
			err := once(ctx, event)
			b.Signals.deliveries.wake()
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *service) recordEvent(ctx context.Context, event domain.Event) error {
	if err := s.EventLog.Record(ctx, event); err != nil {
		return err
	}
	active, err := s.Webhooks.Active(ctx)
	if err != nil {
		return err
	}
	var deliveries []webhook.Delivery
	for _, w := range active {
		if !wants(w, event.Name) {
			continue
		}
		d, err := s.delivery(w, event)
		if err != nil {
			return err
		}
		deliveries = append(deliveries, d)
	}
	return s.Deliveries.Add(ctx, deliveries...)
}

func wants(w webhook.Webhook, name string) bool {
	for _, pattern := range w.Events {
		if bus.Match(pattern, name) {
			return true
		}
	}
	return false
}

// delivery begins the delivery of an event, due at once.
func (s *service) delivery(w webhook.Webhook, event domain.Event) (webhook.Delivery, error) {
	body, err := json.Marshal(eventView(event))
	if err != nil {
		return webhook.Delivery{}, domain.Internal.Wrap(err, "The event cannot be written as JSON.")
	}
	now := s.Clock.Now().UTC()
	return webhook.Delivery{
		ID: domain.StoredID[webhook.Delivery](s.IDs.New()), Webhook: w.ID, Event: event.ID, Name: event.Name, Body: body,
		Status: webhook.Pending, NextAt: now, CreatedAt: now,
	}, nil
}

func (s *service) listEvents(ctx context.Context, c docstore.ListEvents) (docstore.EventList, error) {
	page, err := s.EventLog.List(ctx, docstore.EventFilter{Name: c.EventType, Aggregate: c.EntityType, AggregateID: c.EntityID},
		domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, eventView)
	return docstore.EventList{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, err
}

func eventView(e domain.Event) docstore.Event {
	payload := json.RawMessage(e.Payload)
	if !json.Valid(payload) {
		payload = json.RawMessage("null")
	}
	return docstore.Event{
		ID: e.ID, EventType: e.Name, EntityType: e.Aggregate, EntityID: e.AggregateID, Version: e.Version,
		OccurredAt: e.At, CorrelationID: e.Correlation, Payload: payload,
	}
}
