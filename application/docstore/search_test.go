package docstore_test

import (
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (d *desk) search(t *testing.T, command docstore.SearchDocuments) docstore.SearchResults {
	t.Helper()
	return do(t, d, &d.menu.SearchDocuments, command)
}

func hitIDs(r docstore.SearchResults) string {
	ids := make([]string, len(r.Items))
	for i, hit := range r.Items {
		ids[i] = hit.ID
	}
	return strings.Join(ids, " ")
}

func TestSearch(t *testing.T) {
	d := newDesk(t)
	start := d.clock.Now()
	d.put(t, "a", "How to deploy the herons at dawn.", map[string]any{"type": "guide", "tags": []any{"x", "y"}, "owner": "docs", "language": "en", "source_type": "git"})
	middle := d.clock.Now()
	d.put(t, "b", "Deployment of storks, with many more words than the other one.", map[string]any{"type": "note", "tags": []any{"x"}})
	for _, c := range []struct {
		command   docstore.SearchDocuments
		want      string
		effective string
	}{
		{docstore.SearchDocuments{Q: "deploy"}, "a b", "deploy*"},
		{docstore.SearchDocuments{Q: `"deploy"`}, "a", `"deploy"`},
		{docstore.SearchDocuments{Q: "deploy herons"}, "a", "deploy herons*"},
		{docstore.SearchDocuments{Q: "deploy", Type: "note"}, "b", `deploy* type:"note"`},
		{docstore.SearchDocuments{Q: "deploy", Tags: []string{"x", "y"}}, "a", `deploy* tags:"x" tags:"y"`},
		{docstore.SearchDocuments{Q: "deploy", Owner: "docs", Language: "en", SourceType: "git"}, "a", `deploy* language:"en" owner:"docs" source_type:"git"`},
		{docstore.SearchDocuments{Q: "deploy", DateFrom: &middle}, "b", "deploy*"},
		{docstore.SearchDocuments{Q: "deploy", DateTo: &middle}, "a", "deploy*"},
		{docstore.SearchDocuments{Q: "deploy", AsOf: &start}, "a", "deploy*"},
		{docstore.SearchDocuments{Q: "deploy", Sort: "date"}, "b a", "deploy*"},
		{docstore.SearchDocuments{Q: "deploy", Sort: "size"}, "b a", "deploy*"},
		{docstore.SearchDocuments{Q: "type:guide"}, "a", `type:"guide"`},
		{docstore.SearchDocuments{Q: "-storks deploy"}, "a", "-storks deploy*"},
		{docstore.SearchDocuments{Q: "++"}, "", ""},
	} {
		got := d.search(t, c.command)
		if hitIDs(got) != c.want || got.EffectiveQuery != c.effective || got.Relaxed || got.Items == nil {
			t.Errorf("%+v: found %q, effective %s, relaxed %v", c.command, hitIDs(got), got.EffectiveQuery, got.Relaxed)
		}
	}
	got := d.search(t, docstore.SearchDocuments{Q: "deploy", Limit: 1, Facets: true})
	if got.Total != 2 || !got.HasMore || got.Facets["type"]["note"] != 1 || got.Facets["owner"]["docs"] != 1 {
		t.Errorf("a page: %+v", got)
	}
	if hit := got.Items[0]; hit.Version != 1 || hit.ContentHash == "" || !strings.Contains(hit.Snippet, "**deploy**") || hit.Score <= 0 || hit.Metadata["type"] != "guide" {
		t.Errorf("a hit: %+v", hit)
	}
}

func TestSearchFallsBackToAnyWord(t *testing.T) {
	d := newDesk(t)
	d.store(t, "one", "only the heron here and nothing else at all")
	d.store(t, "two", "a heron and a stork stand in the water")
	got := d.search(t, docstore.SearchDocuments{Q: "heron stork flamingo"})
	if !got.Relaxed || hitIDs(got) != "two one" {
		t.Errorf("got %q, relaxed %v", hitIDs(got), got.Relaxed)
	}
	for _, q := range []string{"flamingo", "flamingo pelican", "flamingo -heron"} {
		if got := d.search(t, docstore.SearchDocuments{Q: q}); got.Relaxed || got.Total != 0 {
			t.Errorf("%s: got %+v", q, got)
		}
	}
}

func TestQuery(t *testing.T) {
	d := newDesk(t)
	d.put(t, "a", "some herons", map[string]any{"type": "guide"})
	ask := func(q string) docstore.QueryDocuments {
		return docstore.QueryDocuments{Query: &q, Filters: docstore.SearchFilters{Type: "guide"}, Limit: 7}
	}
	if got := do(t, d, &d.menu.QueryDocuments, ask("heron")); hitIDs(got) != "a" {
		t.Errorf("got %+v", got)
	}
	for _, blank := range []string{"", " \t\n"} {
		if got := do(t, d, &d.menu.QueryDocuments, ask(blank)); got.Total != 0 || got.Items == nil || got.Limit != 7 {
			t.Errorf("blank: %+v", got)
		}
	}
	fault := fails(t, d, &d.menu.QueryDocuments, docstore.QueryDocuments{}, domain.Invalid)
	if len(fault.Fields) != 1 || fault.Fields[0].Field != "query" {
		t.Errorf("fields %v", fault.Fields)
	}
	fails(t, d, &d.menu.QueryDocuments, ask(strings.Repeat("x", 1001)), domain.Invalid)
	fails(t, d, &d.menu.SearchDocuments, docstore.SearchDocuments{Q: " "}, domain.Invalid)
	fails(t, d, &d.menu.SearchDocuments, docstore.SearchDocuments{Q: strings.Repeat("é", 1001)}, domain.Invalid)
}

func TestSearchThePast(t *testing.T) {
	d := newDesk(t)
	d.store(t, "a", "an old heron")
	then := d.clock.Now().Add(-time.Second)
	d.put(t, "a", "a new stork", nil)
	if got := d.search(t, docstore.SearchDocuments{Q: "heron", AsOf: &then}); hitIDs(got) != "a" || got.Items[0].Version != 1 {
		t.Errorf("then: %+v", got)
	}
	if got := d.search(t, docstore.SearchDocuments{Q: "stork", AsOf: &then}); got.Total != 0 {
		t.Errorf("then: %+v", got)
	}
	if got := d.search(t, docstore.SearchDocuments{Q: "heron"}); got.Total != 0 {
		t.Errorf("now: %+v", got)
	}
}

func TestSimilar(t *testing.T) {
	d := newDesk(t)
	text := "the grey heron stands in shallow water and waits for a careless fish"
	d.put(t, "a", text, map[string]any{"type": "bird"})
	d.put(t, "near", text+" to come by", map[string]any{"type": "bird", "title": "Near"})
	d.put(t, "far", "a careless fish waits in shallow soup and the grey heron laughs", nil)
	d.put(t, "none", "completely unrelated prose about databases", nil)
	got := do(t, d, &d.menu.FindSimilar, docstore.FindSimilar{ID: "a", Limit: 10})
	if got.DocumentID != "a" || got.Total != len(got.Items) || len(got.Items) != 2 || got.Items[0].ID != "near" || got.Items[1].ID != "far" {
		t.Fatalf("got %+v", got)
	}
	if near := got.Items[0]; near.Similarity < 0.7 || near.Similarity >= 1 || near.Similarity <= got.Items[1].Similarity || near.Title != "Near" || near.Type != "bird" {
		t.Errorf("got %+v", near)
	}
	if got := do(t, d, &d.menu.FindSimilar, docstore.FindSimilar{ID: "a", Limit: 1}); len(got.Items) != 1 {
		t.Errorf("got %+v", got)
	}
	d.store(t, "short", "a b c")
	if got := do(t, d, &d.menu.FindSimilar, docstore.FindSimilar{ID: "short", Limit: 5}); got.Items == nil || got.Total != 0 {
		t.Errorf("got %+v", got)
	}
	fails(t, d, &d.menu.FindSimilar, docstore.FindSimilar{ID: "z", Limit: 5}, domain.NotFound)
}

func TestReindex(t *testing.T) {
	d := newDesk(t)
	d.store(t, "a", "heron")
	d.put(t, "a", "stork", nil)
	if got := do(t, d, &d.menu.Reindex, docstore.Reindex{}); got.Indexed != 2 {
		t.Errorf("got %+v", got)
	}
	if got := d.search(t, docstore.SearchDocuments{Q: "stork"}); got.Total != 1 {
		t.Errorf("got %+v", got)
	}
}
