package porttest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// KnowledgeEnv is a document store with what is known of documents beyond their
// content, over the same data.
type KnowledgeEnv struct {
	DocStoreEnv
	Relations docstore.Relations
	Directory docstore.Directory
	Tags      docstore.Tags
	Taxonomy  docstore.Taxonomy
	Analyses  docstore.Analyses
}

// library is a shelf with what is known of its documents.
type library struct {
	*shelf
	KnowledgeEnv
}

// Knowledge proves the promises of docstore.Relations, Directory, Tags, Taxonomy
// and Analyses. open returns an empty store each time.
func Knowledge(t *testing.T, open func(t *testing.T) KnowledgeEnv) {
	for name, run := range map[string]func(*testing.T, *library){
		"relations are kept whole":                   relationsKept,
		"a triple is kept once":                      relationsUnique,
		"relations are listed by direction and type": relationsListed,
		"relations are read around documents":        relationsAround,
		"relations are seen while both ends live":    relationsSeen,
		"relations end with a purge":                 relationsPurged,
		"relations take part in a transaction":       relationsRollBack,
		"documents are told apart":                   directoryNodes,
		"documents are found by path":                directoryPaths,
		"tags are kept whole":                        tagsKept,
		"tagging leaves what was set by hand":        tagsAssigned,
		"tags are erased":                            tagsRemoved,
		"documents are found by tags":                tagsSearched,
		"tags are counted":                           tagsCounted,
		"tags are seen while the document lives":     tagsSeen,
		"the taxonomy is kept whole":                 taxonomyKept,
		"analyses are kept whole":                    analysesKept,
		"analyses are listed":                        analysesListed,
		"analyses are seen while the document lives": analysesSeen,
		"analyses are counted":                       analysesCounted,
		"analyses are searched by":                   analysesSearched,
		"an ended context is a timeout":              knowledgeCancelled,
	} {
		t.Run(name, func(t *testing.T) {
			e := open(t)
			run(t, &library{newShelf(e.DocStoreEnv), e})
		})
	}
}

func madeRelation(id, source, target, kind string, at time.Time) document.Relation {
	return document.Relation{ID: domain.StoredID[document.Relation](id), Source: docID(source), Target: docID(target), Type: kind,
		Strength: 0.25, Metadata: document.Metadata{"why": "ü'\"", "n": 1.0}, CreatedAt: at}
}

func external(id, source, address string) document.Relation {
	r := madeRelation(id, source, "", "external_reference", noon)
	r.External, r.Extracted, r.Metadata = address, true, document.Metadata{}
	return r
}

// stock stores documents of these ids and relations between them.
func (l *library) stock(t *testing.T, ids string, relations ...document.Relation) {
	t.Helper()
	for _, id := range ids {
		l.add(t, string(id), "content of "+string(id), nil)
	}
	for _, r := range relations {
		must(t, l.Relations.Add(l.ctx, r))
	}
}

func relationIDs(relations []document.Relation) string {
	out := ""
	for _, r := range relations {
		out += r.ID.String()
	}
	return out
}

func relationsKept(t *testing.T, l *library) {
	one, two := madeRelation("1", "a", "b", "Free text ü", noon), external("2", "a", "https://example.org/?q='")
	l.stock(t, "ab", one, two)
	for _, want := range []document.Relation{one, two} {
		got, err := l.Relations.Get(l.ctx, want.ID)
		must(t, err)
		wantSame(t, "kept", got, want)
		got.Metadata["why"] = "changed"
		again, err := l.Relations.Get(l.ctx, want.ID)
		must(t, err)
		wantSame(t, "kept from the caller", again, want)
	}
	must(t, l.Relations.Remove(l.ctx, one.ID))
	wantKind(t, "removed twice", l.Relations.Remove(l.ctx, one.ID), domain.NotFound)
	_, err := l.Relations.Get(l.ctx, one.ID)
	wantKind(t, "get of the removed", err, domain.NotFound)
	must(t, l.Relations.Add(l.ctx, one))
}

func relationsUnique(t *testing.T, l *library) {
	l.stock(t, "ab", madeRelation("1", "a", "b", "t", noon), external("2", "a", "x"))
	refused(t, "the same triple", l.Relations.Add(l.ctx, madeRelation("3", "a", "b", "t", noon)), domain.Conflict, "id", "1")
	refused(t, "the same address", l.Relations.Add(l.ctx, external("3", "a", "x")), domain.Conflict, "id", "2")
	wantKind(t, "the same id", l.Relations.Add(l.ctx, madeRelation("1", "b", "a", "t", noon)), domain.Conflict)
	wantKind(t, "no source", l.Relations.Add(l.ctx, madeRelation("3", "z", "a", "t", noon)), domain.NotFound)
	wantKind(t, "no target", l.Relations.Add(l.ctx, madeRelation("3", "a", "z", "t", noon)), domain.NotFound)
	for i, r := range []document.Relation{madeRelation("4", "b", "a", "t", noon), madeRelation("5", "a", "b", "T", noon), external("6", "a", "X")} {
		if err := l.Relations.Add(l.ctx, r); err != nil {
			t.Errorf("another triple %d: %v", i, err)
		}
	}
}

