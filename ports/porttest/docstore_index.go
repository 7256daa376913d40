package porttest

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

var indexCases = []docStoreCase{
	{"words, phrases, prefixes, titles and exclusions", indexClauses},
	{"fields narrow", indexFields},
	{"any clause suffices and more is better", indexAny},
	{"bounds and orders", indexOrders},
	{"past instants are searched as they were", indexAsOf},
	{"pages and facets count all matches", indexPages},
	{"facets count tags and folders", indexFacets},
	{"facets keep the most frequent values", indexFrequent},
	{"no text is an error", indexHostile},
	{"every script is found", indexScripts},
	{"hits tell what was found", indexHit},
	{"putting again and rebuilding change nothing", indexRebuild},
}

// find returns the ids that a search text finds, in order.
func (s *shelf) find(t *testing.T, text string, with ...func(*document.Search)) []string {
	t.Helper()
	ids := []string{}
	for _, hit := range s.search(t, text, with...).Items {
		ids = append(ids, hit.Document.String())
	}
	return ids
}

func (s *shelf) search(t *testing.T, text string, with ...func(*document.Search)) document.Hits {
	t.Helper()
	q, err := document.ParseQuery(text)
	must(t, err)
	search := document.Search{Query: q}
	for _, w := range with {
		w(&search)
	}
	hits, err := s.Index.Search(s.ctx, search)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return hits
}

func asOf(at time.Time) func(*document.Search) { return func(s *document.Search) { s.AsOf = at } }
func sorted(by document.Sort) func(*document.Search) {
	return func(s *document.Search) { s.Sort = by }
}
func paged(limit, offset int) func(*document.Search) {
	return func(s *document.Search) { s.Page = domain.PageRequest{Limit: limit, Offset: offset} }
}

// finds tells which ids, without regard to order, a text must find.
func (s *shelf) finds(t *testing.T, text, want string) {
	t.Helper()
	hits := s.search(t, text, sorted(document.ByDate))
	ids := []string{}
	for _, hit := range hits.Items {
		ids = append([]string{hit.Document.String()}, ids...)
	}
	if got := strings.Join(ids, " "); got != want || hits.Total != len(ids) {
		t.Errorf("%s: found %q of %d, want %q", text, got, hits.Total, want)
	}
}

func indexClauses(t *testing.T, s *shelf) {
	s.add(t, "a", "Herons fish at dawn. The grey heron waits.", document.Metadata{"title": "Bird guide"})
	s.add(t, "b", "Storks guide their young; grey wolves do not fish.", document.Metadata{"title": "Storks"})
	s.add(t, "c", "A user-agent string names the browser.", document.Metadata{"title": "HTTP"})
	for text, want := range map[string]string{
		"fish": "a b", "FISH": "a b", "fish dawn": "a", `"grey heron"`: "a", `"heron grey"`: "", `"fish at dawn"`: "a",
		"her*": "a", `"grey wol*"`: "b", "wol": "b", `"wol"`: "", "guide": "a b", "title:guide": "a", `title:"bird guide"`: "a",
		`title:"guide bird"`: "", "title:gui": "a", "fish -dawn": "b", `fish -"grey heron"`: "b", "-fish": "c", "-title:storks": "a c",
		"-fish -browser": "", "user-agent": "c", `"agent user"`: "", "user": "c", "unknown": "", `"guide herons"`: "",
		`"dawn the"`: "a", "fish grey waits": "a", "-her*": "b c", "title:fish": "",
	} {
		s.finds(t, text, want)
	}
}

