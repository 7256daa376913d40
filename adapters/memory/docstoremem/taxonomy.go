package docstoremem

import (
	"context"
	"slices"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Taxonomy keeps the order of tags.
type Taxonomy struct {
	db    *memkit.DB
	nodes *memkit.Table[string, document.TaxonomyNode]
}

var _ docstore.Taxonomy = (*Taxonomy)(nil)

// NewTaxonomy returns an empty taxonomy in db.
func NewTaxonomy(db *memkit.DB) *Taxonomy {
	return &Taxonomy{db, memkit.NewTable[string](db, func(n document.TaxonomyNode) document.TaxonomyNode {
		n.Synonyms = slices.Clone(n.Synonyms)
		return n
	})}
}

// Add implements docstore.Taxonomy.
func (s *Taxonomy) Add(ctx context.Context, n document.TaxonomyNode) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		if n.Parent != "" {
			if _, err := get(ctx, s.nodes, n.Parent, "parent in the taxonomy"); err != nil {
				return err
			}
		}
		return s.nodes.Insert(ctx, n.Tag, n, "tag of the taxonomy")
	})
}

// All implements docstore.Taxonomy.
func (s *Taxonomy) All(ctx context.Context) ([]document.TaxonomyNode, error) {
	return s.nodes.Select(ctx, nil)
}
