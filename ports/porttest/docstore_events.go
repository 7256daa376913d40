package porttest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/webhook"
	"github.com/docsteward/docsteward/ports/docstore"
)

// wantKind fails the test unless err is of the kind.
func wantKind(t *testing.T, what string, err error, kind domain.Kind) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("%s: got %v, want %v", what, err, kind)
	}
}

// wantSame fails the test unless both are deeply equal.
func wantSame(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got\n%+v\nwant\n%+v", what, got, want)
	}
}

// EventLog proves the promises of docstore.EventLog. open returns an empty log
// each time.
func EventLog(t *testing.T, open func(t *testing.T) docstore.EventLog) {
	ctx := context.Background()
	event := func(i int) domain.Event {
		return domain.Event{ID: fmt.Sprint("e", i), Name: fmt.Sprint("document.n", i%2), Aggregate: "document", AggregateID: fmt.Sprint("d", i%3),
			Version: i, At: noon.Add(-time.Duration(i) * time.Hour), Correlation: "c", Payload: []byte(`{"ü":1}`)}
	}
	t.Run("lists the latest recorded first, whole", func(t *testing.T) {
		log := open(t)
		for i := range 6 {
			must(t, log.Record(ctx, event(i)))
		}
		page, err := log.List(ctx, docstore.EventFilter{}, domain.PageRequest{Limit: 2, Offset: 1})
		must(t, err)
		wantSame(t, "page", page, domain.Page[domain.Event]{Items: []domain.Event{event(4), event(3)}, Total: 6, Limit: 2, Offset: 1})
		page, err = log.List(ctx, docstore.EventFilter{Name: "document.n1", Aggregate: "document", AggregateID: "d0"}, domain.PageRequest{})
		must(t, err)
		wantSame(t, "filtered", page.Items, []domain.Event{event(3)})
		page, err = log.List(ctx, docstore.EventFilter{Aggregate: "other"}, domain.PageRequest{})
		must(t, err)
		if len(page.Items) != 0 || page.Total != 0 {
			t.Errorf("another aggregate has %+v", page)
		}
	})
	t.Run("an id is recorded once", func(t *testing.T) {
		log := open(t)
		must(t, log.Record(ctx, event(1)))
		wantKind(t, "again", log.Record(ctx, event(1)), domain.Conflict)
	})
	t.Run("counts since an instant, by name", func(t *testing.T) {
		log := open(t)
		for i := range 6 {
			must(t, log.Record(ctx, event(i)))
		}
		counts, err := log.Count(ctx, noon.Add(-2*time.Hour))
		must(t, err)
		wantSame(t, "counts", counts, map[string]int{"document.n0": 2, "document.n1": 1})
		counts, err = log.Count(ctx, noon.Add(time.Hour))
		must(t, err)
		wantSame(t, "of none", counts, map[string]int{})
	})
	t.Run("purges the old, no more than asked", func(t *testing.T) {
		log := open(t)
		for i := range 6 {
			must(t, log.Record(ctx, event(i)))
		}
		before := noon.Add(-2 * time.Hour) // events 3, 4 and 5 are older
		purged(t, func(limit int) (int, error) { return log.Purge(ctx, before, limit) }, 2, 1, 0)
		page, err := log.List(ctx, docstore.EventFilter{}, domain.PageRequest{})
		must(t, err)
		wantSame(t, "left", page.Items, []domain.Event{event(2), event(1), event(0)})
	})
	t.Run("an ended context is a timeout", func(t *testing.T) {
		log := open(t)
		ended, cancel := context.WithCancel(ctx)
		cancel()
		wantKind(t, "Record", log.Record(ended, event(1)), domain.Timeout)
		_, err := log.List(ended, docstore.EventFilter{}, domain.PageRequest{})
		wantKind(t, "List", err, domain.Timeout)
	})
}

// WebhookEnv is the stores of webhooks and deliveries, over one database.
type WebhookEnv struct {
	Webhooks   docstore.Webhooks
	Deliveries docstore.Deliveries
}

func madeWebhook(id string, created time.Time) webhook.Webhook {
	return webhook.Webhook{ID: domain.StoredID[webhook.Webhook](id), Name: "n ü", URL: "https://example.org", Events: []string{"document.*"},
		Secret: "s", Headers: map[string]string{"X-A": "b"}, Retries: 3, Timeout: 1500 * time.Millisecond, Active: true, CreatedAt: created, UpdatedAt: created}
}

func madeDelivery(id, to string, due time.Time) webhook.Delivery {
	return webhook.Delivery{ID: domain.StoredID[webhook.Delivery](id), Webhook: domain.StoredID[webhook.Webhook](to), Event: "e", Name: "document.created",
		Body: []byte("{\"a\" : 1}\n"), Status: webhook.Pending, NextAt: due, CreatedAt: due}
}

// Webhooks proves the promises of docstore.Webhooks and docstore.Deliveries.
// open returns empty stores each time.
func Webhooks(t *testing.T, open func(t *testing.T) WebhookEnv) {
	t.Run("webhooks are kept whole", func(t *testing.T) { webhooksKept(t, open(t)) })
	t.Run("deliveries go with their webhook", func(t *testing.T) { webhooksCascade(t, open(t)) })
	t.Run("a claim hides until its lease ends", func(t *testing.T) { deliveriesClaimed(t, open(t)) })
	t.Run("deliveries are kept whole", func(t *testing.T) { deliveriesKept(t, open(t)) })
	t.Run("deliveries are counted and purged by age", func(t *testing.T) { deliveriesPurged(t, open(t)) })
}

