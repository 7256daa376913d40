package docstoresql

import (
	"context"
	"maps"
	"slices"

	"gorm.io/gorm/clause"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Fingerprints knows which contents say the same.
type Fingerprints struct{ db *sqlkit.DB }

var _ docstore.Fingerprints = (*Fingerprints)(nil)

// NewFingerprints returns the fingerprints in an open database that has the Migrations.
func NewFingerprints(db *sqlkit.DB) *Fingerprints { return &Fingerprints{db} }

type fingerprintRow struct {
	Hash        string `gorm:"primaryKey"`
	Fingerprint string
}

func (fingerprintRow) TableName() string { return "fingerprints" }

// Missing returns living documents whose content has no fingerprint yet.
func (s *Fingerprints) Missing(ctx context.Context, limit int) ([]document.State, error) {
	rows, err := s.db.RawRead(ctx).QueryContext(ctx, `SELECT `+documentColumns+` FROM documents d JOIN texts t ON t.seq = d.text_seq
		WHERE d.deleted_at = 0 AND NOT EXISTS (SELECT 1 FROM fingerprints f WHERE f.hash = d.hash) LIMIT $1`, limit)
	if err != nil {
		return nil, sqlkit.Translate(err, "document")
	}
	documents, err := collect(rows, scanDocument)
	return documents, sqlkit.Translate(err, "document")
}

// Put stores fingerprints by content hash.
func (s *Fingerprints) Put(ctx context.Context, prints map[string]string) error {
	if len(prints) == 0 {
		return nil
	}
	rows := sqlkit.Convert(slices.Sorted(maps.Keys(prints)), func(hash string) fingerprintRow { return fingerprintRow{hash, prints[hash]} })
	return sqlkit.Translate(s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(rows).Error, "fingerprint")
}

// Shared returns the content hashes of living documents that say the same.
func (s *Fingerprints) Shared(ctx context.Context) ([]string, error) {
	const living = `FROM documents d JOIN fingerprints f ON f.hash = d.hash WHERE d.deleted_at = 0`
	rows, err := s.db.RawRead(ctx).QueryContext(ctx, `SELECT d.hash `+living+`
		AND f.fingerprint IN (SELECT f.fingerprint `+living+` GROUP BY f.fingerprint HAVING count(*) > 1)`)
	if err != nil {
		return nil, sqlkit.Translate(err, "fingerprint")
	}
	hashes, err := collect(rows, func(row scanner) (hash string, err error) {
		err = row.Scan(&hash)
		return hash, err
	})
	slices.Sort(hashes)
	return hashes, sqlkit.Translate(err, "fingerprint")
}
