package docstoresql

import (
	"context"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Taxonomy keeps the order of tags.
type Taxonomy struct{ db *sqlkit.DB }

var _ docstore.Taxonomy = (*Taxonomy)(nil)

// NewTaxonomy returns the taxonomy in an open database that has the Migrations.
func NewTaxonomy(db *sqlkit.DB) *Taxonomy { return &Taxonomy{db} }

type taxonomyRow struct {
	Tag         string `gorm:"primaryKey"`
	Category    string
	Description string
	Parent      *string
	Synonyms    []string `gorm:"serializer:json"`
	Created     sqlkit.Instant
}

func (taxonomyRow) TableName() string { return "taxonomy" }

func (r taxonomyRow) node() document.TaxonomyNode {
	n := document.TaxonomyNode{Tag: r.Tag, Category: document.Category(r.Category), Description: r.Description, Synonyms: r.Synonyms, CreatedAt: r.Created.Time()}
	if r.Parent != nil {
		n.Parent = *r.Parent
	}
	return n
}

// Add stores a new node.
func (s *Taxonomy) Add(ctx context.Context, n document.TaxonomyNode) error {
	row := taxonomyRow{Tag: n.Tag, Category: string(n.Category), Description: n.Description, Synonyms: append([]string{}, n.Synonyms...),
		Created: sqlkit.InstantOf(n.CreatedAt)}
	if n.Parent != "" {
		row.Parent = &n.Parent
	}
	return sqlkit.Insert(ctx, s.db, &row, "tag of the taxonomy")
}

// All returns every node, by tag.
func (s *Taxonomy) All(ctx context.Context) ([]document.TaxonomyNode, error) {
	rows, err := sqlkit.List[taxonomyRow](ctx, s.db, "tag of the taxonomy", sqlkit.Order("tag"))
	return sqlkit.Convert(rows, taxonomyRow.node), err
}
