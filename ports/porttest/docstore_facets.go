package porttest

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

func withFacets(s *document.Search) { s.Facets = true }

func indexFacets(t *testing.T, s *shelf) {
	for i, m := range []document.Metadata{
		{"tags": []any{"x", "y", "x"}, "path": "docs/a.md", "owner": "ann"},
		{"tags": "x", "path": "docs/sub/b.md", "owner": "Ann"},
		{"tags": []any{5.0, nil, "ü"}, "path": "README.md", "owner": "ann"},
		{"tags": map[string]any{"k": "x"}, "path": "docs//c", "type": ""},
		{"tags": []any{}, "path": ""},
		{"path": 7.0, "tags": true},
		{"path": "/etc/hosts", "source_type": []any{"git"}},
		{"path": "/top", "tags": []any{[]any{"deep"}}},
	} {
		s.add(t, fmt.Sprint("d", i), fmt.Sprint("heron ", i), m)
	}
	s.remove(t, s.add(t, "gone", "a dead heron", document.Metadata{"tags": "x", "path": "docs/z"}))
	want := map[string]map[string]int{
		"tag": {"x": 2, "y": 1, "ü": 1}, "folder": {"docs": 2, "docs/sub": 1, ".": 2, "/etc": 1},
		"owner": {"ann": 2, "Ann": 1}, "type": {"": 1}, "language": {}, "source_type": {},
	}
	for _, page := range []func(*document.Search){paged(50, 0), paged(1, 3), paged(5, 100)} {
		if hits := s.search(t, "heron", withFacets, page); !reflect.DeepEqual(hits.Facets, want) {
			t.Errorf("got %v, want %v", hits.Facets, want)
		}
	}
	if hits := s.search(t, "heron path:docs -4", withFacets); !reflect.DeepEqual(hits.Facets["folder"], map[string]int{"docs": 2, "docs/sub": 1}) {
		t.Errorf("narrowed: %v", hits.Facets)
	}
}

func indexFrequent(t *testing.T, s *shelf) {
	tags := make([]any, 0, 130)
	for i := range 130 {
		tags = append(tags, fmt.Sprintf("t%03d", i))
	}
	s.add(t, "all", "a heron", document.Metadata{"tags": tags})
	s.add(t, "last", "a stork", document.Metadata{"tags": tags[120:]})
	counts := s.search(t, "", withFacets).Facets["tag"]
	if len(counts) != document.MaxFacetValues || counts["t125"] != 2 || counts["t089"] != 1 || counts["t090"] != 0 {
		t.Errorf("%d values: %v", len(counts), counts)
	}
}

// analysesSearched proves that an index sees the analyses beside it.
func analysesSearched(t *testing.T, l *library) {
	l.stock(t, "abc")
	score := func(of float64) *float64 { return &of }
	for i, a := range []struct {
		of    string
		score *float64
	}{{"a", nil}, {"b", score(0.5)}, {"b", score(0.8)}} {
		analysis := madeAnalysis(fmt.Sprint(i), a.of, noon)
		analysis.Score = a.score
		must(t, l.Analyses.Add(l.ctx, analysis))
	}
	yes, no := true, false
	for _, c := range []struct {
		search document.Search
		want   string
	}{
		{document.Search{}, "b2 a1 c0"}, {document.Search{Analysed: &yes}, "b2 a1"}, {document.Search{Analysed: &no}, "c0"},
		{document.Search{MinScore: score(0.8)}, "b2"}, {document.Search{MinScore: score(0.81)}, ""}, {document.Search{MinScore: score(0)}, "b2"},
		{document.Search{Analysed: &no, MinScore: score(0)}, ""}, {document.Search{Page: domain.PageRequest{Limit: 1, Offset: 1}}, "a1"},
	} {
		c.search.Sort = document.ByAnalyses
		hits, err := l.shelf.Index.Search(l.ctx, c.search)
		must(t, err)
		got := ""
		for i, hit := range hits.Items {
			if i > 0 {
				got += " "
			}
			got += fmt.Sprintf("%s%d", hit.Document, hit.Analyses)
			if d, err := l.shelf.Documents.Get(l.ctx, hit.Document); err != nil || hit.Size != d.Size {
				t.Errorf("%s: size %d, want %d, %v", hit.Document, hit.Size, d.Size, err)
			}
		}
		if got != c.want {
			t.Errorf("%+v: got %q, want %q", c.search, got, c.want)
		}
	}
}
