package docstore

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/bulk"
	"github.com/docsteward/docsteward/ports/docstore"
)

func TestBulkStoresSearchesAndDeletes(t *testing.T) {
	s := newStation(t)
	documents := []docstore.BulkDocument{{ID: "a", Content: "warden one"}, {Content: " "}, {Content: "warden two", Metadata: json.RawMessage(`{"owner":"o"}`)}, {ID: "b", Content: "warden one"}}
	o := run(t, &s.menu.BulkStoreDocuments, docstore.BulkStoreDocuments{Documents: documents})
	if o.Status != "pending" || o.OperationType != "create_documents" || o.Progress.Total != 4 {
		t.Errorf("submitted %+v", o)
	}
	until(t, s.bulkOne)
	o = run(t, &s.menu.GetBulkOperation, docstore.GetBulkOperation{ID: o.OperationID})
	want := docstore.BulkProgress{Total: 4, Processed: 4, Successful: 3, Failed: 1, Percentage: 100}
	if o.Status != "completed" || o.Progress != want || o.CompletedAt == nil || len(o.Results.Items) != 4 {
		t.Fatalf("done: %+v", o)
	}
	if blank := o.Results.Items[1]; blank.Status != "failed" || blank.ErrorCode != "invalid" || blank.Error == "" {
		t.Errorf("the blank document: %+v", blank)
	}
	var twin docstore.Document
	if err := json.Unmarshal(o.Results.Items[3].Result, &twin); err != nil || twin.ID != "a" || !twin.Existed {
		t.Errorf("the same content: %+v, %v", twin, err)
	}
	search := run(t, &s.menu.BulkSearchDocuments, docstore.BulkSearchDocuments{Queries: []string{"warden", "nothing such"}, Limit: 10})
	until(t, s.bulkOne)
	search = run(t, &s.menu.GetBulkOperation, docstore.GetBulkOperation{ID: search.OperationID})
	for i, want := range []int{2, 0} {
		var found docstore.SearchResults
		if err := json.Unmarshal(search.Results.Items[i].Result, &found); err != nil || found.Total != want {
			t.Errorf("query %d: %+v, %v", i, found, err)
		}
	}
	gone := run(t, &s.menu.BulkDeleteDocuments, docstore.BulkDeleteDocuments{DocumentIDs: []string{"unknown"}})
	until(t, s.bulkOne)
	if gone = run(t, &s.menu.GetBulkOperation, docstore.GetBulkOperation{ID: gone.OperationID}); gone.Status != "failed" {
		t.Errorf("every item failed: %+v", gone)
	}
	s.carry(t)
	for name, want := range map[string]int{bulk.EventStarted: 3, bulk.EventCompleted: 2, bulk.EventFailed: 1} {
		if events := run(t, &s.menu.ListEvents, docstore.ListEvents{EventType: name}); events.Total != want {
			t.Errorf("%s: %d events, want %d", name, events.Total, want)
		}
	}
}

func TestABulkOperationGoesOnWhereADeadWorkerLeftIt(t *testing.T) {
	s := newStation(t)
	for _, id := range []string{"a", "b"} {
		run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: id, Content: id})
	}
	o := run(t, &s.menu.BulkDeleteDocuments, docstore.BulkDeleteDocuments{DocumentIDs: []string{"a", "b"}})
	claimed, _, err := s.claimBulk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.clock.Advance(time.Second)
	if _, err := s.perform(t.Context(), claimed, bulk.Item{Input: []byte(`"a"`)}); err != nil {
		t.Fatal(err) // done, and not recorded: the worker dies here
	}
	if n := until(t, s.bulkOne); n != 0 {
		t.Error("the lease of the dead worker did not hold")
	}
	s.clock.Advance(bulkLease)
	until(t, s.bulkOne)
	o = run(t, &s.menu.GetBulkOperation, docstore.GetBulkOperation{ID: o.OperationID})
	if o.Status != "completed" || o.Progress.Successful != 2 {
		t.Errorf("resumed: %+v", o)
	}
}

func TestACancelledOperationStopsAtTheNextItem(t *testing.T) {
	s := newStation(t)
	var documents []docstore.BulkDocument
	for i := range 5 {
		documents = append(documents, docstore.BulkDocument{ID: fmt.Sprint("d", i), Content: fmt.Sprint(i)})
	}
	o := run(t, &s.menu.BulkStoreDocuments, docstore.BulkStoreDocuments{Documents: documents})
	claimed, _, err := s.claimBulk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.doItem(t.Context(), claimed, bulk.Item{Number: 0, Input: []byte(`{"id":"d0","content":"0"}`)}); err != nil {
		t.Fatal(err)
	}
	cancelled := run(t, &s.menu.CancelBulkOperation, docstore.CancelBulkOperation{ID: o.OperationID})
	if cancelled.Status != "cancelled" || cancelled.Progress.Processed != 1 {
		t.Errorf("cancelled: %+v", cancelled)
	}
	refused(t, &s.menu.CancelBulkOperation, docstore.CancelBulkOperation{ID: o.OperationID}, domain.Conflict)
	if err := s.doItems(t.Context(), claimed); err == nil {
		t.Error("the worker went on")
	}
	if list := run(t, &s.menu.ListDocuments, docstore.ListDocuments{}); list.Total != 1 {
		t.Errorf("%d documents were stored, want 1", list.Total)
	}
}

func TestAWorkerThatIsStoppedLeavesItsOperationToTheNext(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.BulkStoreDocuments, docstore.BulkStoreDocuments{Documents: []docstore.BulkDocument{{Content: "a"}}})
	o, _, err := s.claimBulk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.doItems(ended, o); err == nil {
		t.Error("a stopped worker went on")
	}
	if err := s.releaseBulk(ended, o.ID); err != nil {
		t.Fatal(err)
	}
	if n := until(t, s.bulkOne); n != 1 {
		t.Errorf("%d operations were found, want the one that was left", n)
	}
}
