package porttest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

func documentsOneWinner(t *testing.T, s *shelf) {
	a := s.add(t, "a", "start", nil)
	winners := race(t, 16, func(i int) error {
		d := document.Restore(a.State())
		if _, err := d.Revise(document.Change{Content: fmt.Sprint("writer ", i)}, noon.AddDate(0, 0, 1)); err != nil {
			return err
		}
		return s.store(s.ctx, d, s.Documents.Update)
	})
	got, err := s.Documents.Get(s.ctx, docID("a"))
	must(t, err)
	if len(winners) != 1 || got.Content != fmt.Sprint("writer ", winners[0]) || got.Version != 2 {
		t.Errorf("winners %v, stored %q at %d", winners, got.Content, got.Version)
	}
}

func documentsOneContent(t *testing.T, s *shelf) {
	winners := race(t, 16, func(i int) error {
		d, err := document.New(document.Draft{ID: docID(fmt.Sprint(i)), Content: "the same"}, noon)
		if err != nil {
			return err
		}
		err = s.store(s.ctx, d, s.Documents.Add)
		if err != nil && domain.FaultOf(err).Details["id"] == nil {
			t.Errorf("writer %d: the conflict does not name the other", i)
		}
		return err
	})
	if len(winners) != 1 {
		t.Errorf("winners %v", winners)
	}
}

// race runs n writers at once and returns those that did not meet a Conflict.
func race(t *testing.T, n int, write func(i int) error) []int {
	var group sync.WaitGroup
	var mu sync.Mutex
	var winners []int
	for i := range n {
		group.Go(func() {
			if err := write(i); err == nil {
				mu.Lock()
				winners = append(winners, i)
				mu.Unlock()
			} else if !errors.Is(err, domain.Conflict) {
				t.Errorf("writer %d: got %v, want Conflict", i, err)
			}
		})
	}
	group.Wait()
	return winners
}

func documentsCopies(t *testing.T, s *shelf) {
	state := s.draft(t, "a", "text", document.Metadata{"list": []any{"x"}, "deep": map[string]any{"k": "v"}}).State()
	must(t, s.Documents.Add(s.ctx, state))
	spoil := func(m document.Metadata) {
		m["list"].([]any)[0] = "spoilt"
		m["deep"].(map[string]any)["k"] = "spoilt"
		m["new"] = "spoilt"
	}
	spoil(state.Metadata)
	for what, read := range map[string]func() document.Metadata{
		"Get":        func() document.Metadata { d, _ := s.Documents.Get(s.ctx, state.ID); return d.Metadata },
		"FindByHash": func() document.Metadata { d, _ := s.Documents.FindByHash(s.ctx, state.Hash); return d.Metadata },
		"Version":    func() document.Metadata { v, _ := s.History.Version(s.ctx, state.ID, 1); return v.Metadata },
		"List": func() document.Metadata {
			page, _ := s.Documents.List(s.ctx, document.Filter{}, domain.PageRequest{}, false)
			return page.Items[0].Metadata
		},
		"Versions": func() document.Metadata {
			page, _ := s.History.Versions(s.ctx, state.ID, domain.PageRequest{})
			return page.Items[0].Metadata
		},
		"Search": func() document.Metadata {
			hits, _ := s.Index.Search(s.ctx, document.Search{})
			return hits.Items[0].Metadata
		},
	} {
		for range 2 {
			m := read()
			if fmt.Sprint(m) != "map[deep:map[k:v] list:[x]]" {
				t.Fatalf("%s shares memory: %v", what, m)
			}
			spoil(m)
		}
	}
}

func documentsRollback(t *testing.T, s *shelf) {
	kept := s.add(t, "kept", "the old heron", nil)
	before := kept.State()
	reason := errors.New("no")
	err := s.Unit.Within(s.ctx, func(ctx context.Context) error {
		inside := *s
		inside.ctx = ctx
		inside.add(t, "new", "the new stork", nil)
		inside.revise(t, kept, "the changed stork", nil)
		if got := inside.find(t, "stork"); len(got) != 2 {
			t.Errorf("inside the transaction: found %q", got)
		}
		must(t, s.Outbox.Append(ctx, event("1", "a")))
		return reason
	})
	if !errors.Is(err, reason) {
		t.Errorf("got %v, want the error of fn", err)
	}
	if got, err := s.Documents.Get(s.ctx, before.ID); err != nil || !reflect.DeepEqual(got, before) {
		t.Errorf("after the rollback: got %+v, %v", got, err)
	}
	_, err = s.Documents.Get(s.ctx, docID("new"))
	refused(t, "the new document", err, domain.NotFound)
	_, err = s.History.Version(s.ctx, docID("kept"), 2)
	refused(t, "the new version", err, domain.NotFound)
	sameStrings(t, "stork", s.find(t, "stork"), []string{})
	sameStrings(t, "heron", s.find(t, "heron"), []string{"kept"})
	if spans, err := s.Spans.Of(s.ctx, docID("kept"), 2); err != nil || len(spans) != 0 {
		t.Errorf("spans after the rollback: %v, %v", spans, err)
	}
	must(t, s.Outbox.Append(s.ctx, event("1", "a"))) // is not there twice
}

