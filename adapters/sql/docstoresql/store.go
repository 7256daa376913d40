// Package docstoresql keeps the document store in SQLite or PostgreSQL.
//
// A title with a content is a text, kept once and pointed to by documents and
// versions, so that a change of metadata costs a small row. The search index
// stands on texts: FTS5 on SQLite, a tsvector on PostgreSQL.
package docstoresql

import (
	"context"
	"crypto/sha256"
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
		done, err := s.db.RawWrite(ctx).ExecContext(ctx, `
			INSERT INTO documents (id, text_seq, hash, size, metadata, correlation, version, note, author, created_at, updated_at, deleted_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
			d.ID.String(), text, d.Hash, d.Size, metadata, d.Correlation, d.Version, d.Note, d.Author,
			sqlkit.InstantOf(d.CreatedAt), sqlkit.InstantOf(d.UpdatedAt), sqlkit.InstantOf(d.DeletedAt))
		if err != nil {
			return sqlkit.Translate(err, "document")
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return s.taken(ctx, d)
		}
		return s.addVersion(ctx, d, text, metadata)
	})
}

// taken tells which document is in the way of d: the one of its id, or else the
// living one of its content.
func (s *Store) taken(ctx context.Context, d document.State) error {
	var id string
	err := s.db.RawRead(ctx).QueryRowContext(ctx, `
		SELECT id FROM documents WHERE id = $1 OR (hash = $2 AND deleted_at = 0)
		ORDER BY CASE WHEN id = $1 THEN 0 ELSE 1 END LIMIT 1`, d.ID.String(), d.Hash).Scan(&id)
	if err != nil {
		return sqlkit.Translate(err, "document")
	}
	if id == d.ID.String() {
		return domain.Conflict.New("The id of the document is taken.").WithDetail("id", id)
	}
	return sameContent(id)
}

func sameContent(id string) error {
	return domain.Conflict.New("Another document has the same content.").WithDetail("id", id)
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
		if err := s.replaceRow(ctx, d, text, metadata); err != nil {
			return err
		}
		_, err = s.db.RawWrite(ctx).ExecContext(ctx, `UPDATE versions SET valid_to = $1 WHERE document_id = $2 AND number = $3`,
			sqlkit.InstantOf(d.UpdatedAt), d.ID.String(), d.Version-1)
		if err != nil {
			return sqlkit.Translate(err, "version")
		}
		return s.addVersion(ctx, d, text, metadata)
	})
}

// replaceRow writes the row of a document over the one of the version before.
// PostgreSQL lets nothing be read after a failed statement, so that the search
// for the document in the way needs a savepoint there.
func (s *Store) replaceRow(ctx context.Context, d document.State, text int64, metadata string) error {
	db := s.db.RawWrite(ctx)
	if err := s.onPostgres(ctx, "SAVEPOINT replacing"); err != nil {
		return err
	}
	done, err := db.ExecContext(ctx, `
		UPDATE documents SET text_seq = $1, hash = $2, size = $3, metadata = $4, version = $5, note = $6, author = $7, updated_at = $8, deleted_at = $9
		WHERE id = $10 AND version = $11`,
		text, d.Hash, d.Size, metadata, d.Version, d.Note, d.Author,
		sqlkit.InstantOf(d.UpdatedAt), sqlkit.InstantOf(d.DeletedAt), d.ID.String(), d.Version-1)
	if err := sqlkit.Translate(err, "document"); errors.Is(err, domain.Conflict) {
		return s.twin(ctx, d.Hash)
	} else if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return s.stale(ctx, d.ID)
	}
	return nil
}

func (s *Store) onPostgres(ctx context.Context, statement string) error {
	if s.db.Dialect() != sqlkit.Postgres {
		return nil
	}
	_, err := s.db.RawWrite(ctx).ExecContext(ctx, statement)
	return sqlkit.Translate(err, "document")
}

// twin tells which living document has the content that an update wanted.
func (s *Store) twin(ctx context.Context, hash string) error {
	if err := s.onPostgres(ctx, "ROLLBACK TO SAVEPOINT replacing"); err != nil {
		return err
	}
	var id string
	err := s.db.RawRead(ctx).QueryRowContext(ctx, `SELECT id FROM documents WHERE hash = $1 AND deleted_at = 0`, hash).Scan(&id)
	if err != nil {
		return sqlkit.Translate(err, "document")
	}
	return sameContent(id)
}

// text returns the key of a text, which it stores when it is new. Touching the
// row of a known one keeps a sweep from erasing it meanwhile.
func (s *Store) text(ctx context.Context, title, content string) (int64, error) {
	digest := digestOf(title, content)
	var seq int64
	err := s.db.RawWrite(ctx).QueryRowContext(ctx, `
		INSERT INTO texts (digest, title, content) VALUES ($1, $2, $3)
		ON CONFLICT (digest) DO UPDATE SET digest = excluded.digest RETURNING seq`,
		digest, title, content).Scan(&seq)
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
		texts, err := s.eraseVersions(ctx, `DELETE FROM versions WHERE document_id = $1 RETURNING text_seq`, id.String())
		if err != nil {
			return err
		}
		done, err := s.db.RawWrite(ctx).ExecContext(ctx, `DELETE FROM documents WHERE id = $1`, id.String())
		if err != nil {
			return sqlkit.Translate(err, "document")
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return notFound(id)
		}
		return s.sweep(ctx, texts)
	})
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
