package docstore_test

import (
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

func TestSearchAdvanced(t *testing.T) {
	d := newDesk(t)
	d.put(t, "a", "How to deploy the herons.", map[string]any{"type": "guide", "path": "docs/ops/a.md", "tags": []any{"x", "y"}, "content_type": "text/markdown"})
	d.put(t, "b", "Deployment of storks, in many more words.", map[string]any{"type": "note", "path": "docs/b.md", "tags": []any{"x"}, "owner": "ann"})
	middle := d.clock.Now()
	d.put(t, "c", "Nothing of the kind.", map[string]any{"type": "note", "path": "c.md", "language": "en", "source_type": "git"})
	for _, c := range []struct {
		query   string
		filters docstore.AdvancedFilters
		sort    string
		want    string
	}{
		{"deploy", docstore.AdvancedFilters{}, "size", "b a"},
		{"", docstore.AdvancedFilters{}, "date", "c b a"},
		{"", docstore.AdvancedFilters{Folder: "docs"}, "date", "b a"},
		{"", docstore.AdvancedFilters{Folder: "docs/ops/"}, "date", "a"},
		{" ", docstore.AdvancedFilters{Tags: []string{"x", "y"}}, "date", "a"},
		{"", docstore.AdvancedFilters{ContentType: "text/markdown"}, "date", "a"},
		{"", docstore.AdvancedFilters{Owner: "ann", Type: "note"}, "date", "b"},
		{"", docstore.AdvancedFilters{Language: "en", SourceType: "git"}, "date", "c"},
		{"", docstore.AdvancedFilters{DateFrom: &middle}, "date", "c"},
		{"deploy", docstore.AdvancedFilters{DateTo: &middle, Type: "guide"}, "", "a"},
		{"storks herons", docstore.AdvancedFilters{Type: "guide"}, "", "a"}, // relaxed
	} {
		got := do(t, d, &d.menu.SearchAdvanced, docstore.SearchAdvanced{Query: c.query, Filters: c.filters, Sort: c.sort, Limit: 10})
		if hitIDs(got) != c.want || got.Total != len(got.Items) || got.Facets["folder"] == nil {
			t.Errorf("%q, %+v: found %q, %v", c.query, c.filters, hitIDs(got), got.Facets)
		}
	}
	got := do(t, d, &d.menu.SearchAdvanced, docstore.SearchAdvanced{Query: "", Sort: "date", Limit: 1, Offset: 1})
	if hitIDs(got) != "b" || got.Total != 3 || !got.HasMore || got.Facets["tag"]["x"] != 2 || got.Facets["folder"]["docs/ops"] != 1 || got.Facets["folder"]["."] != 1 || got.Items[0].Length != 41 {
		t.Errorf("a page: %+v", got)
	}
	fails(t, d, &d.menu.SearchAdvanced, docstore.SearchAdvanced{Query: strings.Repeat("x", 1001)}, domain.Invalid)
}
