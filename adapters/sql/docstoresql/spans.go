package docstoresql

import (
	"context"
	"database/sql"
	"errors"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/span"
)

// Put stores the spans of one version as one row.
func (s *Store) Put(ctx context.Context, id document.ID, version int, spans []span.Span) error {
	packed, err := pack(spans)
	if err != nil {
		return err
	}
	_, err = s.db.RawWrite(ctx).ExecContext(ctx, `
		INSERT INTO spans (document_id, version, packed) VALUES ($1, $2, $3)
		ON CONFLICT (document_id, version) DO UPDATE SET packed = excluded.packed`, id.String(), version, packed)
	return sqlkit.Translate(err, "span")
}

// Of returns the spans of one version.
func (s *Store) Of(ctx context.Context, id document.ID, version int) ([]span.Span, error) {
	var packed []byte
	err := s.db.RawRead(ctx).QueryRowContext(ctx, `SELECT packed FROM spans WHERE document_id = $1 AND version = $2`, id.String(), version).Scan(&packed)
	if errors.Is(err, sql.ErrNoRows) {
		return []span.Span{}, nil
	}
	if err != nil {
		return nil, sqlkit.Translate(err, "span")
	}
	return unpack(packed, id, version)
}
