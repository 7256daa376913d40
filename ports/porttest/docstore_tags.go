package porttest

import (
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

func madeTag(name string, category document.Category, confidence float64) document.Tag {
	return document.Tag{Name: name, Category: category, Confidence: confidence, CreatedAt: noon.Truncate(time.Microsecond)}
}

func byHand(t document.Tag) document.Tag {
	t.Manual = true
	return t
}

func (l *library) tags(t *testing.T, id string) []document.Tag {
	t.Helper()
	tags, err := l.Tags.Of(l.ctx, docID(id), "")
	must(t, err)
	return tags
}

func tagsKept(t *testing.T, l *library) {
	l.stock(t, "a")
	set := []document.Tag{madeTag("python", "language", 0.9), madeTag("c++ ü", "language", 0), madeTag("guide", "content", 1)}
	must(t, l.Tags.Assign(l.ctx, docID("a"), set))
	wantSame(t, "by category and name", l.tags(t, "a"), []document.Tag{set[2], set[1], set[0]})
	languages, err := l.Tags.Of(l.ctx, docID("a"), "language")
	must(t, err)
	wantSame(t, "of a category", languages, []document.Tag{set[1], set[0]})
	if none := l.tags(t, "unknown"); len(none) != 0 {
		t.Errorf("an unknown document has %+v", none)
	}
	wantKind(t, "assign to the unknown", l.Tags.Assign(l.ctx, docID("z"), set), domain.NotFound)
	wantKind(t, "set at the unknown", l.Tags.Set(l.ctx, docID("z"), set[0]), domain.NotFound)
	must(t, l.Tags.Assign(l.ctx, docID("z"), nil))
}

func tagsAssigned(t *testing.T, l *library) {
	l.stock(t, "ab")
	must(t, l.Tags.Assign(l.ctx, docID("a"), []document.Tag{madeTag("go", "language", 0.9), madeTag("old", "content", 1), madeTag("hand", "content", 1)}))
	hand := byHand(madeTag("hand", "source", 0.3))
	must(t, l.Tags.Set(l.ctx, docID("a"), hand))
	must(t, l.Tags.Set(l.ctx, docID("b"), hand))
	later := madeTag("go", "framework", 0.8)
	later.CreatedAt = later.CreatedAt.Add(time.Hour)
	fresh := madeTag("new", "content", 1)
	must(t, l.Tags.Assign(l.ctx, docID("a"), []document.Tag{later, fresh, madeTag("hand", "content", 1)}))
	kept := later
	kept.CreatedAt = noon.Truncate(time.Microsecond)
	wantSame(t, "assigned again", l.tags(t, "a"), []document.Tag{fresh, kept, hand})
	must(t, l.Tags.Assign(l.ctx, docID("a"), nil))
	wantSame(t, "assigned nothing", l.tags(t, "a"), []document.Tag{hand})
	wantSame(t, "another document", l.tags(t, "b"), []document.Tag{hand})
}

func tagsRemoved(t *testing.T, l *library) {
	l.stock(t, "ab")
	set := []document.Tag{madeTag("a", "content", 1), madeTag("b", "content", 1), madeTag("c", "content", 1)}
	for _, id := range []string{"a", "b"} {
		must(t, l.Tags.Assign(l.ctx, docID(id), set))
	}
	n, err := l.Tags.Remove(l.ctx, docID("a"), []string{"a", "c", "unknown"})
	must(t, err)
	left := l.tags(t, "a")
	all, err := l.Tags.Remove(l.ctx, docID("b"), nil)
	must(t, err)
	again, err := l.Tags.Remove(l.ctx, docID("b"), nil)
	must(t, err)
	if n != 2 || all != 3 || again != 0 || len(left) != 1 || left[0].Name != "b" || len(l.tags(t, "b")) != 0 {
		t.Errorf("removed %d, %d and %d, left %+v", n, all, again, left)
	}
}

func tagsSearched(t *testing.T, l *library) {
	l.stock(t, "abcd")
	for id, tags := range map[string][]document.Tag{
		"a": {madeTag("go", "language", 0.9), madeTag("vue", "framework", 0.8), madeTag("guide", "content", 1)},
		"b": {madeTag("go", "language", 0.5)},
		"c": {madeTag("go", "content", 1), madeTag("vue", "framework", 0.8)},
		"d": {madeTag("guide", "content", 1)},
	} {
		must(t, l.Tags.Assign(l.ctx, docID(id), tags))
	}
	for name, c := range map[string]struct {
		search document.TagSearch
		want   string
	}{
		"all of one":     {document.TagSearch{Names: []string{"go"}}, "a1 b1 c1 "},
		"all of two":     {document.TagSearch{Names: []string{"go", "vue"}}, "a2 c2 "},
		"any of two":     {document.TagSearch{Names: []string{"go", "vue"}, Any: true}, "a2 c2 b1 "},
		"of a category":  {document.TagSearch{Names: []string{"go", "vue"}, Any: true, Categories: []document.Category{"language"}}, "a1 b1 "},
		"of two":         {document.TagSearch{Names: []string{"go", "vue"}, Categories: []document.Category{"content", "framework"}}, "c2 "},
		"sure ones":      {document.TagSearch{Names: []string{"go"}, MinConfidence: 0.9}, "a1 c1 "},
		"none has both":  {document.TagSearch{Names: []string{"go", "unknown"}}, ""},
		"unknown":        {document.TagSearch{Names: []string{"unknown"}, Any: true}, ""},
		"case matters":   {document.TagSearch{Names: []string{"Go"}}, ""},
		"the three of a": {document.TagSearch{Names: []string{"go", "guide", "vue"}}, "a3 "},
	} {
		page, err := l.Tags.Search(l.ctx, c.search)
		must(t, err)
		got := ""
		for _, d := range page.Items {
			got += d.Document.String() + string(rune('0'+len(d.Tags))) + " "
		}
		if got != c.want || page.Total != len(c.want)/3 {
			t.Errorf("%s: got %s, total %d, want %s", name, got, page.Total, c.want)
		}
	}
	page, err := l.Tags.Search(l.ctx, document.TagSearch{Names: []string{"go", "vue"}, Any: true, Page: domain.PageRequest{Limit: 1, Offset: 1}})
	must(t, err)
	wantSame(t, "page", page, domain.Page[document.TaggedDocument]{Total: 3, Limit: 1, Offset: 1, Items: []document.TaggedDocument{
		{Document: docID("c"), Title: "content of c", Tags: []document.Tag{madeTag("go", "content", 1), madeTag("vue", "framework", 0.8)}},
	}})
}

func tagsCounted(t *testing.T, l *library) {
	empty, err := l.Tags.Stats(l.ctx)
	must(t, err)
	if len(empty.Top) != 0 || len(empty.Categories) != 0 || empty.High+empty.Medium+empty.Low != 0 {
		t.Errorf("an empty store has %+v", empty)
	}
	l.stock(t, "abc")
	must(t, l.Tags.Assign(l.ctx, docID("a"), []document.Tag{madeTag("x", "language", 0.9), madeTag("y", "framework", 0.7), madeTag("z", "content", 0.6)}))
	must(t, l.Tags.Assign(l.ctx, docID("b"), []document.Tag{madeTag("z", "content", 1), madeTag("y", "framework", 0.89)}))
	must(t, l.Tags.Assign(l.ctx, docID("c"), []document.Tag{madeTag("z", "source", 0)}))
	stats, err := l.Tags.Stats(l.ctx)
	must(t, err)
	wantSame(t, "stats", stats, document.TagStats{
		Top:        []document.TagCount{{Name: "z", Documents: 3}, {Name: "y", Documents: 2}, {Name: "x", Documents: 1}},
		Categories: map[document.Category]int{"language": 1, "framework": 2, "content": 2, "source": 1},
		High:       2, Medium: 2, Low: 2,
	})
}

func tagsSeen(t *testing.T, l *library) {
	d := l.add(t, "a", "one", nil)
	must(t, l.Tags.Assign(l.ctx, docID("a"), []document.Tag{madeTag("go", "language", 0.9)}))
	l.remove(t, d)
	count := func() int {
		page, err := l.Tags.Search(l.ctx, document.TagSearch{Names: []string{"go"}})
		must(t, err)
		stats, err := l.Tags.Stats(l.ctx)
		must(t, err)
		if stats.High != page.Total {
			t.Errorf("search finds %d, stats count %d", page.Total, stats.High)
		}
		return page.Total
	}
	deleted := count()
	l.revise(t, d, "one again", nil)
	revived := count()
	must(t, l.purge(l.ctx, "a"))
	l.stock(t, "a")
	wantSame(t, "seen", []int{deleted, revived, count(), len(l.tags(t, "a"))}, []int{0, 1, 0, 0})
}

func taxonomyKept(t *testing.T, l *library) {
	at := noon.Truncate(time.Microsecond)
	root := document.TaxonomyNode{Tag: "compiled", Category: "language", Description: "d ü", Synonyms: []string{}, CreatedAt: at}
	child := document.TaxonomyNode{Tag: "c++", Category: "language", Parent: "compiled", Synonyms: []string{"cpp", "cxx"}, CreatedAt: at}
	wantKind(t, "no parent yet", l.Taxonomy.Add(l.ctx, child), domain.NotFound)
	must(t, l.Taxonomy.Add(l.ctx, root))
	must(t, l.Taxonomy.Add(l.ctx, child))
	wantKind(t, "taken", l.Taxonomy.Add(l.ctx, root), domain.Conflict)
	all, err := l.Taxonomy.All(l.ctx)
	must(t, err)
	wantSame(t, "by tag", all, []document.TaxonomyNode{child, root})
	all[0].Synonyms[0] = "changed"
	again, err := l.Taxonomy.All(l.ctx)
	must(t, err)
	wantSame(t, "kept from the caller", again, []document.TaxonomyNode{child, root})
}

func madeAnalysis(id, of string, at time.Time) document.Analysis {
	score := 0.5
	return document.Analysis{ID: domain.StoredID[document.Analysis](id), Document: docID(of), Version: 1, Analyzer: "lint ü", Model: "m", PromptHash: "h",
		Result: document.Metadata{"issues": []any{"a", 1.0, nil}, "content_length": 3.0}, Score: &score, Metadata: document.Metadata{"x": "y"}, CreatedAt: at.Truncate(time.Microsecond)}
}

func analysesKept(t *testing.T, l *library) {
	l.stock(t, "a")
	one, two := madeAnalysis("1", "a", noon), madeAnalysis("2", "a", noon)
	two.Score, two.Metadata = nil, document.Metadata{}
	for _, want := range []document.Analysis{one, two} {
		must(t, l.Analyses.Add(l.ctx, want))
		got, err := l.Analyses.Get(l.ctx, want.ID)
		must(t, err)
		wantSame(t, "kept", got, want)
	}
	wantKind(t, "a taken id", l.Analyses.Add(l.ctx, one), domain.Conflict)
	wantKind(t, "of the unknown", l.Analyses.Add(l.ctx, madeAnalysis("3", "z", noon)), domain.NotFound)
	_, err := l.Analyses.Get(l.ctx, domain.StoredID[document.Analysis]("9"))
	wantKind(t, "get of the unknown", err, domain.NotFound)
}

func analysesListed(t *testing.T, l *library) {
	l.stock(t, "ab")
	other := madeAnalysis("3", "b", noon)
	other.Analyzer = "other"
	for _, a := range []document.Analysis{madeAnalysis("1", "a", noon), madeAnalysis("2", "a", noon.Add(time.Second)), other} {
		must(t, l.Analyses.Add(l.ctx, a))
	}
	for _, c := range []struct {
		filter document.AnalysisFilter
		page   domain.PageRequest
		want   string
		total  int
	}{
		{document.AnalysisFilter{}, domain.PageRequest{}, "213", 3}, {document.AnalysisFilter{Document: docID("a")}, domain.PageRequest{}, "21", 2},
		{document.AnalysisFilter{Analyzer: "other"}, domain.PageRequest{}, "3", 1}, {document.AnalysisFilter{Document: docID("z")}, domain.PageRequest{}, "", 0},
		{document.AnalysisFilter{}, domain.PageRequest{Limit: 1, Offset: 1}, "1", 3},
	} {
		page, err := l.Analyses.List(l.ctx, c.filter, c.page)
		must(t, err)
		got := ""
		for _, a := range page.Items {
			got += a.ID.String()
		}
		if got != c.want || page.Total != c.total {
			t.Errorf("%+v: got %s, total %d", c.filter, got, page.Total)
		}
	}
}

func analysesCounted(t *testing.T, l *library) {
	l.stock(t, "abc")
	if counts, err := l.Analyses.Counts(l.ctx); err != nil || len(counts) != 0 {
		t.Errorf("counts of none: %v, %v", counts, err)
	}
	for i, of := range []string{"a", "b", "a"} {
		must(t, l.Analyses.Add(l.ctx, madeAnalysis(fmt.Sprint(i), of, noon)))
	}
	counts, err := l.Analyses.Counts(l.ctx)
	must(t, err)
	wantSame(t, "counts", counts, map[document.ID]int{docID("a"): 2, docID("b"): 1})
}

func analysesSeen(t *testing.T, l *library) {
	d := l.add(t, "a", "one", nil)
	must(t, l.Analyses.Add(l.ctx, madeAnalysis("1", "a", noon)))
	count := func() int {
		counts, err := l.Analyses.Counts(l.ctx)
		must(t, err)
		page, err := l.Analyses.List(l.ctx, document.AnalysisFilter{}, domain.PageRequest{})
		must(t, err)
		if _, err := l.Analyses.Get(l.ctx, domain.StoredID[document.Analysis]("1")); (err == nil) != (page.Total == 1) {
			t.Errorf("list has %d, get says %v", page.Total, err)
		}
		if counts[docID("a")] != page.Total {
			t.Errorf("list has %d, counted are %v", page.Total, counts)
		}
		return page.Total
	}
	before := count()
	l.remove(t, d)
	deleted := count()
	l.revise(t, d, "one again", nil)
	revived := count()
	must(t, l.purge(l.ctx, "a"))
	l.stock(t, "a")
	wantSame(t, "seen", []int{before, deleted, revived, count()}, []int{1, 0, 1, 0})
}
