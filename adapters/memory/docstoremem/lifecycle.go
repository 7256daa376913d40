package docstoremem

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/lifecycle"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Policies keeps what decides about the life of documents.
type Policies struct {
	policies *memkit.Table[string, lifecycle.Policy]
}

// Lifecycles keeps where documents stand, and the audit of how they came there.
type Lifecycles struct {
	db      *memkit.DB
	last    atomic.Int64
	records *memkit.Table[string, lifecycle.Record]
	changes *memkit.Table[int64, lifecycle.Change]
}

var (
	_ docstore.Policies   = (*Policies)(nil)
	_ docstore.Lifecycles = (*Lifecycles)(nil)
)

// NewPolicies returns empty policies in db.
func NewPolicies(db *memkit.DB) *Policies {
	return &Policies{memkit.NewTable[string](db, func(p lifecycle.Policy) lifecycle.Policy {
		p.ContentTypes, p.RequiredTags = slices.Clone(p.ContentTypes), slices.Clone(p.RequiredTags)
		if p.MaxAgeDays != nil {
			days := *p.MaxAgeDays
			p.MaxAgeDays = &days
		}
		return p
	})}
}

// NewLifecycles returns empty records in db.
func NewLifecycles(db *memkit.DB) *Lifecycles {
	return &Lifecycles{
		db: db,
		records: memkit.NewTable[string](db, func(r lifecycle.Record) lifecycle.Record {
			r.Applied = slices.Clone(r.Applied)
			return r
		}),
		changes: memkit.NewTable[int64](db, func(c lifecycle.Change) lifecycle.Change { return c }),
	}
}

// Add implements docstore.Policies.
func (s *Policies) Add(ctx context.Context, p lifecycle.Policy) error {
	return s.policies.Insert(ctx, p.ID.String(), p, "policy")
}

// Update implements docstore.Policies.
func (s *Policies) Update(ctx context.Context, p lifecycle.Policy) error {
	return replace(ctx, s.policies, p.ID.String(), p, "policy")
}

// Get implements docstore.Policies.
func (s *Policies) Get(ctx context.Context, id lifecycle.PolicyID) (lifecycle.Policy, error) {
	return get(ctx, s.policies, id.String(), "policy")
}

// List implements docstore.Policies.
func (s *Policies) List(ctx context.Context, page domain.PageRequest) (domain.Page[lifecycle.Policy], error) {
	all, err := s.policies.Select(ctx, nil)
	slices.SortFunc(all, func(a, b lifecycle.Policy) int {
		return cmp.Or(cmp.Compare(b.Priority, a.Priority), a.CreatedAt.Compare(b.CreatedAt), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return memkit.PageOf(all, page), err
}

// Delete implements docstore.Policies.
func (s *Policies) Delete(ctx context.Context, id lifecycle.PolicyID) error {
	return erase(ctx, s.policies, id.String(), "policy")
}

// Put implements docstore.Lifecycles.
func (s *Lifecycles) Put(ctx context.Context, r lifecycle.Record, changes ...lifecycle.Change) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		if err := s.records.Put(ctx, r.Document.String(), r); err != nil {
			return err
		}
		for _, c := range changes {
			if err := s.changes.Put(ctx, s.last.Add(1), c); err != nil {
				return err
			}
		}
		return nil
	})
}

// Of implements docstore.Lifecycles.
func (s *Lifecycles) Of(ctx context.Context, ids ...document.ID) (map[document.ID]lifecycle.Record, error) {
	records := make(map[document.ID]lifecycle.Record)
	for _, id := range ids {
		r, ok, err := s.records.Get(ctx, id.String())
		if err != nil {
			return nil, err
		}
		if ok {
			records[id] = r
		}
	}
	return records, nil
}

// Changes implements docstore.Lifecycles.
func (s *Lifecycles) Changes(ctx context.Context, id document.ID, page domain.PageRequest) (domain.Page[lifecycle.Change], error) {
	kept, err := s.changes.Select(ctx, func(c lifecycle.Change) bool { return c.Document == id })
	slices.Reverse(kept)
	return memkit.PageOf(kept, page), err
}
