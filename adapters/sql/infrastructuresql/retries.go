package infrastructuresql

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/ports/infrastructure"
)

// idBatch keeps a query within the parameters that both engines allow.
const idBatch = 500

// Retries remembers how often dead letters were tried again.
type Retries struct{ db *sqlkit.DB }

// NewRetries returns the tries in an open database that has the Migrations.
func NewRetries(db *sqlkit.DB) *Retries { return &Retries{db} }

type retryRow struct {
	Letter string `gorm:"primaryKey"`
	Count  int
	Most   int
	At     sqlkit.Instant
}

func (retryRow) TableName() string { return "letter_retries" }

// Of implements infrastructure.Retries.
func (r *Retries) Of(ctx context.Context, ids ...string) (map[string]infrastructure.Tries, error) {
	known := make(map[string]infrastructure.Tries)
	for batch := range slices.Chunk(ids, idBatch) {
		rows, err := sqlkit.List[retryRow](ctx, r.db, "retry", sqlkit.Where("letter IN ?", batch))
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			known[row.Letter] = infrastructure.Tries{Count: row.Count, Limit: row.Most}
		}
	}
	return known, nil
}

// Put implements infrastructure.Retries.
func (r *Retries) Put(ctx context.Context, id string, tries infrastructure.Tries, at time.Time) error {
	row := retryRow{Letter: id, Count: tries.Count, Most: tries.Limit, At: sqlkit.InstantOf(at)}
	every := clause.OnConflict{Columns: []clause.Column{{Name: "letter"}}, UpdateAll: true}
	return sqlkit.Translate(r.db.Write(ctx).Clauses(every).Create(&row).Error, "retry")
}

// Forget implements infrastructure.Retries.
func (r *Retries) Forget(ctx context.Context, id string) error {
	_, err := sqlkit.Delete[retryRow](ctx, r.db, "retry", sqlkit.Where("letter = ?", id))
	return err
}

// Purge implements infrastructure.Retries.
func (r *Retries) Purge(ctx context.Context, before time.Time) (int, error) {
	return sqlkit.Delete[retryRow](ctx, r.db, "retry", sqlkit.Where("at < ?", sqlkit.InstantOf(before)))
}
