package porttest

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"github.com/docsteward/docsteward/domain/span"
)

var spanCases = []docStoreCase{
	{"come back in order", spansRoundTrip},
	{"are replaced as a whole", spansReplaced},
}

func spansRoundTrip(t *testing.T, s *shelf) {
	content := "# Herons\n\nThey stand. 漢字\n\nThey wait.\n"
	a := s.add(t, "a", content, nil)
	want := []span.Span{}
	for _, r := range [][2]int{{0, 8}, {10, 28}, {10, 21}, {30, 40}, {3, 3}, {0, len(content)}} {
		sp := span.Of([]byte(content), r[0], r[1])
		sp.Document, sp.Version = "a", 1
		want = append(want, sp)
	}
	must(t, s.Spans.Put(s.ctx, docID("a"), 1, want))
	got, err := s.Spans.Of(s.ctx, docID("a"), 1)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	s.revise(t, a, "other", nil)
	if got, err = s.Spans.Of(s.ctx, docID("a"), 1); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the old version: got %+v, %v", got, err)
	}
	for id, version := range map[string]int{"a": 3, "z": 1} {
		if got, err := s.Spans.Of(s.ctx, docID(id), version); err != nil || got == nil || len(got) != 0 {
			t.Errorf("%s %d: got %v, %v", id, version, got, err)
		}
	}
}

func spansReplaced(t *testing.T, s *shelf) {
	content := "some text"
	d := s.draft(t, "a", content, nil)
	must(t, s.Documents.Add(s.ctx, d.State()))
	must(t, s.Spans.Put(s.ctx, docID("a"), 1, []span.Span{span.Of([]byte(content), 0, 4), span.Of([]byte(content), 5, 9)}))
	spans := []span.Span{span.Of([]byte(content), 5, 9)}
	must(t, s.Spans.Put(s.ctx, docID("a"), 1, spans))
	spans[0].Start = 7 // the caller's own
	got, err := s.Spans.Of(s.ctx, docID("a"), 1)
	if err != nil || len(got) != 1 || got[0].Start != 5 || !got[0].Holds([]byte(content)) || got[0].Document != "a" || got[0].Version != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
	must(t, s.Spans.Put(s.ctx, docID("a"), 1, nil))
	if got, err := s.Spans.Of(s.ctx, docID("a"), 1); err != nil || len(got) != 0 {
		t.Errorf("emptied: got %+v, %v", got, err)
	}
	_ = s.Unit.Within(s.ctx, func(ctx context.Context) error {
		must(t, s.Spans.Put(ctx, docID("a"), 1, spans))
		return fmt.Errorf("no")
	})
	if got, err := s.Spans.Of(s.ctx, docID("a"), 1); err != nil || len(got) != 0 {
		t.Errorf("rolled back: got %+v, %v", got, err)
	}
}
