package docstoremem

import (
	"context"
	"slices"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

var _ docstore.Directory = (*Store)(nil)

// Nodes implements docstore.Directory.
func (s *Store) Nodes(ctx context.Context, ids []document.ID) ([]document.Node, error) {
	living, err := s.lives(ctx)
	if err != nil {
		return nil, err
	}
	nodes := []document.Node{}
	for _, id := range ids {
		if d, ok := living[id]; ok {
			kind, _ := d.Metadata["type"].(string)
			nodes = append(nodes, document.Node{ID: id, Title: d.Title, Type: kind})
		}
	}
	slices.SortFunc(nodes, func(a, b document.Node) int { return compareIDs(a.ID, b.ID) })
	return slices.Compact(nodes), nil
}

// ByPath implements docstore.Directory.
func (s *Store) ByPath(ctx context.Context, paths []string) (map[string]document.ID, error) {
	living, err := s.lives(ctx)
	if err != nil {
		return nil, err
	}
	byPath := map[string]document.ID{}
	for id, d := range living {
		path, ok := d.Metadata["path"].(string)
		if !ok || !slices.Contains(paths, path) {
			continue
		}
		if before, taken := living[byPath[path]]; !taken || later(d, before) {
			byPath[path] = id
		}
	}
	return byPath, nil
}

// later reports whether a comes before b: changed later, or else of the lesser id.
func later(a, b document.State) bool {
	if order := a.UpdatedAt.Compare(b.UpdatedAt); order != 0 {
		return order > 0
	}
	return compareIDs(a.ID, b.ID) < 0
}

// lives returns the living documents.
func (s *Store) lives(ctx context.Context) (map[document.ID]document.State, error) {
	kept, err := s.documents.Select(ctx, func(d document.State) bool { return d.DeletedAt.IsZero() })
	living := make(map[document.ID]document.State, len(kept))
	for _, d := range kept {
		living[d.ID] = d
	}
	return living, err
}

// stored fails with NotFound unless every document was stored, living or not.
func (s *Store) stored(ctx context.Context, ids ...document.ID) error {
	for _, id := range ids {
		if _, err := s.Get(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// goesWith erases the rows of a document when it is purged.
func goesWith[V any](s *Store, t *memkit.Table[string, V], key func(V) string, of func(V, document.ID) bool) {
	s.purges = append(s.purges, func(ctx context.Context, id document.ID) error {
		rows, err := t.Select(ctx, func(row V) bool { return of(row, id) })
		for _, row := range rows {
			if _, err := t.Delete(ctx, key(row)); err != nil {
				return err
			}
		}
		return err
	})
}

func compareIDs[T any](a, b domain.ID[T]) int {
	switch x, y := a.String(), b.String(); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}
