package docstoresql

import (
	"context"
	"slices"

	"gorm.io/gorm/clause"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/lifecycle"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Lifecycles keeps where documents stand, and the audit of how they came there.
// Neither refers to documents, so that both outlive them.
type Lifecycles struct{ db *sqlkit.DB }

var _ docstore.Lifecycles = (*Lifecycles)(nil)

// NewLifecycles returns the records in an open database that has the Migrations.
func NewLifecycles(db *sqlkit.DB) *Lifecycles { return &Lifecycles{db} }

type lifecycleRow struct {
	DocumentID string `gorm:"primaryKey"`
	Phase      string
	Retention  int
	Archival   sqlkit.Instant
	Deletion   sqlkit.Instant
	Reviewed   sqlkit.Instant
	Applied    []string `gorm:"serializer:json"`
}

func (lifecycleRow) TableName() string { return "document_lifecycle" }

func (r lifecycleRow) record() lifecycle.Record {
	record := lifecycle.Record{Document: domain.StoredID[document.Document](r.DocumentID), Phase: lifecycle.Phase(r.Phase), RetentionDays: r.Retention,
		ArchivalDate: r.Archival.Time(), DeletionDate: r.Deletion.Time(), ReviewedAt: r.Reviewed.Time()}
	if len(r.Applied) > 0 {
		record.Applied = r.Applied
	}
	return record
}

type changeRow struct {
	Seq        int64 `gorm:"primaryKey;autoIncrement"`
	ID         string
	DocumentID string
	FromPhase  string
	ToPhase    string
	Reason     string
	ChangedBy  string
	At         sqlkit.Instant
}

func (changeRow) TableName() string { return "lifecycle_events" }

func (r changeRow) change() lifecycle.Change {
	return lifecycle.Change{ID: r.ID, Document: domain.StoredID[document.Document](r.DocumentID), From: lifecycle.Phase(r.FromPhase),
		To: lifecycle.Phase(r.ToPhase), Reason: r.Reason, By: r.ChangedBy, At: r.At.Time()}
}

// Put stores the record of a document and adds rows to the audit.
func (s *Lifecycles) Put(ctx context.Context, r lifecycle.Record, changes ...lifecycle.Change) error {
	row := lifecycleRow{DocumentID: r.Document.String(), Phase: string(r.Phase), Retention: r.RetentionDays, Archival: sqlkit.InstantOf(r.ArchivalDate),
		Deletion: sqlkit.InstantOf(r.DeletionDate), Reviewed: sqlkit.InstantOf(r.ReviewedAt), Applied: append([]string{}, r.Applied...)}
	rows := sqlkit.Convert(changes, func(c lifecycle.Change) changeRow {
		return changeRow{ID: c.ID, DocumentID: c.Document.String(), FromPhase: string(c.From), ToPhase: string(c.To),
			Reason: c.Reason, ChangedBy: c.By, At: sqlkit.InstantOf(c.At)}
	})
	return s.db.Within(ctx, func(ctx context.Context) error {
		if err := s.db.Write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
			return sqlkit.Translate(err, "life cycle")
		}
		return sqlkit.InsertAll(ctx, s.db, rows, "change")
	})
}

// ofBatch keeps a statement within the parameters that both engines allow.
const ofBatch = 1000

// Of returns the records of the documents that have one.
func (s *Lifecycles) Of(ctx context.Context, ids ...document.ID) (map[document.ID]lifecycle.Record, error) {
	records := make(map[document.ID]lifecycle.Record)
	for batch := range slices.Chunk(ids, ofBatch) {
		rows, err := sqlkit.List[lifecycleRow](ctx, s.db, "life cycle", sqlkit.Where("document_id IN ?", sqlkit.Convert(batch, document.ID.String)))
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			r := row.record()
			records[r.Document] = r
		}
	}
	return records, nil
}

// Changes lists the audit of a document, the latest first.
func (s *Lifecycles) Changes(ctx context.Context, id document.ID, page domain.PageRequest) (domain.Page[lifecycle.Change], error) {
	rows, err := sqlkit.Page[changeRow](ctx, s.db, "change", "seq DESC", page, sqlkit.Where("document_id = ?", id.String()))
	return domain.MapPage(rows, changeRow.change), err
}
