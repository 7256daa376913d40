package sourceagentsql

import (
	"context"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
)

// Records keeps what was known of each file.
type Records struct{ db *sqlkit.DB }

// NewRecords returns the records in an open database that has the Migrations.
func NewRecords(db *sqlkit.DB) *Records { return &Records{db} }

type recordRow struct {
	Place     string `gorm:"primaryKey"`
	Path      string `gorm:"primaryKey"`
	Size      int64
	Stamp     string
	Hash      string
	Document  string
	Duplicate bool
}

func (recordRow) TableName() string { return "records" }

func (r recordRow) record() source.Record {
	return source.Record{Item: source.Item{Path: r.Path, Size: r.Size, Stamp: r.Stamp},
		Hash: r.Hash, Document: r.Document, Duplicate: r.Duplicate}
}

func (r recordRow) holder() source.Holder {
	return source.Holder{Place: domain.StoredID[source.Place](r.Place), Record: r.record()}
}

// Load returns every record of a place.
func (s *Records) Load(ctx context.Context, place source.PlaceID) ([]source.Record, error) {
	rows, err := sqlkit.List[recordRow](ctx, s.db, "record", sqlkit.Where("place = ?", place.String()), sqlkit.Order("path"))
	return sqlkit.Convert(rows, recordRow.record), err
}

// List returns a page of them.
func (s *Records) List(ctx context.Context, place source.PlaceID, page domain.PageRequest) (domain.Page[source.Record], error) {
	rows, err := sqlkit.Page[recordRow](ctx, s.db, "record", "path", page, sqlkit.Where("place = ?", place.String()))
	return domain.MapPage(rows, recordRow.record), err
}

// Put stores the record of a file.
func (s *Records) Put(ctx context.Context, place source.PlaceID, r source.Record) error {
	_, err := s.db.RawWrite(ctx).ExecContext(ctx, `
		INSERT INTO records (place, path, size, stamp, hash, document, duplicate) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (place, path) DO UPDATE SET size = excluded.size, stamp = excluded.stamp, hash = excluded.hash,
			document = excluded.document, duplicate = excluded.duplicate`,
		place.String(), r.Path, r.Size, r.Stamp, r.Hash, r.Document, r.Duplicate)
	return sqlkit.Translate(err, "record")
}

// Delete erases the record of a path.
func (s *Records) Delete(ctx context.Context, place source.PlaceID, path string) error {
	_, err := s.db.RawWrite(ctx).ExecContext(ctx, `DELETE FROM records WHERE place = $1 AND path = $2`, place.String(), path)
	return sqlkit.Translate(err, "record")
}

// Holders returns the records that point to a document.
func (s *Records) Holders(ctx context.Context, document string) ([]source.Holder, error) {
	rows, err := sqlkit.List[recordRow](ctx, s.db, "record", sqlkit.Where("document = ?", document), sqlkit.Order("duplicate, place, path"))
	return sqlkit.Convert(rows, recordRow.holder), err
}
