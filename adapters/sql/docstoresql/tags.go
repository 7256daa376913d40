package docstoresql

import (
	"context"

	"gorm.io/gorm/clause"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Tags keeps what documents are about.
type Tags struct{ db *sqlkit.DB }

var _ docstore.Tags = (*Tags)(nil)

// NewTags returns the tags in an open database that has the Migrations.
func NewTags(db *sqlkit.DB) *Tags { return &Tags{db} }

type tagRow struct {
	DocumentID string `gorm:"primaryKey"`
	Name       string `gorm:"primaryKey"`
	Category   string
	Confidence float64
	Manual     bool
	Created    sqlkit.Instant
}

func (tagRow) TableName() string { return "document_tags" }

func tagRowOf(id document.ID, t document.Tag) tagRow {
	return tagRow{DocumentID: id.String(), Name: t.Name, Category: string(t.Category), Confidence: t.Confidence, Manual: t.Manual,
		Created: sqlkit.InstantOf(t.CreatedAt)}
}

func (r tagRow) tag() document.Tag {
	return document.Tag{Name: r.Name, Category: document.Category(r.Category), Confidence: r.Confidence, Manual: r.Manual, CreatedAt: r.Created.Time()}
}

// Assign makes tags those of a document that were not set by hand.
func (s *Tags) Assign(ctx context.Context, id document.ID, tags []document.Tag) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		names := sqlkit.Convert(tags, func(t document.Tag) string { return t.Name })
		_, err := sqlkit.Delete[tagRow](ctx, s.db, "tag", sqlkit.Where("document_id = ? AND manual = ? AND name NOT IN "+listed(s.db), id.String(), false, list(names)))
		if err != nil || len(tags) == 0 {
			return err
		}
		rows := sqlkit.Convert(tags, func(t document.Tag) tagRow { return tagRowOf(id, t) })
		return sqlkit.Translate(s.db.Write(ctx).Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "document_id"}, {Name: "name"}},
			Where:     clause.Where{Exprs: []clause.Expression{clause.Eq{Column: "document_tags.manual", Value: false}}},
			DoUpdates: clause.AssignmentColumns([]string{"category", "confidence"}),
		}).Create(&rows).Error, "tag")
	})
}

// Set stores one tag, in place of the document's tag of that name.
func (s *Tags) Set(ctx context.Context, id document.ID, tag document.Tag) error {
	row := tagRowOf(id, tag)
	return sqlkit.Translate(s.db.Write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error, "tag")
}

// Of returns the tags of a document.
func (s *Tags) Of(ctx context.Context, id document.ID, category document.Category) ([]document.Tag, error) {
	rows, err := sqlkit.List[tagRow](ctx, s.db, "tag", sqlkit.Where("document_id = ?", id.String()), sqlkit.Equal("category", string(category)),
		sqlkit.Order("category, name"))
	return sqlkit.Convert(rows, tagRow.tag), err
}

// Remove erases the named tags of a document, or all.
func (s *Tags) Remove(ctx context.Context, id document.ID, names []string) (int, error) {
	if len(names) == 0 {
		return sqlkit.Delete[tagRow](ctx, s.db, "tag", sqlkit.Where("document_id = ?", id.String()))
	}
	return sqlkit.Delete[tagRow](ctx, s.db, "tag", sqlkit.Where("document_id = ? AND name IN "+listed(s.db), id.String(), list(names)))
}

// match keeps the tags that a search asks for, of living documents.
func (s *Tags) match(q document.TagSearch) []sqlkit.Scope {
	scopes := []sqlkit.Scope{tagOfLiving(), sqlkit.Where("name IN "+listed(s.db)+" AND confidence >= ?", list(q.Names), q.MinConfidence)}
	if len(q.Categories) > 0 {
		scopes = append(scopes, sqlkit.Where("category IN "+listed(s.db), list(q.Categories)))
	}
	return scopes
}

