package docstoresql

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// QualityLog keeps how the quality of all documents was.
type QualityLog struct{ db *sqlkit.DB }

var _ docstore.QualityLog = (*QualityLog)(nil)

// NewQualityLog returns the log in an open database that has the Migrations.
func NewQualityLog(db *sqlkit.DB) *QualityLog { return &QualityLog{db} }

type summaryRow struct {
	At        sqlkit.Instant `gorm:"primaryKey;autoIncrement:false"`
	Documents int
	Flags     map[document.Flag]int `gorm:"serializer:json"`
}

func (summaryRow) TableName() string { return "quality_log" }

func (r summaryRow) summary() document.QualitySummary {
	return document.QualitySummary{At: r.At.Time(), Documents: r.Documents, Flags: r.Flags}
}

// Record keeps a summary.
func (l *QualityLog) Record(ctx context.Context, s document.QualitySummary) error {
	row := summaryRow{At: sqlkit.InstantOf(s.At), Documents: s.Documents, Flags: s.Flags}
	if row.Flags == nil {
		row.Flags = map[document.Flag]int{}
	}
	return sqlkit.Translate(l.db.Write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error, "quality")
}

// List returns summaries, the latest first.
func (l *QualityLog) List(ctx context.Context, page domain.PageRequest) (domain.Page[document.QualitySummary], error) {
	rows, err := sqlkit.Page[summaryRow](ctx, l.db, "quality", "at DESC", page)
	return domain.MapPage(rows, summaryRow.summary), err
}

// Purge erases summaries of before an instant.
func (l *QualityLog) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return purge(ctx, l.db, `DELETE FROM quality_log WHERE at IN (SELECT at FROM quality_log WHERE at < $1 ORDER BY at LIMIT $2)`, before, limit)
}