func relationsListed(t *testing.T, l *library) {
	later := noon.Add(time.Second)
	l.stock(t, "abc", madeRelation("1", "a", "b", "t", noon), madeRelation("2", "b", "a", "t", later), madeRelation("3", "a", "c", "u", noon),
		external("4", "a", "x"), madeRelation("5", "b", "c", "t", noon))
	for _, c := range []struct {
		filter document.RelationFilter
		want   string
	}{
		{document.RelationFilter{}, "2134"}, {document.RelationFilter{Direction: document.Both, Type: "t"}, "21"},
		{document.RelationFilter{Direction: document.Outgoing}, "134"}, {document.RelationFilter{Direction: document.Incoming}, "2"},
		{document.RelationFilter{Direction: document.Outgoing, Type: "u"}, "3"}, {document.RelationFilter{Type: "no\x00ne"}, ""},
	} {
		page, err := l.Relations.List(l.ctx, docID("a"), c.filter, domain.PageRequest{})
		must(t, err)
		if got := relationIDs(page.Items); got != c.want || page.Total != len(c.want) {
			t.Errorf("%+v: got %s, total %d, want %s", c.filter, got, page.Total, c.want)
		}
	}
	page, err := l.Relations.List(l.ctx, docID("a"), document.RelationFilter{}, domain.PageRequest{Limit: 2, Offset: 1})
	must(t, err)
	if relationIDs(page.Items) != "13" || page.Total != 4 || !page.HasMore() {
		t.Errorf("page: %+v", page)
	}
	none, err := l.Relations.List(l.ctx, docID("unknown"), document.RelationFilter{}, domain.PageRequest{})
	must(t, err)
	if none.Total != 0 || len(none.Items) != 0 {
		t.Errorf("an unknown document has %+v", none)
	}
}

func relationsAround(t *testing.T, l *library) {
	l.stock(t, "abcd", madeRelation("3", "a", "b", "t", noon), madeRelation("1", "b", "c", "t", noon), madeRelation("2", "a", "c", "t", noon),
		external("4", "a", "x"), madeRelation("5", "d", "c", "t", noon))
	many := []document.ID{docID("a"), docID("b")}
	for i := range 3000 {
		many = append(many, docID(fmt.Sprint("other", i)))
	}
	from, err := l.Relations.From(l.ctx, many)
	must(t, err)
	touching, err := l.Relations.Touching(l.ctx, many)
	must(t, err)
	nothing, err := l.Relations.From(l.ctx, nil)
	must(t, err)
	sameStrings(t, "from, touching, from none", []string{relationIDs(from), relationIDs(touching), relationIDs(nothing)}, []string{"1234", "123", ""})
	edges, externals, err := l.Relations.Edges(l.ctx)
	must(t, err)
	g := document.NewGraph(edges)
	if len(edges) != 4 || externals != 1 || g.Documents() != 4 || g.Types()["t"] != 4 {
		t.Errorf("edges %+v, external %d", edges, externals)
	}
}

func relationsSeen(t *testing.T, l *library) {
	a, b := l.add(t, "a", "one", nil), l.add(t, "b", "two", nil)
	must(t, l.Relations.Add(l.ctx, madeRelation("1", "a", "b", "t", noon)))
	must(t, l.Relations.Add(l.ctx, external("2", "a", "x")))
	count := func() (n int) {
		for _, id := range []string{"1", "2"} {
			if _, err := l.Relations.Get(l.ctx, domain.StoredID[document.Relation](id)); err == nil {
				n++
			} else {
				wantKind(t, "hidden", err, domain.NotFound)
			}
		}
		page, err := l.Relations.List(l.ctx, docID("a"), document.RelationFilter{}, domain.PageRequest{})
		must(t, err)
		from, err := l.Relations.From(l.ctx, []document.ID{docID("a")})
		must(t, err)
		edges, externals, err := l.Relations.Edges(l.ctx)
		must(t, err)
		if page.Total != n || len(from) != n || len(edges)+externals != n {
			t.Errorf("reads disagree: get %d, list %d, from %d, edges %d", n, page.Total, len(from), len(edges)+externals)
		}
		return n
	}
	all := count()
	l.remove(t, b)
	withoutTarget := count()
	refused(t, "hidden triple", l.Relations.Add(l.ctx, madeRelation("3", "a", "b", "t", noon)), domain.Conflict, "id", "1")
	l.revise(t, b, "two again", nil)
	revived := count()
	l.remove(t, a)
	wantSame(t, "seen", []int{all, withoutTarget, revived, count()}, []int{2, 1, 2, 0})
}