func indexFields(t *testing.T, s *shelf) {
	s.add(t, "a", "1 heron", document.Metadata{"type": "guide", "tags": []any{"x", "y z"}, "path": "docs/a.md", "owner": `q"u\o`})
	s.add(t, "b", "2 heron", document.Metadata{"type": "note", "tags": "x", "path": "docs/sub/b.md", "language": "en"})
	s.add(t, "c", "3 heron", document.Metadata{"type": 5, "tags": map[string]any{"k": "x"}, "path": "docs2/c.md", "source_type": "git"})
	for text, want := range map[string]string{
		"type:guide": "a", "type:Guide": "", "type:5": "", "tag:x": "a b", `tag:"y z"`: "a", `tag:x tag:"y z"`: "a", "tag:y": "",
		"path:docs": "a b", "path:docs/": "a b", "path:docs/sub": "b", "path:docs/a.md": "a", "path:doc": "", "path:docs2": "c",
		"source:git": "c", "lang:en heron": "b", "heron type:note": "b", "storks type:note": "", `owner:"q\"u\\o"`: "a",
		"-heron type:guide": "", "path:docs/a.md/": "", "path:%": "", "path:docs/_.md": "", "type:guide type:note": "",
	} {
		s.finds(t, text, want)
	}
}

func indexAny(t *testing.T, s *shelf) {
	s.add(t, "three", "alpha beta gamma "+strings.Repeat("filler ", 300), nil)
	s.add(t, "one", "alpha alpha alpha alpha", document.Metadata{"title": "alpha"})
	s.add(t, "two", "beta gamma "+strings.Repeat("padding ", 100), nil)
	s.add(t, "none", "delta", nil)
	anyOf := func(search *document.Search) { search.Any = true }
	hits := s.search(t, `alpha beta "gamma"`, anyOf)
	ids := []string{}
	for i, hit := range hits.Items {
		ids = append(ids, hit.Document.String())
		if i > 0 && hit.Score > hits.Items[i-1].Score {
			t.Errorf("the scores rise: %v after %v", hit.Score, hits.Items[i-1].Score)
		}
	}
	sameStrings(t, "any", ids, []string{"three", "two", "one"})
	sameStrings(t, "any, without", s.find(t, `alpha beta -filler "gamma"`, anyOf), []string{"two", "one"})
	sameStrings(t, "any of none", s.find(t, "nothing nowhere", anyOf), []string{})
	if hits := s.search(t, `alpha beta "gamma"`, anyOf, func(s *document.Search) { s.Facets = true }, paged(1, 1)); hits.Total != 3 || len(hits.Items) != 1 || hits.Items[0].Document != docID("two") {
		t.Errorf("a page of any: %+v", hits)
	}
}

func indexOrders(t *testing.T, s *shelf) {
	s.add(t, "a", "heron "+strings.Repeat("long ", 50), nil)
	from := s.now
	s.add(t, "b", "heron heron heron", document.Metadata{"title": "heron"})
	s.add(t, "c", "heron in the middle of some other words", nil)
	until := s.now
	sameStrings(t, "by relevance", s.find(t, "heron"), []string{"b", "c", "a"})
	sameStrings(t, "by date", s.find(t, "heron", sorted(document.ByDate)), []string{"c", "b", "a"})
	sameStrings(t, "by size", s.find(t, "heron", sorted(document.BySize)), []string{"a", "c", "b"})
	bounds := func(from, until time.Time) func(*document.Search) {
		return func(s *document.Search) { s.From, s.Until, s.Sort = from, until, document.ByDate }
	}
	sameStrings(t, "from", s.find(t, "heron", bounds(from.Add(time.Microsecond), time.Time{})), []string{"c", "b"})
	sameStrings(t, "from is inclusive, until is not", s.find(t, "heron", bounds(from, until)), []string{"b", "a"})
	s.add(t, "T2", "stork", document.Metadata{"title": "x"})
	s.add(t, "t1", "stork ", document.Metadata{"title": "x"})
	sameStrings(t, "ties", s.find(t, "stork"), []string{"T2", "t1"})
	sameStrings(t, "everything, by size", s.find(t, "", sorted(document.BySize), paged(2, 0)), []string{"a", "c"})
}

