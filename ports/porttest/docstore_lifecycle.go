package porttest

import (
	"context"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/lifecycle"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Policies proves the promises of docstore.Policies. open returns an empty store
// each time.
func Policies(t *testing.T, open func(t *testing.T) docstore.Policies) {
	ctx := context.Background()
	days := 0
	made := func(id string, priority int, created time.Time) lifecycle.Policy {
		return lifecycle.Policy{ID: domain.StoredID[lifecycle.Policy](id), Name: "n ü", Description: "d", ContentTypes: []string{"a"}, MaxAgeDays: &days,
			RequiredTags: []string{"t"}, Action: lifecycle.Archive, RetentionDays: 7, Priority: priority, Enabled: true, CreatedAt: created, UpdatedAt: created}
	}
	t.Run("policies are kept whole, in order", func(t *testing.T) {
		s := open(t)
		young, old, high := made("a", 0, noon.Add(time.Second)), made("b", 0, noon), made("c", 1, noon.Add(time.Hour))
		for _, p := range []lifecycle.Policy{young, old, high} {
			must(t, s.Add(ctx, p))
		}
		wantKind(t, "a taken id", s.Add(ctx, old), domain.Conflict)
		page, err := s.List(ctx, domain.PageRequest{})
		must(t, err)
		wantSame(t, "list", page.Items, []lifecycle.Policy{high, old, young})
		old.Enabled, old.MaxAgeDays, old.ContentTypes, old.Action, old.Priority = false, nil, nil, "", -1
		must(t, s.Update(ctx, old))
		got, err := s.Get(ctx, old.ID)
		must(t, err)
		wantSame(t, "updated", got, old)
		must(t, s.Delete(ctx, old.ID))
		wantKind(t, "second delete", s.Delete(ctx, old.ID), domain.NotFound)
		wantKind(t, "update of the deleted", s.Update(ctx, old), domain.NotFound)
		_, err = s.Get(ctx, old.ID)
		wantKind(t, "get of the deleted", err, domain.NotFound)
	})
}

// Lifecycles proves the promises of docstore.Lifecycles. open returns an empty
// store each time.
func Lifecycles(t *testing.T, open func(t *testing.T) docstore.Lifecycles) {
	ctx := context.Background()
	a, b, c := domain.StoredID[document.Document]("a"), domain.StoredID[document.Document]("b"), domain.StoredID[document.Document]("c")
	t.Run("the last record stands, the audit grows", func(t *testing.T) {
		s := open(t)
		first := lifecycle.Change{ID: "1", Document: a, From: lifecycle.Active, To: lifecycle.ArchivalPending, Reason: "r ü", By: "u", At: noon}
		second := lifecycle.Change{ID: "2", Document: a, From: lifecycle.ArchivalPending, To: lifecycle.Archived, By: "policy", At: noon}
		record := lifecycle.Record{Document: a, Phase: lifecycle.ArchivalPending, ArchivalDate: noon, ReviewedAt: noon}
		must(t, s.Put(ctx, record, first))
		record = lifecycle.Record{Document: a, Phase: lifecycle.Archived, RetentionDays: 3, DeletionDate: noon.Add(time.Hour), ReviewedAt: noon, Applied: []string{"p", "q"}}
		must(t, s.Put(ctx, record, second))
		must(t, s.Put(ctx, lifecycle.New(b)))
		got, err := s.Of(ctx, a, b, c)
		must(t, err)
		wantSame(t, "records", got, map[document.ID]lifecycle.Record{a: record, b: lifecycle.New(b)})
		page, err := s.Changes(ctx, a, domain.PageRequest{})
		must(t, err)
		wantSame(t, "audit", page.Items, []lifecycle.Change{second, first})
		none, err := s.Of(ctx)
		must(t, err)
		if len(none) != 0 {
			t.Errorf("of nobody: %v", none)
		}
	})
	t.Run("an ended context is a timeout", func(t *testing.T) {
		s := open(t)
		ended, cancel := context.WithCancel(ctx)
		cancel()
		wantKind(t, "Put", s.Put(ended, lifecycle.New(a)), domain.Timeout)
		_, err := s.Of(ended, a)
		wantKind(t, "Of", err, domain.Timeout)
	})
}
