package porttest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/bulk"
	"github.com/docsteward/docsteward/ports/docstore"
)

// BulkEnv is the store of operations and its queue, over one database.
type BulkEnv struct {
	Operations docstore.BulkOperations
	Queue      docstore.BulkQueue
}

// Bulk proves the promises of docstore.BulkOperations and docstore.BulkQueue.
// open returns an empty store each time.
func Bulk(t *testing.T, open func(t *testing.T) BulkEnv) {
	t.Run("operations are kept whole", func(t *testing.T) { bulkKept(t, open(t)) })
	t.Run("the oldest is claimed by one until its lease ends", func(t *testing.T) { bulkClaimed(t, open(t)) })
	t.Run("each item is recorded and counted once", func(t *testing.T) { bulkRecorded(t, open(t)) })
	t.Run("the finished is closed", func(t *testing.T) { bulkFinished(t, open(t)) })
	t.Run("items are received until the seal", func(t *testing.T) { bulkReceived(t, open(t)) })
	t.Run("the finished is purged by age", func(t *testing.T) { bulkPurged(t, open(t)) })
}

func madeOperation(id string, created time.Time, total int) (bulk.Operation, []bulk.Item) {
	items := make([]bulk.Item, total)
	for i := range items {
		items[i] = bulk.Item{Number: i, Input: fmt.Appendf(nil, `{"i":%d}`, i), State: bulk.Waiting}
	}
	return bulk.Operation{ID: domain.StoredID[bulk.Operation](id), Type: bulk.CreateDocuments, Status: bulk.Pending, Total: total,
		Correlation: "c", User: "u ü", CreatedAt: created}, items
}

func (e BulkEnv) add(t *testing.T, id string, created time.Time, total int) (bulk.Operation, []bulk.Item) {
	t.Helper()
	o, items := madeOperation(id, created, total)
	must(t, e.Operations.Add(context.Background(), o, items))
	return o, items
}

func bulkKept(t *testing.T, e BulkEnv) {
	ctx := context.Background()
	a, items := e.add(t, "a", noon, 3)
	b, _ := e.add(t, "b", noon.Add(time.Second), 1)
	wantKind(t, "a taken id", e.Operations.Add(ctx, a, items), domain.Conflict)
	got, err := e.Operations.Get(ctx, a.ID)
	must(t, err)
	wantSame(t, "operation", got, a)
	_, err = e.Operations.Get(ctx, domain.StoredID[bulk.Operation]("z"))
	wantKind(t, "the unknown", err, domain.NotFound)
	page, err := e.Operations.Items(ctx, a.ID, domain.PageRequest{Limit: 2, Offset: 1})
	must(t, err)
	wantSame(t, "items", page, domain.Page[bulk.Item]{Items: items[1:], Total: 3, Limit: 2, Offset: 1})
	list, err := e.Operations.List(ctx, "", domain.PageRequest{})
	must(t, err)
	wantSame(t, "list", list.Items, []bulk.Operation{b, a})
	list, err = e.Operations.List(ctx, bulk.Processing, domain.PageRequest{})
	must(t, err)
	if list.Total != 0 {
		t.Errorf("%d operations are processing, want none", list.Total)
	}
}

func (e BulkEnv) claim(t *testing.T, now time.Time) (bulk.Operation, bool) {
	t.Helper()
	o, found, err := e.Queue.Claim(context.Background(), now, now.Add(time.Minute))
	must(t, err)
	return o, found
}

func bulkClaimed(t *testing.T, e BulkEnv) {
	ctx := context.Background()
	if _, found := e.claim(t, noon); found {
		t.Error("an empty store has work")
	}
	b, _ := e.add(t, "b", noon.Add(time.Second), 1)
	a, _ := e.add(t, "a", noon, 1)
	now := noon.Add(time.Hour)
	first, _ := e.claim(t, now)
	if first.ID != a.ID || first.Status != bulk.Processing || !first.StartedAt.IsZero() {
		t.Errorf("first claim: %+v", first)
	}
	if second, _ := e.claim(t, now); second.ID != b.ID {
		t.Errorf("second claim: %+v", second)
	}
	if third, found := e.claim(t, now); found {
		t.Errorf("third claim: %+v", third)
	}
	must(t, e.Queue.Extend(ctx, b.ID, now.Add(time.Hour)))
	again, found := e.claim(t, now.Add(time.Minute))
	if !found || again.ID != a.ID || !again.StartedAt.Equal(now) {
		t.Errorf("after the lease: %+v, %v", again, found)
	}
	if _, found := e.claim(t, now.Add(time.Minute)); found {
		t.Error("an extended lease did not hold")
	}
}

