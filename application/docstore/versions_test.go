package docstore_test

import (
	"fmt"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

func TestVersionsAreListedAndRead(t *testing.T) {
	d := newDesk(t)
	d.store(t, "a", "one")
	made := do(t, d, &d.menu.CreateVersion, docstore.CreateVersion{ID: "a", Content: "two", ChangeSummary: "better", ChangedBy: "bob"})
	if made.ID != "a:v2" || made.VersionNumber != 2 || made.ChangeSummary != "better" || made.ChangedBy != "bob" || made.ContentLength != 3 {
		t.Errorf("made %+v", made)
	}
	do(t, d, &d.menu.CreateVersion, docstore.CreateVersion{ID: "a", Content: "three"})
	list := do(t, d, &d.menu.ListVersions, docstore.ListVersions{ID: "a", Limit: 2})
	if list.Total != 3 || list.LatestVersion != 3 || !list.HasMore || list.Items[0].VersionNumber != 3 || list.Items[0].Content != "" || list.Items[0].ChangeSummary != "Document update" {
		t.Errorf("listed %+v", list)
	}
	if list.Items[0].ReplacedAt != nil || list.Items[1].ReplacedAt == nil || !list.Items[1].ReplacedAt.Equal(list.Items[0].CreatedAt) {
		t.Errorf("stretches %+v", list.Items)
	}
	if got := do(t, d, &d.menu.GetVersion, docstore.GetVersion{ID: "a", Number: 1}); got.Content != "one" || got.ChangeSummary != "Document created" {
		t.Errorf("got %+v", got)
	}
	if same := do(t, d, &d.menu.CreateVersion, docstore.CreateVersion{ID: "a", Content: "three"}); same.VersionNumber != 3 {
		t.Errorf("nothing new made version %d", same.VersionNumber)
	}
	fails(t, d, &d.menu.GetVersion, docstore.GetVersion{ID: "a", Number: 4}, domain.NotFound)
	fails(t, d, &d.menu.CreateVersion, docstore.CreateVersion{ID: "z", Content: "x"}, domain.NotFound)
	fails(t, d, &d.menu.CreateVersion, docstore.CreateVersion{ID: "a", Content: " "}, domain.Invalid)
	fails(t, d, &d.menu.ListVersions, docstore.ListVersions{ID: "z"}, domain.NotFound)
}

func TestRollBack(t *testing.T) {
	d := newDesk(t)
	d.put(t, "a", "one", map[string]any{"k": "old"})
	d.put(t, "a", "two", map[string]any{"k": "new"})
	got := do(t, d, &d.menu.RollBack, docstore.RollBack{ID: "a", VersionNumber: 1, Reason: "wrong", ChangedBy: "bob"})
	if got.VersionNumber != 3 || got.Content != "one" || got.Metadata["k"] != "old" || got.ChangeSummary != "Rolled back to version 1: wrong" {
		t.Errorf("got %+v", got)
	}
	if doc := do(t, d, &d.menu.GetDocument, docstore.GetDocument{ID: "a"}); doc.Content != "one" || doc.Version != 3 {
		t.Errorf("the document is %+v", doc)
	}
	fails(t, d, &d.menu.RollBack, docstore.RollBack{ID: "a", VersionNumber: 9}, domain.NotFound)
	fails(t, d, &d.menu.RollBack, docstore.RollBack{ID: "z", VersionNumber: 1}, domain.NotFound)
	do(t, d, &d.menu.DeleteDocument, docstore.DeleteDocument{ID: "a"})
	fails(t, d, &d.menu.RollBack, docstore.RollBack{ID: "a", VersionNumber: 1}, domain.NotFound)
	d.store(t, "a", "again")
	fails(t, d, &d.menu.RollBack, docstore.RollBack{ID: "a", VersionNumber: 4}, domain.Rejected)
	d.store(t, "b", "two")
	if fault := fails(t, d, &d.menu.RollBack, docstore.RollBack{ID: "a", VersionNumber: 2}, domain.Conflict); fault.Details["id"] != "b" {
		t.Errorf("details %v", fault.Details)
	}
}

func TestCompare(t *testing.T) {
	d := newDesk(t)
	d.put(t, "a", "one\ntwo\nthree\n", map[string]any{"k": "old", "gone": "x"})
	d.put(t, "a", "one\n2\nthree\nfour\n", map[string]any{"k": "new"})
	got := do(t, d, &d.menu.CompareVersions, docstore.CompareVersions{ID: "a", A: 1, B: 2})
	if fmt.Sprint(got.Lines) != "[{removed 2 two} {added 2 2} {added 4 four}]" || fmt.Sprint(got.MetadataDiff) != "[{gone x <nil>} {k old new}]" {
		t.Errorf("lines %v, metadata %v", got.Lines, got.MetadataDiff)
	}
	if c := got.ContentDiff; c.LengthA != 14 || c.LengthB != 17 || !c.ContentChanged || c.LinesAdded != 2 || c.LinesRemoved != 1 {
		t.Errorf("content %+v", c)
	}
	if got.A.Content != "" || got.B.VersionNumber != 2 {
		t.Errorf("versions %+v, %+v", got.A, got.B)
	}
	fails(t, d, &d.menu.CompareVersions, docstore.CompareVersions{ID: "a", A: 1, B: 1}, domain.Invalid)
	fails(t, d, &d.menu.CompareVersions, docstore.CompareVersions{ID: "a", A: 1, B: 3}, domain.NotFound)
	fails(t, d, &d.menu.CompareVersions, docstore.CompareVersions{ID: "a", A: 3, B: 1}, domain.NotFound)
}

func TestCleanUpAndStats(t *testing.T) {
	d := newDesk(t)
	if got := do(t, d, &d.menu.GetVersionStats, docstore.GetVersionStats{}); got.TotalVersions != 0 || got.AverageVersionsPerDocument != 0 || got.MostVersionedDocuments == nil {
		t.Errorf("empty: %+v", got)
	}
	for i := range 5 {
		d.put(t, "a", fmt.Sprint("text ", i), nil)
	}
	d.store(t, "b", "other")
	got := do(t, d, &d.menu.CleanUpVersions, docstore.CleanUpVersions{ID: "a", KeepVersions: 2})
	if got != (docstore.CleanedVersions{DocumentID: "a", VersionsBefore: 5, VersionsAfter: 2, VersionsDeleted: 3}) {
		t.Errorf("cleaned %+v", got)
	}
	if got := d.put(t, "a", "next", nil); got.Version != 6 {
		t.Errorf("the next version is %d", got.Version)
	}
	stats := do(t, d, &d.menu.GetVersionStats, docstore.GetVersionStats{})
	if stats.TotalVersions != 4 || stats.DocumentsVersioned != 2 || stats.AverageVersionsPerDocument != 2 || fmt.Sprint(stats.MostVersionedDocuments) != "[{a 3} {b 1}]" {
		t.Errorf("stats %+v", stats)
	}
	fails(t, d, &d.menu.CleanUpVersions, docstore.CleanUpVersions{ID: "z", KeepVersions: 1}, domain.NotFound)
}
