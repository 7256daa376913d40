package docstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/webhook"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/webcall"
)

const (
	// deliverers is how many webhooks are called at the same time.
	deliverers = 4
	// deliveryPause is how long a deliverer waits before it looks for retries.
	deliveryPause = time.Second
	// deliveryLease is longer than any attempt, so that nobody else makes the same
	// one meanwhile.
	deliveryLease = webhook.MaxTimeout + 30*time.Second
)

// Deliver sends what webhooks are to be told of until ctx ends.
func (b *Background) Deliver(ctx context.Context) error {
	var all sync.WaitGroup
	for range deliverers {
		all.Go(func() { b.loop(ctx, "webhooks", deliveryPause, b.Signals.deliveries, b.deliverOne) })
	}
	all.Wait()
	return nil
}

// deliverOne makes one attempt of the delivery that is longest due. Where it
// finds one it wakes another deliverer, since there may be more.
func (b *Background) deliverOne(ctx context.Context) (bool, error) {
	now := b.Clock.Now()
	due, err := b.Deliveries.Claim(ctx, now, now.Add(deliveryLease), 1)
	if err != nil || len(due) == 0 {
		return false, err
	}
	b.Signals.deliveries.wake()
	d := due[0]
	w, err := b.Webhooks.Get(ctx, d.Webhook)
	switch {
	case errors.Is(err, domain.NotFound):
		return true, nil // its deliveries went with it
	case err != nil:
		return true, err
	case !w.Active:
		d = d.Buried("The webhook is switched off.", b.Clock.Now())
	default:
		d = b.attempt(ctx, w, d, w.Retries)
	}
	return true, b.settle(ctx, d)
}

// settle stores how an attempt ended, also when the process is stopping.
func (s *service) settle(ctx context.Context, d webhook.Delivery) error {
	err := s.Deliveries.Update(context.WithoutCancel(ctx), d)
	if errors.Is(err, domain.NotFound) {
		return nil // the webhook was deleted meanwhile, with its deliveries
	}
	return err
}

// attempt sends a delivery once. An attempt that the end of ctx cut short is not
// counted and due at once.
func (s *service) attempt(ctx context.Context, w webhook.Webhook, d webhook.Delivery, retries int) webhook.Delivery {
	w, err := s.opened(w)
	if err != nil {
		return d.Failed(0, domain.FaultOf(err).Message, 0, s.Clock.Now(), 0)
	}
	headers := w.Headers
	headers["X-Docsteward-Event"] = d.Name
	headers["X-Docsteward-Delivery"] = d.ID.String()
	if w.Secret != "" {
		headers["X-Docsteward-Signature"] = webhook.Sign(w.Secret, d.Body)
	}
	answer, err := s.Caller.Call(ctx, webcall.Request{URL: w.URL, Headers: headers, Body: d.Body, Timeout: w.Timeout})
	now := s.Clock.Now()
	switch {
	case err == nil && answer.Status >= 200 && answer.Status < 300:
		return d.Succeeded(answer.Status, now)
	case err == nil:
		return d.Failed(answer.Status, fmt.Sprintf("The webhook answered with status %d.", answer.Status), retries, now, s.Random())
	case ctx.Err() != nil:
		d.NextAt = now.UTC()
		return d
	case errors.Is(err, domain.Rejected), errors.Is(err, domain.Invalid):
		return d.Failed(0, domain.FaultOf(err).Message, 0, now, 0)
	}
	return d.Failed(0, domain.FaultOf(err).Message, retries, now, s.Random())
}

func (s *service) testWebhook(ctx context.Context, c docstore.TestWebhook) (docstore.Delivery, error) {
	w, err := s.webhook(ctx, c.ID)
	if err != nil {
		return docstore.Delivery{}, err
	}
	d, err := s.delivery(w, domain.Event{
		ID: s.IDs.New(), Name: "webhook.test", Aggregate: "webhook", AggregateID: c.ID,
		At: s.Clock.Now().UTC(), Correlation: usecase.MetaOf(ctx).Correlation, Payload: []byte("{}"),
	})
	if err != nil {
		return docstore.Delivery{}, err
	}
	d.NextAt = d.NextAt.Add(deliveryLease) // this call makes the only attempt
	if err := s.Deliveries.Add(ctx, d); err != nil {
		return docstore.Delivery{}, err
	}
	d = s.attempt(ctx, w, d, 0)
	if d.Status == webhook.Pending {
		d = d.Buried("The caller of the test gave up.", s.Clock.Now())
	}
	return deliveryView(d), s.settle(ctx, d)
}

func (s *service) listDeliveries(ctx context.Context, c docstore.ListDeliveries) (docstore.DeliveryList, error) {
	filter := webhook.DeliveryFilter{Webhook: domain.StoredID[webhook.Webhook](c.WebhookID), Status: webhook.Status(c.Status)}
	page, err := s.Deliveries.List(ctx, filter, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, deliveryView)
	return docstore.DeliveryList{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, err
}

func (s *service) resendDelivery(ctx context.Context, c docstore.ResendDelivery) (docstore.Delivery, error) {
	id, err := domain.ParseID[webhook.Delivery](c.DeliveryID)
	if err != nil {
		return docstore.Delivery{}, err
	}
	d, err := s.Deliveries.Get(ctx, id)
	if err != nil {
		return docstore.Delivery{}, err
	}
	if d, err = d.Resent(s.Clock.Now()); err != nil {
		return docstore.Delivery{}, err
	}
	if err := s.Deliveries.Update(ctx, d); err != nil {
		return docstore.Delivery{}, err
	}
	s.Signals.deliveries.wake()
	return deliveryView(d), nil
}

func (s *service) discardDelivery(ctx context.Context, c docstore.DiscardDelivery) (docstore.Delivery, error) {
	id, err := domain.ParseID[webhook.Delivery](c.DeliveryID)
	if err != nil {
		return docstore.Delivery{}, err
	}
	d, err := s.Deliveries.Get(ctx, id)
	if err != nil {
		return docstore.Delivery{}, err
	}
	if d.Status == webhook.Pending {
		return docstore.Delivery{}, domain.Conflict.New("The delivery is still under way; wait for its end before erasing it.")
	}
	return deliveryView(d), s.Deliveries.Delete(ctx, id)
}

func deliveryView(d webhook.Delivery) docstore.Delivery {
	view := docstore.Delivery{
		ID: d.ID.String(), WebhookID: d.Webhook.String(), EventID: d.Event, EventType: d.Name, Status: string(d.Status),
		AttemptCount: d.Attempts, StatusCode: d.Answer, Error: d.Cause, CreatedAt: d.CreatedAt,
		NextAttempt: usecase.TimeOrNil(d.NextAt), FinishedAt: usecase.TimeOrNil(d.FinishedAt), Body: d.Body,
	}
	if d.Status != webhook.Pending {
		view.NextAttempt = nil
	}
	return view
}
