package docstoresql

import (
	"context"
	"errors"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Relations keeps the links between documents.
type Relations struct{ db *sqlkit.DB }

var _ docstore.Relations = (*Relations)(nil)

// NewRelations returns the relations in an open database that has the Migrations.
func NewRelations(db *sqlkit.DB) *Relations { return &Relations{db} }

type relationRow struct {
	ID        string `gorm:"primaryKey"`
	SourceID  string
	TargetID  *string
	External  string
	Type      string
	Strength  float64
	Metadata  document.Metadata `gorm:"serializer:json"`
	Extracted bool
	Created   sqlkit.Instant
}

func (relationRow) TableName() string { return "relations" }

func relationRowOf(r document.Relation) relationRow {
	row := relationRow{ID: r.ID.String(), SourceID: r.Source.String(), External: r.External, Type: r.Type, Strength: r.Strength,
		Metadata: filled(r.Metadata), Extracted: r.Extracted, Created: sqlkit.InstantOf(r.CreatedAt)}
	if target := r.Target.String(); target != "" {
		row.TargetID = &target
	}
	return row
}

func (r relationRow) relation() document.Relation {
	relation := document.Relation{ID: domain.StoredID[document.Relation](r.ID), Source: domain.StoredID[document.Document](r.SourceID),
		External: r.External, Type: r.Type, Strength: r.Strength, Metadata: r.Metadata, Extracted: r.Extracted, CreatedAt: r.Created.Time()}
	if r.TargetID != nil {
		relation.Target = domain.StoredID[document.Document](*r.TargetID)
	}
	return relation
}

// seen keeps the relations whose ends live.
func seen() sqlkit.Scope {
	return sqlkit.Where(`EXISTS (SELECT 1 FROM documents d WHERE d.id = relations.source_id AND d.deleted_at = 0) AND
		(target_id IS NULL OR EXISTS (SELECT 1 FROM documents d WHERE d.id = relations.target_id AND d.deleted_at = 0))`)
}

// Add stores a new relation. It looks for the one in the way first, since
// PostgreSQL lets nothing be read after a failed statement.
func (s *Relations) Add(ctx context.Context, r document.Relation) error {
	row := relationRowOf(r)
	return s.db.Within(ctx, func(ctx context.Context) error {
		twin, err := sqlkit.Get[relationRow](ctx, s.db, "relationship", sqlkit.Select("id"),
			sqlkit.Where("source_id = ? AND type = ? AND coalesce(target_id, '') = ? AND external = ?", row.SourceID, row.Type, r.Target.String(), row.External))
		if err == nil {
			return domain.Conflict.New("There is such a relationship already.").WithDetail("id", twin.ID)
		}
		if !errors.Is(err, domain.NotFound) {
			return err
		}
		return sqlkit.Insert(ctx, s.db, &row, "relationship")
	})
}

// Get returns a relation.
func (s *Relations) Get(ctx context.Context, id document.RelationID) (document.Relation, error) {
	row, err := sqlkit.Get[relationRow](ctx, s.db, "relationship", sqlkit.Where("id = ?", id.String()), seen())
	return row.relation(), err
}

// Remove erases a relation.
func (s *Relations) Remove(ctx context.Context, id document.RelationID) error {
	return erase[relationRow](ctx, s.db, id.String(), "relationship")
}

// List returns the relations of a document, the latest created first.
func (s *Relations) List(ctx context.Context, id document.ID, f document.RelationFilter, page domain.PageRequest) (domain.Page[document.Relation], error) {
	end := sqlkit.Where("(source_id = ? OR target_id = ?)", id.String(), id.String())
	switch f.Direction {
	case document.Outgoing:
		end = sqlkit.Where("source_id = ?", id.String())
	case document.Incoming:
		end = sqlkit.Where("target_id = ?", id.String())
	}
	rows, err := sqlkit.Page[relationRow](ctx, s.db, "relationship", "created DESC, id", page, end, sqlkit.Equal("type", storable(f.Type)), seen())
	return domain.MapPage(rows, relationRow.relation), err
}

// From returns every relation that starts at one of the documents.
func (s *Relations) From(ctx context.Context, ids []document.ID) ([]document.Relation, error) {
	rows, err := sqlkit.List[relationRow](ctx, s.db, "relationship", sqlkit.Where("source_id IN "+s.listed(), list(ids)), seen(), sqlkit.Order("id"))
	return sqlkit.Convert(rows, relationRow.relation), err
}

// Touching returns every relation between documents that has one of them at
// either end.
func (s *Relations) Touching(ctx context.Context, ids []document.ID) ([]document.Relation, error) {
	rows, err := sqlkit.List[relationRow](ctx, s.db, "relationship",
		sqlkit.Where("target_id IS NOT NULL AND (source_id IN "+s.listed()+" OR target_id IN "+s.listed()+")", list(ids), list(ids)),
		seen(), sqlkit.Order("id"))
	return sqlkit.Convert(rows, relationRow.relation), err
}

// Edges returns every relation between documents as a link.
func (s *Relations) Edges(ctx context.Context) (edges []document.Edge, external int, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context) error {
		if external, err = sqlkit.Count[relationRow](ctx, s.db, "relationship", sqlkit.Where("target_id IS NULL"), seen()); err != nil {
			return err
		}
		rows, err := sqlkit.List[relationRow](ctx, s.db, "relationship", sqlkit.Select("source_id", "target_id", "type"),
			sqlkit.Where("target_id IS NOT NULL"), seen())
		edges = sqlkit.Convert(rows, func(r relationRow) document.Edge { return r.relation().Edge() })
		return err
	})
	return edges, external, err
}

func (s *Relations) listed() string { return listed(s.db) }
