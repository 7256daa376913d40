package docstoremem

import (
	"cmp"
	"context"
	"slices"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Relations keeps the links between documents.
type Relations struct {
	store     *Store
	relations *memkit.Table[string, document.Relation]
}

var _ docstore.Relations = (*Relations)(nil)

// NewRelations returns no relations between the documents of store.
func NewRelations(store *Store) *Relations {
	s := &Relations{store, memkit.NewTable[string](store.db, func(r document.Relation) document.Relation {
		r.Metadata = object(r.Metadata)
		return r
	})}
	goesWith(store, s.relations, func(r document.Relation) string { return r.ID.String() },
		func(r document.Relation, id document.ID) bool { return r.Source == id || r.Target == id })
	return s
}

// object returns a deep copy of any object.
func object(m document.Metadata) document.Metadata {
	copied := document.Metadata{"": map[string]any(m)}.Clone()[""]
	return copied.(map[string]any)
}

// Add implements docstore.Relations.
func (s *Relations) Add(ctx context.Context, r document.Relation) error {
	return s.store.db.Within(ctx, func(ctx context.Context) error {
		twins, err := s.relations.Select(ctx, func(other document.Relation) bool { return other.Triple() == r.Triple() })
		if err != nil {
			return err
		}
		if len(twins) > 0 {
			return domain.Conflict.New("There is such a relationship already.").WithDetail("id", twins[0].ID.String())
		}
		ends := []document.ID{r.Source}
		if !r.Target.IsZero() {
			ends = append(ends, r.Target)
		}
		if err := s.store.stored(ctx, ends...); err != nil {
			return err
		}
		return s.relations.Insert(ctx, r.ID.String(), r, "relationship")
	})
}

// Get implements docstore.Relations.
func (s *Relations) Get(ctx context.Context, id document.RelationID) (document.Relation, error) {
	found, err := s.seen(ctx, func(r document.Relation) bool { return r.ID == id })
	if err == nil && len(found) == 0 {
		err = domain.NotFound.New("There is no such relationship.")
	}
	if err != nil {
		return document.Relation{}, err
	}
	return found[0], nil
}

// Remove implements docstore.Relations.
func (s *Relations) Remove(ctx context.Context, id document.RelationID) error {
	return erase(ctx, s.relations, id.String(), "relationship")
}

// List implements docstore.Relations.
func (s *Relations) List(ctx context.Context, id document.ID, f document.RelationFilter, page domain.PageRequest) (domain.Page[document.Relation], error) {
	kept, err := s.seen(ctx, func(r document.Relation) bool {
		outgoing, incoming := r.Source == id && f.Direction != document.Incoming, r.Target == id && f.Direction != document.Outgoing
		return (outgoing || incoming) && (f.Type == "" || f.Type == r.Type)
	})
	slices.SortFunc(kept, func(a, b document.Relation) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), compareIDs(a.ID, b.ID))
	})
	return memkit.PageOf(kept, page), err
}

// From implements docstore.Relations.
func (s *Relations) From(ctx context.Context, ids []document.ID) ([]document.Relation, error) {
	wanted := setOf(ids)
	return s.seen(ctx, func(r document.Relation) bool { return wanted[r.Source] })
}

// Touching implements docstore.Relations.
func (s *Relations) Touching(ctx context.Context, ids []document.ID) ([]document.Relation, error) {
	wanted := setOf(ids)
	return s.seen(ctx, func(r document.Relation) bool { return !r.Target.IsZero() && (wanted[r.Source] || wanted[r.Target]) })
}

// Edges implements docstore.Relations.
func (s *Relations) Edges(ctx context.Context) (edges []document.Edge, external int, err error) {
	all, err := s.seen(ctx, func(document.Relation) bool { return true })
	for _, r := range all {
		if r.Target.IsZero() {
			external++
		} else {
			edges = append(edges, r.Edge())
		}
	}
	return edges, external, err
}

// seen returns those of the relations whose ends live, by id.
func (s *Relations) seen(ctx context.Context, keep func(document.Relation) bool) ([]document.Relation, error) {
	living, err := s.store.lives(ctx)
	if err != nil {
		return nil, err
	}
	return s.relations.Select(ctx, func(r document.Relation) bool {
		_, source := living[r.Source]
		_, target := living[r.Target]
		return source && (target || r.Target.IsZero()) && keep(r)
	})
}

func setOf[T comparable](items []T) map[T]bool {
	set := make(map[T]bool, len(items))
	for _, item := range items {
		set[item] = true
	}
	return set
}