func webhooksKept(t *testing.T, e WebhookEnv) {
	ctx := context.Background()
	a, b := madeWebhook("a", noon), madeWebhook("b", noon.Add(time.Second))
	must(t, e.Webhooks.Add(ctx, a))
	must(t, e.Webhooks.Add(ctx, b))
	wantKind(t, "a taken id", e.Webhooks.Add(ctx, a), domain.Conflict)
	page, err := e.Webhooks.List(ctx, domain.PageRequest{})
	must(t, err)
	wantSame(t, "list", page.Items, []webhook.Webhook{b, a})
	a.Active, a.Name, a.Secret, a.Retries = false, "other", "", 0
	must(t, e.Webhooks.Update(ctx, a))
	got, err := e.Webhooks.Get(ctx, a.ID)
	must(t, err)
	wantSame(t, "updated", got, a)
	active, err := e.Webhooks.Active(ctx)
	must(t, err)
	wantSame(t, "active", active, []webhook.Webhook{b})
	unknown := madeWebhook("z", noon)
	wantKind(t, "update of the unknown", e.Webhooks.Update(ctx, unknown), domain.NotFound)
	wantKind(t, "delete of the unknown", e.Webhooks.Delete(ctx, unknown.ID), domain.NotFound)
	_, err = e.Webhooks.Get(ctx, unknown.ID)
	wantKind(t, "get of the unknown", err, domain.NotFound)
}

func webhooksCascade(t *testing.T, e WebhookEnv) {
	ctx := context.Background()
	must(t, e.Webhooks.Add(ctx, madeWebhook("a", noon)))
	must(t, e.Webhooks.Add(ctx, madeWebhook("b", noon)))
	must(t, e.Deliveries.Add(ctx, madeDelivery("1", "a", noon), madeDelivery("2", "b", noon)))
	must(t, e.Webhooks.Delete(ctx, domain.StoredID[webhook.Webhook]("a")))
	page, err := e.Deliveries.List(ctx, webhook.DeliveryFilter{}, domain.PageRequest{})
	must(t, err)
	wantSame(t, "left", page.Items, []webhook.Delivery{madeDelivery("2", "b", noon)})
}

func deliveriesClaimed(t *testing.T, e WebhookEnv) {
	ctx := context.Background()
	must(t, e.Webhooks.Add(ctx, madeWebhook("a", noon)))
	for i := range 5 {
		must(t, e.Deliveries.Add(ctx, madeDelivery(fmt.Sprint(i), "a", noon.Add(time.Duration(i)*time.Minute))))
	}
	ids := func(now time.Time, limit int) (out []string) {
		claimed, err := e.Deliveries.Claim(ctx, now, now.Add(time.Hour), limit)
		must(t, err)
		for _, d := range claimed {
			out = append(out, d.ID.String())
		}
		return out
	}
	now := noon.Add(3 * time.Minute)
	wantSame(t, "the longest due", ids(now, 2), []string{"0", "1"})
	wantSame(t, "the rest that is due", ids(now, 10), []string{"2", "3"})
	wantSame(t, "nothing is left", ids(now, 10), []string(nil))
	done := madeDelivery("0", "a", noon).Succeeded(204, now)
	must(t, e.Deliveries.Update(ctx, done))
	wantSame(t, "after the leases, without the delivered", ids(now.Add(time.Hour), 10), []string{"1", "2", "3", "4"})
}

func deliveriesKept(t *testing.T, e WebhookEnv) {
	ctx := context.Background()
	must(t, e.Webhooks.Add(ctx, madeWebhook("a", noon)))
	must(t, e.Webhooks.Add(ctx, madeWebhook("b", noon)))
	must(t, e.Deliveries.Add(ctx))
	one, two := madeDelivery("1", "a", noon), madeDelivery("2", "b", noon.Add(time.Second))
	must(t, e.Deliveries.Add(ctx, one, two))
	wantKind(t, "a taken id", e.Deliveries.Add(ctx, madeDelivery("3", "a", noon), one), domain.Conflict)
	two = two.Failed(500, "no", 0, noon, 0)
	must(t, e.Deliveries.Update(ctx, two))
	got, err := e.Deliveries.Get(ctx, two.ID)
	must(t, err)
	wantSame(t, "updated", got, two)
	all, err := e.Deliveries.List(ctx, webhook.DeliveryFilter{}, domain.PageRequest{})
	must(t, err)
	wantSame(t, "all or none, latest first", all.Items, []webhook.Delivery{two, one})
	dead, err := e.Deliveries.List(ctx, webhook.DeliveryFilter{Webhook: two.Webhook, Status: webhook.Dead}, domain.PageRequest{})
	must(t, err)
	wantSame(t, "filtered", dead.Items, []webhook.Delivery{two})
	must(t, e.Deliveries.Delete(ctx, one.ID))
	wantKind(t, "delete twice", e.Deliveries.Delete(ctx, one.ID), domain.NotFound)
	left, err := e.Deliveries.List(ctx, webhook.DeliveryFilter{}, domain.PageRequest{})
	must(t, err)
	wantSame(t, "left", left.Items, []webhook.Delivery{two})
	unknown := madeDelivery("z", "a", noon)
	wantKind(t, "update of the unknown", e.Deliveries.Update(ctx, unknown), domain.NotFound)
	_, err = e.Deliveries.Get(ctx, unknown.ID)
	wantKind(t, "get of the unknown", err, domain.NotFound)
}