func documentsPurge(t *testing.T, s *shelf) {
	a := s.add(t, "a", "a heron", nil)
	first := s.now
	s.revise(t, a, "a stork", nil)
	s.remove(t, a)
	b := s.add(t, "b", "a heron", nil) // shares a text with a
	must(t, s.purge(s.ctx, "a"))
	_, err := s.Documents.Get(s.ctx, docID("a"))
	refused(t, "Get", err, domain.NotFound)
	_, err = s.History.Version(s.ctx, docID("a"), 1)
	refused(t, "Version", err, domain.NotFound)
	_, err = s.History.At(s.ctx, docID("a"), first)
	refused(t, "At", err, domain.NotFound)
	if spans, err := s.Spans.Of(s.ctx, docID("a"), 1); err != nil || len(spans) != 0 {
		t.Errorf("spans after the purge: %v, %v", spans, err)
	}
	sameStrings(t, "stork then", s.find(t, "stork", asOf(first.Add(90*time.Second))), []string{})
	sameStrings(t, "heron then", s.find(t, "heron", asOf(first)), []string{})
	sameStrings(t, "heron now", s.find(t, "heron"), []string{b.State().ID.String()})
	refused(t, "purging again", s.purge(s.ctx, "a"), domain.NotFound)
	s.add(t, "a", "a stork", nil)
	sameStrings(t, "stork anew", s.find(t, "stork"), []string{"a"})
}

func documentsEnded(t *testing.T, s *shelf) {
	a := s.add(t, "a", "text", nil)
	ended, cancel := context.WithCancel(s.ctx)
	cancel()
	for what, call := range map[string]func() error{
		"Add":        func() error { return s.Documents.Add(ended, s.draft(t, "b", "b", nil).State()) },
		"Update":     func() error { return s.Documents.Update(ended, a.State()) },
		"Get":        func() error { _, err := s.Documents.Get(ended, docID("a")); return err },
		"FindByHash": func() error { _, err := s.Documents.FindByHash(ended, a.State().Hash); return err },
		"List": func() error {
			_, err := s.Documents.List(ended, document.Filter{}, domain.PageRequest{}, true)
			return err
		},
		"Purge":       func() error { return s.Documents.Purge(ended, docID("a")) },
		"Version":     func() error { _, err := s.History.Version(ended, docID("a"), 1); return err },
		"At":          func() error { _, err := s.History.At(ended, docID("a"), s.now); return err },
		"Versions":    func() error { _, err := s.History.Versions(ended, docID("a"), domain.PageRequest{}); return err },
		"Prune":       func() error { _, err := s.History.Prune(ended, docID("a"), 1); return err },
		"Summary":     func() error { _, err := s.History.Summary(ended); return err },
		"Index.Put":   func() error { return s.Index.Put(ended, a.Version()) },
		"Search":      func() error { _, err := s.Index.Search(ended, document.Search{}); return err },
		"Rebuild":     func() error { _, err := s.Index.Rebuild(ended); return err },
		"Spans.Put":   func() error { return s.Spans.Put(ended, docID("a"), 1, nil) },
		"Of":          func() error { _, err := s.Spans.Of(ended, docID("a"), 1); return err },
		"Index.Drop":  func() error { return s.Index.Drop(ended, docID("a")) },
		"transaction": func() error { return s.Unit.Within(ended, func(context.Context) error { return nil }) },
	} {
		refused(t, what, call(), domain.Timeout)
	}
	_, err := s.Documents.Get(s.ctx, docID("b"))
	refused(t, "what was added", err, domain.NotFound)
}

func documentsReopen(t *testing.T, s *shelf) {
	if s.Reopen == nil {
		t.Skip("this store keeps nothing")
	}
	a := s.add(t, "a", "a heron", document.Metadata{"k": 1.0})
	s.revise(t, a, "a stork", nil)
	again := newShelf(s.Reopen())
	if got, err := again.Documents.Get(s.ctx, docID("a")); err != nil || !reflect.DeepEqual(got, a.State()) {
		t.Errorf("got %+v, %v; want %+v", got, err, a.State())
	}
	if v, err := again.History.Version(s.ctx, docID("a"), 1); err != nil || v.Content != "a heron" {
		t.Errorf("the first version: %+v, %v", v, err)
	}
	if spans, err := again.Spans.Of(s.ctx, docID("a"), 2); err != nil || len(spans) != 1 {
		t.Errorf("the spans: %+v, %v", spans, err)
	}
	sameStrings(t, "stork", again.find(t, "stork"), []string{"a"})
}
