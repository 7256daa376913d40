package porttest

import (
	"context"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/bulk"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/webhook"
	"github.com/docsteward/docsteward/ports/docstore"
)

// purged calls purge with a limit of 2 and wants it to erase as many as given.
func purged(t *testing.T, purge func(limit int) (int, error), want ...int) {
	t.Helper()
	for i, w := range want {
		n, err := purge(2)
		must(t, err)
		if n != w {
			t.Errorf("purge %d erased %d, want %d", i+1, n, w)
		}
	}
}

func deliveriesPurged(t *testing.T, e WebhookEnv) {
	ctx := context.Background()
	must(t, e.Webhooks.Add(ctx, madeWebhook("a", noon)))
	end := func(id string, minutes int) webhook.Delivery {
		return madeDelivery(id, "a", noon).Succeeded(200, noon.Add(time.Duration(minutes)*time.Minute))
	}
	dead := madeDelivery("d", "a", noon.Add(time.Second)).Failed(500, "no", 0, noon.Add(2*time.Minute), 0)
	pending := madeDelivery("p", "a", noon.Add(time.Second))
	must(t, e.Deliveries.Add(ctx, end("1", 1), end("3", 3), end("9", 9), dead, pending))
	counts, err := e.Deliveries.Count(ctx, noon)
	must(t, err)
	wantSame(t, "counts", counts, map[webhook.Status]int{webhook.Delivered: 3, webhook.Dead: 1, webhook.Pending: 1})
	counts, err = e.Deliveries.Count(ctx, noon.Add(time.Millisecond))
	must(t, err)
	wantSame(t, "the younger", counts, map[webhook.Status]int{webhook.Dead: 1, webhook.Pending: 1})
	purged(t, func(limit int) (int, error) { return e.Deliveries.Purge(ctx, noon.Add(9*time.Minute), limit) }, 2, 1, 0)
	page, err := e.Deliveries.List(ctx, webhook.DeliveryFilter{}, domain.PageRequest{})
	must(t, err)
	wantSame(t, "left", page.Items, []webhook.Delivery{pending, end("9", 9)})
}

func bulkPurged(t *testing.T, e BulkEnv) {
	ctx := context.Background()
	for i, id := range []string{"a", "b", "c", "open", "young"} {
		o, _ := e.add(t, id, noon, 2)
		if id == "open" {
			continue
		}
		must(t, e.Operations.Finish(ctx, o.ID, []bulk.Status{bulk.Completed, bulk.Failed, bulk.Cancelled}[i%3], noon.Add(time.Duration(i)*time.Minute)))
	}
	purged(t, func(limit int) (int, error) { return e.Operations.Purge(ctx, noon.Add(4*time.Minute), limit) }, 2, 1, 0)
	list, err := e.Operations.List(ctx, "", domain.PageRequest{})
	must(t, err)
	if list.Total != 2 || list.Items[0].ID.String() != "open" || list.Items[1].ID.String() != "young" {
		t.Errorf("left: %+v", list.Items)
	}
	items, err := e.Operations.Items(ctx, domain.StoredID[bulk.Operation]("a"), domain.PageRequest{})
	must(t, err)
	if items.Total != 0 {
		t.Errorf("%d items outlived their operation", items.Total)
	}
}

// QualityLog proves the promises of docstore.QualityLog. open returns an empty
// log each time.
func QualityLog(t *testing.T, open func(t *testing.T) docstore.QualityLog) {
	ctx := context.Background()
	at := func(hours, documents int) document.QualitySummary {
		return document.QualitySummary{At: noon.Add(time.Duration(hours) * time.Hour), Documents: documents,
			Flags: map[document.Flag]int{document.FlagStale: documents}}
	}
	t.Run("lists the latest first, whole", func(t *testing.T) {
		log := open(t)
		for hours := range 3 {
			must(t, log.Record(ctx, at(hours, 1)))
		}
		must(t, log.Record(ctx, at(1, 7)))
		page, err := log.List(ctx, domain.PageRequest{Limit: 2})
		must(t, err)
		wantSame(t, "page", page, domain.Page[document.QualitySummary]{Items: []document.QualitySummary{at(2, 1), at(1, 7)}, Total: 3, Limit: 2})
	})
	t.Run("none is no flags", func(t *testing.T) {
		log := open(t)
		must(t, log.Record(ctx, document.QualitySummary{At: noon}))
		page, err := log.List(ctx, domain.PageRequest{})
		must(t, err)
		wantSame(t, "page", page.Items, []document.QualitySummary{{At: noon, Flags: map[document.Flag]int{}}})
	})
	t.Run("purges the old, no more than asked", func(t *testing.T) {
		log := open(t)
		for hours := range 5 {
			must(t, log.Record(ctx, at(hours, 1)))
		}
		purged(t, func(limit int) (int, error) { return log.Purge(ctx, noon.Add(3*time.Hour), limit) }, 2, 1, 0)
		page, err := log.List(ctx, domain.PageRequest{})
		must(t, err)
		wantSame(t, "left", page.Items, []document.QualitySummary{at(4, 1), at(3, 1)})
	})
	t.Run("an ended context is a timeout", func(t *testing.T) {
		log := open(t)
		ended, cancel := context.WithCancel(ctx)
		cancel()
		wantKind(t, "Record", log.Record(ended, at(0, 1)), domain.Timeout)
		_, err := log.List(ended, domain.PageRequest{})
		wantKind(t, "List", err, domain.Timeout)
		_, err = log.Purge(ended, noon, 1)
		wantKind(t, "Purge", err, domain.Timeout)
	})
}
