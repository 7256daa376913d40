package document_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

func docID(text string) document.ID { return domain.StoredID[document.Document](text) }

func relation(edit func(*document.Relation)) document.Relation {
	r := document.Relation{ID: domain.StoredID[document.Relation]("r"), Source: docID("a"), Target: docID("b"), Type: " references ", Strength: 1}
	edit(&r)
	return r
}

func TestNewRelation(t *testing.T) {
	for name, c := range map[string]struct {
		edit  func(*document.Relation)
		field string
	}{
		"good":           {func(*document.Relation) {}, ""},
		"weakest":        {func(r *document.Relation) { r.Strength = 0 }, ""},
		"external":       {func(r *document.Relation) { r.Target, r.External = docID(""), "https://example.org" }, ""},
		"no source":      {func(r *document.Relation) { r.Source = docID("") }, "source_document_id"},
		"no end":         {func(r *document.Relation) { r.Target = docID("") }, "target_document_id"},
		"two ends":       {func(r *document.Relation) { r.External = "https://example.org" }, "target_document_id"},
		"self link":      {func(r *document.Relation) { r.Target = r.Source }, "target_document_id"},
		"no type":        {func(r *document.Relation) { r.Type = " " }, "relationship_type"},
		"broken type":    {func(r *document.Relation) { r.Type = "a\x00" }, "relationship_type"},
		"too strong":     {func(r *document.Relation) { r.Strength = 1.01 }, "strength"},
		"negative":       {func(r *document.Relation) { r.Strength = -0.1 }, "strength"},
		"no number":      {func(r *document.Relation) { r.Strength = math.NaN() }, "strength"},
		"NUL in the bag": {func(r *document.Relation) { r.Metadata = document.Metadata{"a": "\x00"} }, "metadata"},
		"no id":          {func(r *document.Relation) { r.ID = domain.StoredID[document.Relation]("") }, "id"},
	} {
		made, err := document.NewRelation(relation(c.edit), time.Unix(1, 1))
		if c.field == "" {
			if err != nil || made.Type != "references" || made.Metadata == nil || made.CreatedAt != time.Unix(1, 0).UTC() {
				t.Errorf("%s: %+v, %v", name, made, err)
			}
			continue
		}
		if fault := domain.FaultOf(err); !errors.Is(err, domain.Invalid) || len(fault.Fields) != 1 || fault.Fields[0].Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReconcile(t *testing.T) {
	kept := func(target string, extracted bool) document.Relation {
		return relation(func(r *document.Relation) { r.Target, r.Extracted = docID(target), extracted })
	}
	stored := []document.Relation{kept("gone", true), kept("stated", false), kept("still", true)}
	found := []document.Relation{kept("still", true), kept("new", true), kept("new", true), kept("stated", true)}
	fresh, stale := document.Reconcile(stored, found)
	if len(fresh) != 1 || fresh[0].Target != docID("new") || len(stale) != 1 || stale[0].Target != docID("gone") {
		t.Errorf("fresh %+v, stale %+v", fresh, stale)
	}
}

func edges(pairs ...string) (out []document.Edge) {
	for _, pair := range pairs {
		out = append(out, document.Edge{Source: docID(pair[:1]), Target: docID(pair[1:]), Type: "references"})
	}
	return out
}

func TestGraphFigures(t *testing.T) {
	for name, c := range map[string]struct {
		pairs                       []string
		documents, components       int
		density, degree, clustering float64
	}{
		"empty":               {nil, 0, 0, 0, 0, 0},
		"a pair":              {[]string{"ab"}, 2, 1, 1, 1, 0},
		"a pair, both ways":   {[]string{"ab", "ba"}, 2, 1, 1, 2, 0},
		"a chain":             {[]string{"ab", "bc"}, 3, 1, 2.0 / 3, 4.0 / 3, 0},
		"a triangle":          {[]string{"ab", "bc", "ca"}, 3, 1, 1, 2, 1},
		"two parts":           {[]string{"ab", "cd"}, 4, 2, 2.0 / 6, 1, 0},
		"a triangle and tail": {[]string{"ab", "bc", "ca", "cd"}, 4, 1, 4.0 / 6, 2, (1 + 1 + 1.0/3) / 4},
	} {
		g := document.NewGraph(append(edges(c.pairs...), document.Edge{Source: docID("z")}, document.Edge{Source: docID("z"), Target: docID("z")}))
		near := func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }
		if g.Documents() != c.documents || g.Components() != c.components || g.Links() != len(c.pairs) || g.Types()["references"] != len(c.pairs) ||
			!near(g.Density(), c.density) || !near(g.MeanDegree(), c.degree) || !near(g.Clustering(), c.clustering) {
			t.Errorf("%s: documents %d, components %d, density %v, degree %v, clustering %v",
				name, g.Documents(), g.Components(), g.Density(), g.MeanDegree(), g.Clustering())
		}
	}
}

func paths(g *document.Graph, from, to string, depth int) (out []string, complete bool) {
	found, complete := g.Paths(docID(from), docID(to), depth)
	for _, path := range found {
		text := ""
		for _, step := range path {
			text += step.String()
		}
		out = append(out, text)
	}
	return out, complete
}

func TestPaths(t *testing.T) {
	g := document.NewGraph(edges("ab", "bc", "ac", "cd", "bd", "da", "ab", "xy"))
	for _, c := range []struct {
		from, to string
		depth    int
		want     []string
	}{
		{"a", "c", 3, []string{"ac", "abc"}},
		{"a", "d", 3, []string{"abd", "acd", "abcd"}},
		{"a", "d", 2, []string{"abd", "acd"}},
		{"a", "d", 1, nil}, {"c", "b", 5, []string{"cdab"}}, {"a", "x", 5, nil}, {"y", "x", 5, nil}, {"a", "a", 5, nil}, {"a", "b", 0, nil},
	} {
		if got, complete := paths(g, c.from, c.to, c.depth); !slices.Equal(got, c.want) || !complete {
			t.Errorf("%s to %s within %d: got %q, want %q", c.from, c.to, c.depth, got, c.want)
		}
	}
}

// complete graphs have far more ways than anybody wants to see.
func dense(n int) *document.Graph {
	var all []document.Edge
	for i := range n {
		for j := range n {
			all = append(all, document.Edge{Source: docID(fmt.Sprint(i)), Target: docID(fmt.Sprint(j)), Type: "t"})
		}
	}
	return document.NewGraph(all)
}

func TestPathsAreAHundredAtMost(t *testing.T) {
	found, complete := dense(60).Paths(docID("1"), docID("2"), 5)
	if len(found) != document.MaxPaths || complete || len(found[0]) != 2 || len(found[99]) != 4 {
		t.Errorf("%d paths, complete %v", len(found), complete)
	}
	// One way is direct, and one leads over each of the 58 others.
	if found, complete = dense(60).Paths(docID("1"), docID("2"), 2); len(found) != 59 || !complete {
		t.Errorf("%d paths within 2, complete %v", len(found), complete)
	}
}

func BenchmarkPaths(b *testing.B) {
	g := dense(200)
	for b.Loop() {
		g.Paths(docID("1"), docID("2"), 5)
	}
}

func ExampleGraph_Paths() {
	link := func(from, to string) document.Edge {
		return document.Edge{Source: domain.StoredID[document.Document](from), Target: domain.StoredID[document.Document](to)}
	}
	g := document.NewGraph([]document.Edge{link("guide", "api"), link("api", "errors"), link("guide", "errors")})
	ways, complete := g.Paths(domain.StoredID[document.Document]("guide"), domain.StoredID[document.Document]("errors"), 3)
	fmt.Println(ways, complete)
	// Output: [[guide errors] [guide api errors]] true
}
