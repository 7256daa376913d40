package porttest

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

var documentCases = []docStoreCase{
	{"gives back every byte", documentsRoundTrip},
	{"an id or a living content that is taken is a conflict", documentsTaken},
	{"contents are unique among the living only", documentsHash},
	{"a deleted document is kept and not listed", documentsDeleted},
	{"a stale update is a conflict", documentsStale},
	{"the list is filtered", documentsFilter},
	{"pages are sorted and whole", documentsPages},
	{"one of many writers wins", documentsOneWinner},
	{"one of many equal contents wins", documentsOneContent},
	{"values are not shared with the caller", documentsCopies},
	{"a rolled back change is gone, from the index too", documentsRollback},
	{"purging erases everything", documentsPurge},
	{"an ended context is a timeout", documentsEnded},
	{"reopening keeps everything", documentsReopen},
}

func documentsRoundTrip(t *testing.T, s *shelf) {
	metadata := document.Metadata{
		"title": "Ünïcødé 漢字 🙂", "empty": "", "nothing": nil, "yes": true, "list": []any{"a", 1.5, nil, []any{}},
		"deep":   map[string]any{"n": 0.1, "big": 1e21, "negative": -7.0, "zero": 0.0, "quote": `'; DROP TABLE x; -- "`, "empty": map[string]any{}},
		"a.b[c]": "odd key", "exact": float64(1<<53 - 1),
	}
	for i, content := range []string{
		"x", " leading and trailing \n", "Ünïcødé 漢字 🙂", "e\u0301 is not \u00e9", `'; DROP TABLE x; -- "`,
		"line\r\nline\ttab", "%_\\", "\u0001 control \u007f", strings.Repeat("words and ", 1<<20/10),
	} {
		want := s.add(t, fmt.Sprint("id ", i), content, metadata).State()
		got, err := s.Documents.Get(s.ctx, want.ID)
		must(t, err)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("content %d: got %.300q, want %.300q", i, fmt.Sprint(got), fmt.Sprint(want))
		}
		if got, err = s.Documents.FindByHash(s.ctx, want.Hash); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("content %d by its hash: got %.200q, %v", i, fmt.Sprint(got), err)
		}
	}
	_, err := s.Documents.Get(s.ctx, docID("ID 0"))
	refused(t, "ids differ in case", err, domain.NotFound)
	_, err = s.Documents.FindByHash(s.ctx, document.HashOf("unknown"))
	refused(t, "an unknown hash", err, domain.NotFound)
}

func documentsTaken(t *testing.T, s *shelf) {
	a := s.add(t, "a", "one", nil)
	s.remove(t, s.add(t, "gone", "was here", nil))
	refused(t, "a taken id", s.store(s.ctx, s.draft(t, "a", "other", nil), s.Documents.Add), domain.Conflict, "id", "a")
	refused(t, "the id of a deleted one", s.store(s.ctx, s.draft(t, "gone", "other", nil), s.Documents.Add), domain.Conflict, "id", "gone")
	refused(t, "a taken content", s.store(s.ctx, s.draft(t, "b", "one", nil), s.Documents.Add), domain.Conflict, "id", "a")
	b := s.add(t, "b", "two", nil)
	_, err := b.Revise(document.Change{Content: "one"}, s.tick())
	must(t, err)
	refused(t, "an update to a taken content", s.store(s.ctx, b, s.Documents.Update), domain.Conflict, "id", "a")
	if got, err := s.Documents.Get(s.ctx, a.State().ID); err != nil || !reflect.DeepEqual(got, a.State()) {
		t.Errorf("after the refusals a is %+v, %v", got, err)
	}
	if got, err := s.Documents.Get(s.ctx, docID("b")); err != nil || got.Version != 1 || got.Content != "two" {
		t.Errorf("after the refusals b is %+v, %v", got, err)
	}
	s.revise(t, a, "one and a half", nil)
	s.add(t, "c", "one", nil)
}

func documentsHash(t *testing.T, s *shelf) {
	a := s.add(t, "a", "same", nil)
	s.remove(t, a)
	b := s.add(t, "b", "same", nil)
	if got, err := s.Documents.FindByHash(s.ctx, a.State().Hash); err != nil || got.ID != b.State().ID {
		t.Errorf("the living one: got %v, %v", got.ID, err)
	}
	_, err := a.Revise(document.Change{Content: "same"}, s.tick())
	must(t, err)
	refused(t, "reviving into a taken content", s.store(s.ctx, a, s.Documents.Update), domain.Conflict, "id", "b")
	s.remove(t, b)
	_, err = s.Documents.FindByHash(s.ctx, a.State().Hash)
	refused(t, "a deleted content", err, domain.NotFound)
}

