package docstore

import (
	"encoding/json"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

func TestBulkTagsAndUpdates(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "A guide to python.", Metadata: json.RawMessage(`{"owner":"o","old":1}`)})
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "b", Content: "Nothing of note."})
	tagged := run(t, &s.menu.BulkTagDocuments, docstore.BulkTagDocuments{DocumentIDs: []string{"a", "b", "unknown"}})
	updated := run(t, &s.menu.BulkUpdateDocuments, docstore.BulkUpdateDocuments{DocumentIDs: []string{"a", "b"}, Updates: map[string]any{"owner": "new", "old": nil}})
	until(t, s.bulkOne)
	tagged = run(t, &s.menu.GetBulkOperation, docstore.GetBulkOperation{ID: tagged.OperationID})
	if tagged.OperationType != "tag_documents" || tagged.Progress.Successful != 2 || tagged.Progress.Failed != 1 || tagged.Results.Items[2].ErrorCode != "not_found" {
		t.Errorf("tagged: %+v", tagged)
	}
	tags := run(t, &s.menu.ListTags, docstore.ListTags{ID: "a"})
	if tags.Total == 0 || tags.Items[0].Tag != "python" {
		t.Errorf("tags of a: %+v", tags)
	}
	updated = run(t, &s.menu.GetBulkOperation, docstore.GetBulkOperation{ID: updated.OperationID})
	if updated.OperationType != "update_documents" || updated.Progress.Successful != 2 {
		t.Errorf("updated: %+v", updated)
	}
	for _, id := range []string{"a", "b"} {
		d := run(t, &s.menu.GetDocument, docstore.GetDocument{ID: id})
		if _, there := d.Metadata["old"]; there || d.Metadata["owner"] != "new" {
			t.Errorf("%s: %+v", id, d.Metadata)
		}
	}
}

func TestABulkUpdateThatNoDocumentWouldTakeIsRefused(t *testing.T) {
	s := newStation(t)
	for _, updates := range []map[string]any{nil, {"content_hash": "x"}} {
		refused(t, &s.menu.BulkUpdateDocuments, docstore.BulkUpdateDocuments{DocumentIDs: []string{"a"}, Updates: updates}, domain.Invalid)
	}
}
