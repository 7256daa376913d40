package porttest

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

var historyCases = []docStoreCase{
	{"every version is kept as it was", historyKeeps},
	{"stretches are half open", historyAt},
	{"versions are listed newest first without content", historyList},
	{"pruning keeps the newest", historyPrune},
	{"the summary counts everything", historySummary},
}

func historyKeeps(t *testing.T, s *shelf) {
	a := s.add(t, "a", "one", document.Metadata{"n": 1.0})
	want := []document.Version{a.Version()}
	s.revise(t, a, "two", document.Metadata{"n": 2.0, "title": "T"})
	want = append(want, a.Version())
	s.revise(t, a, "two", document.Metadata{"n": 3.0})
	want = append(want, a.Version())
	s.remove(t, a)
	want = append(want, a.Version())
	for i := range want {
		if i+1 < len(want) {
			want[i].ValidTo = want[i+1].ValidFrom
		}
		got, err := s.History.Version(s.ctx, docID("a"), i+1)
		if err != nil || !reflect.DeepEqual(got, want[i]) {
			t.Errorf("version %d: got %+v, %v; want %+v", i+1, got, err, want[i])
		}
	}
	if !want[3].Deletion || want[0].Note == "" || want[1].Author != "bob" {
		t.Errorf("the versions say %+v", want)
	}
	for _, number := range []int{0, -1, 5} {
		_, err := s.History.Version(s.ctx, docID("a"), number)
		refused(t, fmt.Sprint("version ", number), err, domain.NotFound)
	}
	_, err := s.History.Version(s.ctx, docID("z"), 1)
	refused(t, "an unknown document", err, domain.NotFound)
}

func historyAt(t *testing.T, s *shelf) {
	a := s.add(t, "a", "one", nil)
	first := s.now
	s.revise(t, a, "two", nil)
	second := s.now
	s.remove(t, a)
	deleted := s.now
	s.revise(t, a, "three", nil)
	back := s.now
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{first.Add(-time.Microsecond), ""}, {first, "one"}, {second.Add(-time.Microsecond), "one"},
		{second, "two"}, {second.In(time.FixedZone("", 7200)), "two"}, {deleted.Add(-time.Microsecond), "two"}, {deleted, ""},
		{back.Add(-time.Microsecond), ""}, {back, "three"}, {back.AddDate(100, 0, 0), "three"},
	} {
		v, err := s.History.At(s.ctx, docID("a"), c.at)
		if c.want == "" {
			refused(t, c.at.String(), err, domain.NotFound)
		} else if err != nil || v.Content != c.want {
			t.Errorf("%v: got %q, %v; want %q", c.at, v.Content, err, c.want)
		}
	}
	_, err := s.History.At(s.ctx, docID("z"), back)
	refused(t, "an unknown document", err, domain.NotFound)
}

func historyList(t *testing.T, s *shelf) {
	a := s.add(t, "a", "text 1", nil)
	for i := 2; i <= 7; i++ {
		s.revise(t, a, fmt.Sprint("text ", i), nil)
	}
	s.add(t, "b", "other", nil)
	page, err := s.History.Versions(s.ctx, docID("a"), domain.PageRequest{Limit: 3, Offset: 2})
	must(t, err)
	if page.Total != 7 || len(page.Items) != 3 || !page.HasMore() {
		t.Fatalf("got %+v", page)
	}
	for i, v := range page.Items {
		full, err := s.History.Version(s.ctx, docID("a"), 5-i)
		must(t, err)
		full.Content = ""
		if !reflect.DeepEqual(v, full) || v.Size != 6 {
			t.Errorf("item %d: got %+v, want %+v", i, v, full)
		}
	}
	page, err = s.History.Versions(s.ctx, docID("z"), domain.PageRequest{})
	if err != nil || page.Total != 0 || page.Items == nil {
		t.Errorf("an unknown document: %+v, %v", page, err)
	}
}

func historyPrune(t *testing.T, s *shelf) {
	a := s.add(t, "a", "heron 1", nil)
	first := s.now
	for i := 2; i <= 5; i++ {
		s.revise(t, a, fmt.Sprint("heron ", i), nil)
	}
	b := s.add(t, "b", "other", nil)
	s.revise(t, b, "heron 1", nil) // shares a text with a version that goes
	for _, want := range []int{3, 0} {
		if n, err := s.History.Prune(s.ctx, docID("a"), 2); err != nil || n != want {
			t.Errorf("Prune = %d, %v; want %d", n, err, want)
		}
	}
	page, err := s.History.Versions(s.ctx, docID("a"), domain.PageRequest{})
	if err != nil || page.Total != 2 || page.Items[0].Number != 5 || page.Items[1].Number != 4 {
		t.Errorf("left are %+v, %v", page, err)
	}
	_, err = s.History.At(s.ctx, docID("a"), first)
	refused(t, "a pruned instant", err, domain.NotFound)
	sameStrings(t, "the pruned text", s.find(t, `"heron 1"`, asOf(first)), []string{})
	sameStrings(t, "the shared text", s.find(t, `"heron 1"`), []string{"b"})
	sameStrings(t, "the current text", s.find(t, `"heron 5"`), []string{"a"})
	if spans, err := s.Spans.Of(s.ctx, docID("a"), 1); err != nil || len(spans) != 0 {
		t.Errorf("spans of a pruned version: %v, %v", spans, err)
	}
	if got, err := s.Documents.Get(s.ctx, docID("a")); err != nil || !reflect.DeepEqual(got, a.State()) {
		t.Errorf("the document: %+v, %v", got, err)
	}
	s.revise(t, a, "heron 6", nil)
	if v, err := s.History.Version(s.ctx, docID("a"), 6); err != nil || v.Number != 6 {
		t.Errorf("the next version: %+v, %v", v, err)
	}
	if n, err := s.History.Prune(s.ctx, docID("a"), 0); err != nil || n != 2 {
		t.Errorf("keeping none keeps the current one: %d, %v", n, err)
	}
	if n, err := s.History.Prune(s.ctx, docID("z"), 1); err != nil || n != 0 {
		t.Errorf("an unknown document: %d, %v", n, err)
	}
}

func historySummary(t *testing.T, s *shelf) {
	summary, err := s.History.Summary(s.ctx)
	if err != nil || summary.Versions != 0 || summary.Documents != 0 || len(summary.Most) != 0 {
		t.Errorf("empty: %+v, %v", summary, err)
	}
	for i := range 12 {
		d := s.add(t, fmt.Sprintf("d%02d", i), fmt.Sprint("text ", i), nil)
		for v := range i % 3 {
			s.revise(t, d, fmt.Sprint("text ", i, " ", v), nil)
		}
	}
	if summary, err = s.History.Summary(s.ctx); err != nil || summary.Versions != 24 || summary.Documents != 12 || len(summary.Most) != 10 {
		t.Fatalf("got %+v, %v", summary, err)
	}
	var got []string
	for _, m := range summary.Most {
		got = append(got, fmt.Sprint(m.Document, " ", m.Versions))
	}
	sameStrings(t, "the most", got, []string{"d02 3", "d05 3", "d08 3", "d11 3", "d01 2", "d04 2", "d07 2", "d10 2", "d00 1", "d03 1"})
}
