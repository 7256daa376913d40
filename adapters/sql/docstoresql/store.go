// Package docstoresql keeps the document store in SQLite or PostgreSQL.
//
// A title with a content is a text, kept once and pointed to by documents and
// versions, so that a change of metadata costs a small row. The search index
// stands on texts: FTS5 on SQLite, a tsvector on PostgreSQL.
package docstoresql

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Migrations are the tables of the store, for sqlkit.Config.
//
//go:embed migrations
var Migrations embed.FS

// Store keeps documents, their history and their spans.
type Store struct{ db *sqlkit.DB }

var (
	_ docstore.Documents = (*Store)(nil)
	_ docstore.History   = (*Store)(nil)
	_ docstore.Spans     = (*Store)(nil)
)

// New returns the store in an open database that has the Migrations.
func New(db *sqlkit.DB) *Store { return &Store{db: db} }

// Add stores a new document and its first version.
func (s *Store) Add(ctx context.Context, d document.State) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		metadata, err := encode(d.Metadata)
		if err != nil {
			return err
		}
		text, err := s.text(ctx, d.Title, d.Content)
		if err != nil {
			return err
		}
		_, err = s.db.RawWrite(ctx).ExecContext(ctx, `
			INSERT INTO documents (id, text_seq, hash, size, metadata, correlation, version, note, author, created_at, updated_at, deleted_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			d.ID.String(), text, d.Hash, d.Size, metadata, d.Correlation, d.Version, d.Note, d.Author,
			sqlkit.InstantOf(d.CreatedAt), sqlkit.InstantOf(d.UpdatedAt), sqlkit.InstantOf(d.DeletedAt))
		if err != nil {
			return sqlkit.Translate(err, "document")
		}
		return s.addVersion(ctx, d, text, metadata)
	})
}

// Update stores the next version of a document.
func (s *Store) Update(ctx context.Context, d document.State) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		metadata, err := encode(d.Metadata)
		if err != nil {
			return err
		}
		text, err := s.text(ctx, d.Title, d.Content)
		if err != nil {
			return err
		}
		done, err := s.db.RawWrite(ctx).ExecContext(ctx, `
			UPDATE documents SET text_seq = $1, hash = $2, size = $3, metadata = $4, version = $5, note = $6, author = $7, updated_at = $8, deleted_at = $9
			WHERE id = $10 AND version = $11`,
			text, d.Hash, d.Size, metadata, d.Version, d.Note, d.Author,
			sqlkit.InstantOf(d.UpdatedAt), sqlkit.InstantOf(d.DeletedAt), d.ID.String(), d.Version-1)
		if err != nil {
			return sqlkit.Translate(err, "document")
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return s.stale(ctx, d.ID)
		}
		_, err = s.db.RawWrite(ctx).ExecContext(ctx, `UPDATE versions SET valid_to = $1 WHERE document_id = $2 AND number = $3`,
			sqlkit.InstantOf(d.UpdatedAt), d.ID.String(), d.Version-1)
		if err != nil {
			return sqlkit.Translate(err, "version")
		}
		return s.addVersion(ctx, d, text, metadata)
	})
}

// text returns the key of a text, which it stores when it is new.
func (s *Store) text(ctx context.Context, title, content string) (int64, error) {
	digest := digestOf(title, content)
	var seq int64
	err := s.db.RawWrite(ctx).QueryRowContext(ctx,
		`INSERT INTO texts (digest, title, content) VALUES ($1, $2, $3) ON CONFLICT (digest) DO NOTHING RETURNING seq`,
		digest, title, content).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		err = s.db.RawWrite(ctx).QueryRowContext(ctx, `SELECT seq FROM texts WHERE digest = $1`, digest).Scan(&seq)
	}
	return seq, sqlkit.Translate(err, "text")
}

func (s *Store) addVersion(ctx context.Context, d document.State, text int64, metadata string) error {
	deletion := 0
	if !d.DeletedAt.IsZero() {
		deletion = 1
	}
	_, err := s.db.RawWrite(ctx).ExecContext(ctx, `
		INSERT INTO versions (document_id, number, text_seq, hash, size, metadata, note, author, valid_from, valid_to, deletion)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)`,
		d.ID.String(), d.Version, text, d.Hash, d.Size, metadata, d.Note, d.Author, sqlkit.InstantOf(d.UpdatedAt), deletion)
	return sqlkit.Translate(err, "version")
}

// stale tells why an update met no row.
func (s *Store) stale(ctx context.Context, id document.ID) error {
	d, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	return domain.Conflict.New("The document was changed meanwhile; read it again.").WithDetail("version", d.Version)
}

// Purge erases a document, its history, and the texts that nothing else holds.
func (s *Store) Purge(ctx context.Context, id document.ID) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		done, err := s.db.RawWrite(ctx).ExecContext(ctx, `DELETE FROM documents WHERE id = $1`, id.String())
		if err != nil {
			return sqlkit.Translate(err, "document")
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return notFound(id)
		}
		return s.sweep(ctx)
	})
}

// sweep erases texts that no version holds, and their words.
func (s *Store) sweep(ctx context.Context) error {
	const orphan = `NOT EXISTS (SELECT 1 FROM versions v WHERE v.text_seq = texts.seq)`
	if s.db.Dialect() == sqlkit.SQLite {
		_, err := s.db.RawWrite(ctx).ExecContext(ctx, `
			INSERT INTO texts_fts (texts_fts, rowid, title, content)
			SELECT 'delete', seq, title, content FROM texts WHERE `+orphan+` AND seq IN (SELECT id FROM texts_fts_docsize)`)
		if err != nil {
			return sqlkit.Translate(err, "index")
		}
	}
	_, err := s.db.RawWrite(ctx).ExecContext(ctx, `DELETE FROM texts WHERE `+orphan)
	return sqlkit.Translate(err, "text")
}

func digestOf(title, content string) string {
	h := sha256.New()
	_, _ = h.Write([]byte(title))
	_, _ = h.Write([]byte{0})
	_, _ = h.Write([]byte(content))
	return hex.EncodeToString(h.Sum(nil))
}

func encode(m document.Metadata) (string, error) {
	if m == nil {
		return "{}", nil
	}
	data, err := json.Marshal(m)
	if err != nil {
		return "", domain.Invalid.Wrap(err, "The metadata cannot be written as JSON.")
	}
	return string(data), nil
}

func decode(text string) (document.Metadata, error) {
	var m document.Metadata
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return nil, domain.Storage.Wrap(err, "The stored metadata cannot be read.")
	}
	return m, nil
}

func notFound(id document.ID) error {
	return domain.NotFound.New("There is no document "+id.String()+"; check the id.").
		WithDetail("resource_type", "document").WithDetail("resource_id", id.String())
}