func bulkRecorded(t *testing.T, e BulkEnv) {
	ctx := context.Background()
	a, items := e.add(t, "a", noon, 3)
	done := bulk.Item{Number: 1, State: bulk.ItemSucceeded, Result: []byte(`{"ok":1}`)}
	wantKind(t, "before a claim", e.Queue.Record(ctx, a.ID, done), domain.Conflict)
	e.claim(t, noon)
	must(t, e.Queue.Record(ctx, a.ID, done))
	must(t, e.Queue.Record(ctx, a.ID, bulk.Item{Number: 1, State: bulk.ItemFailed}))
	failed := bulk.Item{Number: 0, State: bulk.ItemFailed, Code: "x", Cause: "y ü"}
	must(t, e.Queue.Record(ctx, a.ID, failed))
	got, err := e.Operations.Get(ctx, a.ID)
	must(t, err)
	if got.Successful != 1 || got.Failed != 1 {
		t.Errorf("counted %+v", got)
	}
	waiting, err := e.Queue.Waiting(ctx, a.ID, 10)
	must(t, err)
	wantSame(t, "waiting", waiting, items[2:])
	done.Input, failed.Input = items[1].Input, items[0].Input
	page, err := e.Operations.Items(ctx, a.ID, domain.PageRequest{})
	must(t, err)
	wantSame(t, "items", page.Items, []bulk.Item{failed, done, items[2]})
}

func bulkFinished(t *testing.T, e BulkEnv) {
	ctx := context.Background()
	a, _ := e.add(t, "a", noon, 1)
	must(t, e.Operations.Finish(ctx, a.ID, bulk.Cancelled, noon.Add(time.Minute)))
	err := e.Operations.Finish(ctx, a.ID, bulk.Completed, noon)
	wantKind(t, "again", err, domain.Conflict)
	if status := domain.FaultOf(err).Details["status"]; status != "cancelled" {
		t.Errorf("details.status is %v", status)
	}
	if _, found := e.claim(t, noon.Add(time.Hour)); found {
		t.Error("the finished was claimed")
	}
	wantKind(t, "extend", e.Queue.Extend(ctx, a.ID, noon), domain.Conflict)
	wantKind(t, "record", e.Queue.Record(ctx, a.ID, bulk.Item{State: bulk.ItemFailed}), domain.Conflict)
	got, err := e.Operations.Get(ctx, a.ID)
	must(t, err)
	if got.Status != bulk.Cancelled || !got.CompletedAt.Equal(noon.Add(time.Minute)) || got.Failed != 0 {
		t.Errorf("got %+v", got)
	}
	wantKind(t, "the unknown", e.Operations.Finish(ctx, domain.StoredID[bulk.Operation]("z"), bulk.Failed, noon), domain.NotFound)
}

func bulkReceived(t *testing.T, e BulkEnv) {
	ctx := context.Background()
	o, items := madeOperation("a", noon, 4)
	items[1] = bulk.Item{Number: 1, Input: []byte("null"), State: bulk.ItemFailed, Code: "x", Cause: "y ü"}
	o.Status, o.Total = bulk.Receiving, 0
	must(t, e.Operations.Add(ctx, o, nil))
	must(t, e.Operations.Append(ctx, o.ID, items[:3]))
	if claimed, found := e.claim(t, noon.Add(time.Hour)); found {
		t.Errorf("claimed before the seal: %+v", claimed)
	}
	wantKind(t, "record", e.Queue.Record(ctx, o.ID, bulk.Item{State: bulk.ItemFailed}), domain.Conflict)
	must(t, e.Operations.Append(ctx, o.ID, items[3:]))
	must(t, e.Operations.Append(ctx, o.ID, nil))
	must(t, e.Operations.Seal(ctx, o.ID))
	got, err := e.Operations.Get(ctx, o.ID)
	must(t, err)
	o.Status, o.Total, o.Failed = bulk.Pending, 4, 1
	wantSame(t, "sealed", got, o)
	for what, err := range map[string]error{"append": e.Operations.Append(ctx, o.ID, items), "seal": e.Operations.Seal(ctx, o.ID)} {
		wantKind(t, what+" after the seal", err, domain.Conflict)
		if status := domain.FaultOf(err).Details["status"]; status != "pending" {
			t.Errorf("%s: details.status is %v", what, status)
		}
	}
	unknown := domain.StoredID[bulk.Operation]("z")
	wantKind(t, "append to the unknown", e.Operations.Append(ctx, unknown, items), domain.NotFound)
	wantKind(t, "seal the unknown", e.Operations.Seal(ctx, unknown), domain.NotFound)
	if claimed, found := e.claim(t, noon.Add(time.Hour)); !found || claimed.ID != o.ID {
		t.Errorf("claimed after the seal: %+v", claimed)
	}
	waiting, err := e.Queue.Waiting(ctx, o.ID, 10)
	must(t, err)
	wantSame(t, "waiting", waiting, []bulk.Item{items[0], items[2], items[3]})

	left, _ := madeOperation("b", noon, 0)
	left.Status = bulk.Receiving
	must(t, e.Operations.Add(ctx, left, nil))
	if n, err := e.Operations.Purge(ctx, noon, 10); err != nil || n != 0 {
		t.Errorf("purged %d that still receive, %v", n, err)
	}
	if n, err := e.Operations.Purge(ctx, noon.Add(time.Second), 10); err != nil || n != 1 {
		t.Errorf("purged %d that were left, %v; want 1", n, err)
	}
	gone, _ := madeOperation("c", noon, 0)
	gone.Status = bulk.Receiving
	must(t, e.Operations.Add(ctx, gone, nil))
	must(t, e.Operations.Finish(ctx, gone.ID, bulk.Cancelled, noon))
	wantKind(t, "append to the cancelled", e.Operations.Append(ctx, gone.ID, items), domain.Conflict)
}
