package docstore

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

// exported gathers a stream; each is called with every document.
func exported(t *testing.T, s *station, c docstore.ExportDocuments, each func(docstore.ExportedDocument)) (all []docstore.ExportedDocument) {
	t.Helper()
	for d, err := range run(t, &s.menu.ExportDocuments, c) {
		if err != nil {
			t.Fatal(err)
		}
		each(d)
		all = append(all, d)
	}
	return all
}

func TestAnExportIsStoredAnewAsItIs(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "Grüße", Metadata: json.RawMessage(`{"owner":"o","type":"guide"}`)})
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "b", Content: "two", CorrelationID: "c"})
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "gone", Content: "gone"})
	run(t, &s.menu.DeleteDocument, docstore.DeleteDocument{ID: "gone"})
	nothing := func(docstore.ExportedDocument) {}
	all := exported(t, s, docstore.ExportDocuments{}, nothing)
	if len(all) != 2 {
		t.Fatalf("exported %+v", all)
	}
	if guides := exported(t, s, docstore.ExportDocuments{Type: "guide", Owner: "o"}, nothing); len(guides) != 1 || guides[0].ID != "a" {
		t.Errorf("guides: %+v", guides)
	}
	body, err := json.Marshal(map[string]any{"documents": all})
	if err != nil {
		t.Fatal(err)
	}
	var again docstore.BulkStoreDocuments
	if err := json.Unmarshal(body, &again); err != nil {
		t.Fatal(err)
	}
	other := newStation(t)
	run(t, &other.menu.BulkStoreDocuments, again)
	until(t, other.bulkOne)
	a := run(t, &other.menu.GetDocument, docstore.GetDocument{ID: "a"})
	b := run(t, &other.menu.GetDocument, docstore.GetDocument{ID: "b"})
	if a.Content != "Grüße" || a.Metadata["owner"] != "o" || b.CorrelationID != "c" {
		t.Errorf("stored anew: %+v, %+v", a, b)
	}
}

func TestAnExportGoesOnWhileDocumentsChange(t *testing.T) {
	s := newStation(t)
	for _, id := range []string{"a", "b", "c"} {
		run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: id, Content: id})
	}
	first := true
	all := exported(t, s, docstore.ExportDocuments{}, func(d docstore.ExportedDocument) {
		if !first {
			return
		}
		first = false
		for _, id := range []string{"a", "b", "c"} {
			if id != d.ID {
				run(t, &s.menu.DeleteDocument, docstore.DeleteDocument{ID: id})
				return
			}
		}
	})
	if len(all) != 2 {
		t.Errorf("one of three was deleted meanwhile: %+v", all)
	}
}

func TestAnExportThatCannotReadEndsWithTheFault(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "a"})
	items := run(t, &s.menu.ExportDocuments, docstore.ExportDocuments{})
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	for _, err := range items {
		if !errors.Is(err, domain.Storage) {
			t.Errorf("got %v", err)
		}
	}
}