func tagOfLiving() sqlkit.Scope {
	return sqlkit.Where("EXISTS (SELECT 1 FROM documents d WHERE d.id = document_tags.document_id AND d.deleted_at = 0)")
}

// Search returns living documents by their tags.
func (s *Tags) Search(ctx context.Context, q document.TagSearch) (domain.Page[document.TaggedDocument], error) {
	page := q.Page.Normal()
	needed := len(q.Names)
	if q.Any {
		needed = 1
	}
	var result domain.Page[document.TaggedDocument]
	err := s.db.Snapshot(ctx, func(ctx context.Context) error {
		matching := s.db.Read(ctx).Model(new(tagRow)).Select("document_id, count(*) AS hits").Scopes(s.match(q)...).
			Group("document_id").Having("count(*) >= ?", needed)
		var total int64
		if err := s.db.Read(ctx).Table("(?) AS m", matching).Count(&total).Error; err != nil {
			return sqlkit.Translate(err, "tag")
		}
		var found []tagged
		err := s.db.Read(ctx).Table("(?) AS m", matching).Select("m.document_id, t.title").
			Joins("JOIN documents d ON d.id = m.document_id JOIN texts t ON t.seq = d.text_seq").
			Order("m.hits DESC, m.document_id").Limit(page.Limit).Offset(page.Offset).Scan(&found).Error
		if err != nil {
			return sqlkit.Translate(err, "tag")
		}
		items, err := s.withTags(ctx, q, found)
		result = domain.NewPage(items, int(total), page)
		return err
	})
	return result, err
}

type tagged struct{ DocumentID, Title string }

// withTags adds the tags that match to the documents found.
func (s *Tags) withTags(ctx context.Context, q document.TagSearch, found []tagged) ([]document.TaggedDocument, error) {
	ids := sqlkit.Convert(found, func(f tagged) string { return f.DocumentID })
	rows, err := sqlkit.List[tagRow](ctx, s.db, "tag", append(s.match(q),
		sqlkit.Where("document_id IN "+listed(s.db), list(ids)), sqlkit.Order("category, name"))...)
	if err != nil {
		return nil, err
	}
	tags := map[string][]document.Tag{}
	for _, row := range rows {
		tags[row.DocumentID] = append(tags[row.DocumentID], row.tag())
	}
	return sqlkit.Convert(found, func(f tagged) document.TaggedDocument {
		return document.TaggedDocument{Document: domain.StoredID[document.Document](f.DocumentID), Title: f.Title, Tags: tags[f.DocumentID]}
	}), nil
}

// Stats counts the tags of living documents.
func (s *Tags) Stats(ctx context.Context) (document.TagStats, error) {
	stats := document.TagStats{Categories: map[document.Category]int{}}
	err := s.db.Snapshot(ctx, func(ctx context.Context) error {
		living := func() []sqlkit.Scope { return []sqlkit.Scope{tagOfLiving()} }
		err := s.db.Read(ctx).Model(new(tagRow)).Scopes(living()...).Select("name, count(*) AS documents").
			Group("name").Order("documents DESC, name").Limit(document.MaxTopTags).Scan(&stats.Top).Error
		if err != nil {
			return err
		}
		var categories []struct {
			Category string
			Tags     int
		}
		err = s.db.Read(ctx).Model(new(tagRow)).Scopes(living()...).Select("category, count(*) AS tags").Group("category").Scan(&categories).Error
		if err != nil {
			return err
		}
		for _, c := range categories {
			stats.Categories[document.Category(c.Category)] = c.Tags
		}
		return s.db.Read(ctx).Model(new(tagRow)).Scopes(living()...).Select(`
			count(CASE WHEN confidence >= 0.9 THEN 1 END) AS high,
			count(CASE WHEN confidence >= 0.7 AND confidence < 0.9 THEN 1 END) AS medium,
			count(CASE WHEN confidence < 0.7 THEN 1 END) AS low`).Row().Scan(&stats.High, &stats.Medium, &stats.Low)
	})
	return stats, sqlkit.Translate(err, "tag")
}