func relationsPurged(t *testing.T, l *library) {
	l.stock(t, "abc", madeRelation("1", "a", "b", "t", noon), madeRelation("2", "c", "a", "t", noon), madeRelation("3", "b", "c", "t", noon))
	must(t, l.purge(l.ctx, "a"))
	l.stock(t, "a")
	edges, _, err := l.Relations.Edges(l.ctx)
	must(t, err)
	wantSame(t, "left", edges, []document.Edge{{Source: docID("b"), Target: docID("c"), Type: "t"}})
}

func relationsRollBack(t *testing.T, l *library) {
	l.stock(t, "ab", madeRelation("1", "a", "b", "t", noon))
	err := l.shelf.Unit.Within(l.ctx, func(ctx context.Context) error {
		must(t, l.Relations.Add(ctx, madeRelation("2", "b", "a", "t", noon)))
		must(t, l.Relations.Remove(ctx, domain.StoredID[document.Relation]("1")))
		must(t, l.Tags.Set(ctx, docID("a"), document.Tag{Name: "x", Category: "content"}))
		return domain.Invalid.New("no")
	})
	wantKind(t, "transaction", err, domain.Invalid)
	edges, _, err := l.Relations.Edges(l.ctx)
	must(t, err)
	wantSame(t, "edges", edges, []document.Edge{{Source: docID("a"), Target: docID("b"), Type: "t"}})
	tags, err := l.Tags.Of(l.ctx, docID("a"), "")
	must(t, err)
	if len(tags) != 0 {
		t.Errorf("tags %+v", tags)
	}
}

func directoryNodes(t *testing.T, l *library) {
	l.add(t, "b", "# Title B", document.Metadata{"type": "guide"})
	l.add(t, "a", "one", document.Metadata{"title": "Title ä", "type": 7})
	l.remove(t, l.add(t, "c", "gone", nil))
	nodes, err := l.Directory.Nodes(l.ctx, []document.ID{docID("b"), docID("c"), docID("a"), docID("b"), docID("unknown")})
	must(t, err)
	wantSame(t, "nodes", nodes, []document.Node{{ID: docID("a"), Title: "Title ä"}, {ID: docID("b"), Title: "Title B", Type: "guide"}})
	none, err := l.Directory.Nodes(l.ctx, nil)
	must(t, err)
	if len(none) != 0 {
		t.Errorf("none asked for, got %+v", none)
	}
}

func directoryPaths(t *testing.T, l *library) {
	at := func(path any) document.Metadata { return document.Metadata{"path": path} }
	l.add(t, "z", "one", at("docs/a.md"))
	l.add(t, "b", "two", at("docs/ü.md"))
	l.add(t, "y", "three", at("docs/a.md"))
	l.add(t, "n", "four", at(7))
	l.remove(t, l.add(t, "c", "five", at("docs/gone.md")))
	got, err := l.Directory.ByPath(l.ctx, []string{"docs/a.md", "docs/ü.md", "docs/gone.md", "docs/A.md", "docs", "7", "a\x00", "docs/a.md"})
	must(t, err)
	wantSame(t, "by path", got, map[string]document.ID{"docs/a.md": docID("y"), "docs/ü.md": docID("b")})
}

func knowledgeCancelled(t *testing.T, l *library) {
	l.stock(t, "ab")
	ctx, cancel := context.WithCancel(l.ctx)
	cancel()
	wantKind(t, "Relations.Add", l.Relations.Add(ctx, madeRelation("1", "a", "b", "t", noon)), domain.Timeout)
	_, err := l.Relations.From(ctx, []document.ID{docID("a")})
	wantKind(t, "Relations.From", err, domain.Timeout)
	_, err = l.Directory.Nodes(ctx, []document.ID{docID("a")})
	wantKind(t, "Directory.Nodes", err, domain.Timeout)
	wantKind(t, "Tags.Assign", l.Tags.Assign(ctx, docID("a"), []document.Tag{{Name: "x", Category: "content"}}), domain.Timeout)
	_, err = l.Tags.Search(ctx, document.TagSearch{Names: []string{"x"}})
	wantKind(t, "Tags.Search", err, domain.Timeout)
	wantKind(t, "Taxonomy.Add", l.Taxonomy.Add(ctx, document.TaxonomyNode{Tag: "x", Category: "content"}), domain.Timeout)
	wantKind(t, "Analyses.Add", l.Analyses.Add(ctx, madeAnalysis("1", "a", noon)), domain.Timeout)
	_, err = l.Analyses.Counts(ctx)
	wantKind(t, "Analyses.Counts", err, domain.Timeout)
	_, err = l.Analyses.List(ctx, document.AnalysisFilter{}, domain.PageRequest{})
	wantKind(t, "Analyses.List", err, domain.Timeout)
}