func documentsDeleted(t *testing.T, s *shelf) {
	a := s.add(t, "a", "text", document.Metadata{"type": "guide"})
	s.remove(t, a)
	got, err := s.Documents.Get(s.ctx, docID("a"))
	if err != nil || !reflect.DeepEqual(got, a.State()) || got.DeletedAt.IsZero() {
		t.Errorf("got %+v, %v; want %+v", got, err, a.State())
	}
	page, err := s.Documents.List(s.ctx, document.Filter{}, domain.PageRequest{}, true)
	if err != nil || page.Total != 0 || page.Items == nil || len(page.Items) != 0 {
		t.Errorf("the list holds %+v, %v", page, err)
	}
	s.revise(t, a, "text", nil)
	if got, err := s.Documents.Get(s.ctx, docID("a")); err != nil || got.Version != 3 || !got.DeletedAt.IsZero() {
		t.Errorf("alive again: got %+v, %v", got, err)
	}
}

func documentsStale(t *testing.T, s *shelf) {
	a := s.add(t, "a", "one", nil)
	stale := document.Restore(a.State())
	s.revise(t, a, "two", nil)
	_, err := stale.Revise(document.Change{Content: "late"}, s.tick())
	must(t, err)
	refused(t, "a stale version", s.store(s.ctx, stale, s.Documents.Update), domain.Conflict, "version", 2)
	early := a.State()
	early.Version = 9
	refused(t, "a version from the future", s.Documents.Update(s.ctx, early), domain.Conflict, "version", 2)
	unknown := a.State()
	unknown.ID, unknown.Version = docID("z"), 2
	refused(t, "an unknown id", s.Documents.Update(s.ctx, unknown), domain.NotFound)
	if got, err := s.Documents.Get(s.ctx, docID("a")); err != nil || !reflect.DeepEqual(got, a.State()) {
		t.Errorf("after the refusals: got %+v, %v", got, err)
	}
	versions, err := s.History.Versions(s.ctx, docID("a"), domain.PageRequest{})
	if err != nil || versions.Total != 2 {
		t.Errorf("after the refusals there are %d versions, %v", versions.Total, err)
	}
}

func documentsFilter(t *testing.T, s *shelf) {
	s.add(t, "a", "1", document.Metadata{"type": "guide", "source_type": "git", "language": "en", "owner": "docs"})
	s.add(t, "b", "2", document.Metadata{"type": "guide", "language": "de", "original_prompt_id": "p1"})
	s.add(t, "c", "3", document.Metadata{"type": 5, "owner": "a'b"})
	for _, c := range []struct {
		filter document.Filter
		want   string
	}{
		{document.Filter{}, "c b a"}, {document.Filter{Type: "guide"}, "b a"}, {document.Filter{Type: "GUIDE"}, ""},
		{document.Filter{Type: "5"}, ""}, {document.Filter{SourceType: "git"}, "a"}, {document.Filter{Language: "de"}, "b"},
		{document.Filter{Owner: "docs"}, "a"}, {document.Filter{Owner: "a'b"}, "c"}, {document.Filter{Owner: "\x00\xff"}, ""},
		{document.Filter{Correlation: "c-b"}, "b"}, {document.Filter{Prompt: "p1"}, "b"},
		{document.Filter{Type: "guide", Language: "en"}, "a"}, {document.Filter{Type: "guide", Language: "fr"}, ""},
	} {
		page, err := s.Documents.List(s.ctx, c.filter, domain.PageRequest{}, false)
		must(t, err)
		want := strings.Fields(c.want)
		if sameStrings(t, fmt.Sprintf("%+v", c.filter), stateIDs(page.Items), append([]string{}, want...)); page.Total != len(want) {
			t.Errorf("%+v: total %d", c.filter, page.Total)
		}
	}
}

func stateIDs(states []document.State) []string {
	ids := []string{}
	for _, d := range states {
		ids = append(ids, d.ID.String())
	}
	return ids
}

func documentsPages(t *testing.T, s *shelf) {
	var want []string
	for i := range 4 {
		at := s.tick()
		for _, id := range []string{"b", "C", "a", "é", "ab"} {
			d, err := document.New(document.Draft{ID: docID(fmt.Sprint(id, i)), Content: fmt.Sprint(id, i)}, at)
			must(t, err)
			must(t, s.store(s.ctx, d, s.Documents.Add))
		}
		same := []string{}
		for _, id := range []string{"C", "a", "ab", "b", "é"} { // the order of bytes, whatever the locale
			same = append(same, fmt.Sprint(id, i))
		}
		want = append(same, want...)
	}
	var got []string
	for offset := 0; offset < 21; offset += 3 {
		page, err := s.Documents.List(s.ctx, document.Filter{}, domain.PageRequest{Limit: 3, Offset: offset}, offset%2 == 0)
		must(t, err)
		if page.Total != 20 || page.Limit != 3 || page.Offset != offset || page.HasMore() != (offset+3 < 20) {
			t.Errorf("the page at %d: %+v", offset, page)
		}
		for _, d := range page.Items {
			if (d.Content != "") != (offset%2 == 0) || d.Size != len(d.ID.String()) {
				t.Errorf("the page at %d: content %q, size %d", offset, d.Content, d.Size)
			}
		}
		got = append(got, stateIDs(page.Items)...)
	}
	sameStrings(t, "the pages", got, want)
	page, err := s.Documents.List(s.ctx, document.Filter{}, domain.PageRequest{Offset: 100}, false)
	if err != nil || page.Total != 20 || len(page.Items) != 0 {
		t.Errorf("behind the end: %+v, %v", page, err)
	}
}
