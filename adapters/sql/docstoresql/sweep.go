package docstoresql

import (
	"context"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
)

// eraseVersions runs a DELETE of versions and returns how many it erased: the
// key of the text of each.
func (s *Store) eraseVersions(ctx context.Context, statement string, args ...any) ([]int64, error) {
	rows, err := s.db.RawWrite(ctx).QueryContext(ctx, statement, args...)
	if err != nil {
		return nil, sqlkit.Translate(err, "version")
	}
	texts, err := collect(rows, func(row scanner) (int64, error) {
		var seq int64
		return seq, row.Scan(&seq)
	})
	return texts, sqlkit.Translate(err, "version")
}

// sweep erases those of the texts that no version holds any more, and their
// words.
func (s *Store) sweep(ctx context.Context, texts []int64) error {
	for _, seq := range texts {
		if err := s.sweepText(ctx, seq); err != nil {
			return err
		}
	}
	return nil
}

// sweepText locks the text first: a version that takes it meanwhile is seen by
// the statements that follow.
func (s *Store) sweepText(ctx context.Context, seq int64) error {
	const orphan = `seq = $1 AND NOT EXISTS (SELECT 1 FROM versions v WHERE v.text_seq = texts.seq)`
	db := s.db.RawWrite(ctx)
	if s.db.Dialect() == sqlkit.Postgres {
		if _, err := db.ExecContext(ctx, `SELECT 1 FROM texts WHERE seq = $1 FOR UPDATE`, seq); err != nil {
			return sqlkit.Translate(err, "text")
		}
	} else {
		_, err := db.ExecContext(ctx, `
			INSERT INTO texts_fts (texts_fts, rowid, title, content)
			SELECT 'delete', seq, title, content FROM texts WHERE `+orphan+` AND seq IN (SELECT id FROM texts_fts_docsize)`, seq)
		if err != nil {
			return sqlkit.Translate(err, "index")
		}
	}
	_, err := db.ExecContext(ctx, `DELETE FROM texts WHERE `+orphan, seq)
	return sqlkit.Translate(err, "text")
}