func indexAsOf(t *testing.T, s *shelf) {
	a := s.add(t, "a", "an old heron", document.Metadata{"type": "draft"})
	first := s.now
	s.revise(t, a, "a new stork", document.Metadata{"type": "final"})
	second := s.now
	s.remove(t, a)
	deleted := s.now
	for _, c := range []struct {
		at   time.Time
		text string
		want int
	}{
		{first, "heron", 1}, {first, "stork", 0}, {first, "heron type:draft", 1}, {first, "type:final", 0},
		{second.Add(-time.Microsecond), "heron", 1}, {second, "heron", 0}, {second, "stork", 1}, {deleted, "stork", 0},
		{first.Add(-time.Microsecond), "heron", 0}, {time.Time{}, "stork", 0}, {time.Time{}, "heron", 0},
		{second, "-heron", 1}, {second, "-stork", 0}, {deleted, "", 0}, {second, "", 1},
	} {
		if hits := s.search(t, c.text, asOf(c.at)); hits.Total != c.want {
			t.Errorf("%q as of %v: found %d, want %d", c.text, c.at, hits.Total, c.want)
		}
	}
	if hits := s.search(t, "heron", asOf(first)); hits.Items[0].Version != 1 || !strings.Contains(hits.Items[0].Snippet, "**heron**") {
		t.Errorf("the old version: %+v", hits.Items)
	}
	s.revise(t, a, "an old heron", nil)
	sameStrings(t, "alive again", s.find(t, "heron"), []string{"a"})
}

func indexPages(t *testing.T, s *shelf) {
	for i := range 25 {
		s.add(t, fmt.Sprintf("d%02d", i), fmt.Sprintf("heron number n%d", i), document.Metadata{
			"title": "same", "type": []string{"guide", "note"}[i%2], "language": "en", "extra": "x",
		})
	}
	s.add(t, "other", "stork", document.Metadata{"type": "other"})
	s.add(t, "odd", "stork too", document.Metadata{"type": 5, "language": []any{"en"}, "owner": nil})
	if odd := s.search(t, "too", func(s *document.Search) { s.Facets = true }); len(odd.Facets["type"])+len(odd.Facets["language"])+len(odd.Facets["owner"]) != 0 {
		t.Errorf("facets count strings only: %v", odd.Facets)
	}
	var got []string
	for offset := 0; offset < 30; offset += 7 {
		hits := s.search(t, "heron", paged(7, offset), func(s *document.Search) { s.Facets = true })
		if hits.Total != 25 || hits.Limit != 7 || hits.Offset != offset || hits.HasMore() != (offset+7 < 25) || hits.Items == nil {
			t.Errorf("the page at %d: %+v", offset, hits.Page)
		}
		want := map[string]map[string]int{"type": {"guide": 13, "note": 12}, "language": {"en": 25}, "source_type": {}, "owner": {}, "tag": {}, "folder": {}}
		if !reflect.DeepEqual(hits.Facets, want) {
			t.Errorf("facets: got %v, want %v", hits.Facets, want)
		}
		for _, hit := range hits.Items {
			got = append(got, hit.Document.String())
		}
	}
	seen := map[string]bool{}
	for _, id := range got {
		seen[id] = true
	}
	if len(got) != 25 || len(seen) != 25 {
		t.Errorf("the pages hold %d hits of %d documents", len(got), len(seen))
	}
	if hits := s.search(t, "nothing", func(s *document.Search) { s.Facets = true }); hits.Facets == nil || hits.Total != 0 {
		t.Errorf("facets of nothing: %+v", hits)
	}
	if hits := s.search(t, "heron"); hits.Facets != nil {
		t.Errorf("facets that nobody asked for: %v", hits.Facets)
	}
}

