package docstore

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/docsteward/docsteward/ports/docstore"
)

func TestDocumentsAreReadAnew(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "b", Content: "Nothing of note."})
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "A guide to python; see doc:b."})
	read := func() (docstore.ReanalyzedDocument, docstore.BulkOperation) {
		o := run(t, &s.menu.BulkReanalyzeDocuments, docstore.BulkReanalyzeDocuments{DocumentIDs: []string{"a", "unknown"}})
		until(t, s.bulkOne)
		o = run(t, &s.menu.GetBulkOperation, docstore.GetBulkOperation{ID: o.OperationID})
		var a docstore.ReanalyzedDocument
		if err := json.Unmarshal(o.Results.Items[0].Result, &a); err != nil {
			t.Fatal(err)
		}
		return a, o
	}
	a, o := read()
	if o.OperationType != "reanalyze_documents" || o.Progress.Successful != 1 || o.Results.Items[1].ErrorCode != "not_found" {
		t.Errorf("done: %+v", o)
	}
	if !slices.Contains(a.Tags, "python") || a.Relationships != 1 || a.Added != 1 || a.Removed != 0 {
		t.Errorf("a: %+v", a)
	}
	if again, _ := read(); again.Added != 0 || again.Relationships != 1 {
		t.Errorf("again: %+v", again)
	}
	found := run(t, &s.menu.QueryTags, docstore.QueryTags{Tags: []string{"python"}, Operator: "AND", Limit: 10})
	if found.Total != 1 || found.Items[0].DocumentID != "a" {
		t.Errorf("found %+v", found)
	}
}