func indexHostile(t *testing.T, s *shelf) {
	s.add(t, "a", "c++ and c# and foo:bar: it's \"quoted\" AND NOT NEAR OR 100%", nil)
	for _, text := range []string{
		"c++", "c#", "user-agent", `"`, `""`, `"""`, "a AND", "AND", "OR NOT", "NEAR(a b)", "foo:bar", "title:", "title:*", "type:",
		"* ^ NEAR(", "^a", "a*b", "-", "--", "-*", "'", "''; DROP TABLE texts; --", "\\", `\"`, "a\\", "(", ")", "((a)", "{a}", "a:b:c",
		"a & b | !c", "a <-> b", ":*", "🙂", "漢字", "Ω", "\x00", "a\x00b", "\xff\xfe", "type:\x00", "%", "_", "100%", "$1", "?", "@x",
		strings.Repeat("a ", 400), strings.Repeat("x", 1000), strings.Repeat(`"`, 501), "İstanbul ǅ ß ﬁ", "\u202e\u0301", "½ ² Ⅷ",
	} {
		for _, any := range []bool{false, true} {
			for _, exclude := range []string{"", "-"} {
				q, err := document.ParseQuery(exclude + text)
				if err != nil {
					continue // too long by the minus
				}
				if _, err := s.Index.Search(s.ctx, document.Search{Query: q, Any: any}); err != nil {
					t.Errorf("%q: %v", exclude+text, err)
				}
			}
		}
	}
	for _, text := range []string{"c++", "c#", "foo:bar", "it's", "100%", `"AND NOT"`, "NEAR"} {
		s.finds(t, text, "a")
	}
}

func indexScripts(t *testing.T, s *shelf) {
	s.add(t, "a", "Die Übergröße der STRASSE, naïve cafés, ΑΘΗΝΑ, x² + ½, Москва", nil)
	s.add(t, "b", "日本語 の 文書。한국어 문서", nil)
	for text, want := range map[string]string{
		"übergröße": "a", "ÜBERGRÖSSE": "", "strasse": "a", "cafés": "a", "cafes": "", "αθηνα": "a", "x²": "a", "½": "a",
		"москва": "a", "МОСКВА": "a", "日本語": "b", "日本": "b", "문서": "b", `"한국어 문서"`: "b",
	} {
		s.finds(t, text, want)
	}
}

func indexHit(t *testing.T, s *shelf) {
	a := s.add(t, "a", strings.Repeat("filler text. ", 200)+"Here the heron waits.", document.Metadata{"title": "T", "n": 1.0})
	s.revise(t, a, a.State().Content, document.Metadata{"title": "Herons", "n": 2.0})
	hits := s.search(t, "heron waits")
	if hits.Total != 1 {
		t.Fatalf("found %+v", hits)
	}
	hit, d := hits.Items[0], a.State()
	if hit.Version != 2 || hit.Title != "Herons" || hit.Hash != d.Hash || !reflect.DeepEqual(hit.Metadata, d.Metadata) || !hit.UpdatedAt.Equal(d.UpdatedAt) {
		t.Errorf("got %+v, want %+v", hit, d)
	}
	if !strings.Contains(hit.Snippet, "**heron** **waits**") || len(hit.Snippet) > document.MaxSnippet+40 {
		t.Errorf("the snippet is %q", hit.Snippet)
	}
	if hit.Score <= 0 {
		t.Errorf("the score is %v", hit.Score)
	}
}

func indexRebuild(t *testing.T, s *shelf) {
	a := s.add(t, "a", "an old heron", nil)
	first := s.now
	s.revise(t, a, "a new stork", nil)
	b := s.add(t, "b", "a grey stork", nil)
	s.remove(t, s.add(t, "c", "a dead stork", nil))
	look := func() [3]document.Hits {
		return [3]document.Hits{s.search(t, "stork"), s.search(t, "heron", asOf(first)), s.search(t, "stork -grey")}
	}
	before := look()
	must(t, s.Index.Put(s.ctx, b.Version()))
	must(t, s.Index.Put(s.ctx, a.Version()))
	if again := look(); !reflect.DeepEqual(again, before) {
		t.Errorf("putting again: got %+v, want %+v", again, before)
	}
	for range 2 {
		if n, err := s.Index.Rebuild(s.ctx); err != nil || n != 5 {
			t.Errorf("Rebuild = %d, %v; want 5", n, err)
		}
		if again := look(); !reflect.DeepEqual(again, before) {
			t.Errorf("after rebuilding: got %+v, want %+v", again, before)
		}
	}
	must(t, s.Index.Drop(s.ctx, docID("unknown")))
}
