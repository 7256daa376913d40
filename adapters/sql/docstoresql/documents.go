package docstoresql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

const documentColumns = `d.id, t.title, t.content, d.hash, d.size, d.metadata, d.correlation, d.version, d.note, d.author, d.created_at, d.updated_at, d.deleted_at`

// Get returns a document, also a deleted one.
func (s *Store) Get(ctx context.Context, id document.ID) (document.State, error) {
	row := s.db.RawRead(ctx).QueryRowContext(s.db.Brief(ctx),
		`SELECT `+documentColumns+` FROM documents d JOIN texts t ON t.seq = d.text_seq WHERE d.id = $1`, id.String())
	d, err := scanDocument(row)
	if errors.Is(err, sql.ErrNoRows) {
		return document.State{}, notFound(id)
	}
	return d, sqlkit.Translate(err, "document")
}

// FindByHash returns the living document with the content hash.
func (s *Store) FindByHash(ctx context.Context, hash string) (document.State, error) {
	row := s.db.RawRead(ctx).QueryRowContext(ctx,
		`SELECT `+documentColumns+` FROM documents d JOIN texts t ON t.seq = d.text_seq WHERE d.hash = $1 AND d.deleted_at = 0`, hash)
	d, err := scanDocument(row)
	return d, sqlkit.Translate(err, "document")
}

// scanner is a row, or the rows, of a query.
type scanner interface{ Scan(into ...any) error }

func scanDocument(row scanner) (document.State, error) {
	var d document.State
	var id, metadata string
	var created, updated, deleted sqlkit.Instant
	err := row.Scan(&id, &d.Title, &d.Content, &d.Hash, &d.Size, &metadata, &d.Correlation, &d.Version, &d.Note, &d.Author, &created, &updated, &deleted)
	if err != nil {
		return document.State{}, err
	}
	d.ID = domain.StoredID[document.Document](id)
	d.CreatedAt, d.UpdatedAt, d.DeletedAt = created.Time(), updated.Time(), deleted.Time()
	d.Metadata, err = decode(metadata)
	return d, err
}

// List returns living documents, the latest changed first.
func (s *Store) List(ctx context.Context, filter document.Filter, page domain.PageRequest, withContent bool) (domain.Page[document.State], error) {
	page = page.Normal()
	where, args := s.filter(filter)
	var total int
	err := s.db.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*) FROM documents d WHERE `+where, args...).Scan(&total)
	if err != nil {
		return domain.Page[document.State]{}, sqlkit.Translate(err, "document")
	}
	columns := documentColumns
	if !withContent {
		columns = strings.Replace(columns, "t.content", "''", 1)
	}
	rows, err := s.db.RawRead(ctx).QueryContext(ctx, fmt.Sprintf(
		`SELECT %s FROM documents d JOIN texts t ON t.seq = d.text_seq WHERE %s ORDER BY d.updated_at DESC, d.id LIMIT $%d OFFSET $%d`,
		columns, where, len(args)+1, len(args)+2), append(args, page.Limit, page.Offset)...)
	if err != nil {
		return domain.Page[document.State]{}, sqlkit.Translate(err, "document")
	}
	items, err := collect(rows, scanDocument)
	return domain.NewPage(items, total, page), sqlkit.Translate(err, "document")
}

// filter spells a filter as a condition on documents d.
func (s *Store) filter(f document.Filter) (string, []any) {
	where, args := "d.deleted_at = 0", []any(nil)
	add := func(condition, value string) {
		if value != "" {
			args = append(args, storable(value))
			where += fmt.Sprintf(" AND "+condition, len(args))
		}
	}
	key := func(name string) string {
		if s.db.Dialect() == sqlkit.Postgres {
			return "d.metadata -> '" + name + "' = to_jsonb($%d::text)"
		}
		return s.metadata("d", name) + " = $%d"
	}
	add("d.correlation = $%d", f.Correlation)
	add(key("type"), f.Type)
	add(key("source_type"), f.SourceType)
	add(key("language"), f.Language)
	add(key("owner"), f.Owner)
	add(key("original_prompt_id"), f.Prompt)
	return where, args
}

// storable is a value that no stored text equals in place of one that
// PostgreSQL refuses to compare with.
func storable(value string) string {
	if strings.IndexByte(value, 0) >= 0 || !utf8.ValidString(value) {
		return "\uFFFF"
	}
	return value
}

// metadata spells the text under a key of the metadata of a table. The key is
// one of ours and never a user's.
func (s *Store) metadata(table, key string) string {
	if s.db.Dialect() == sqlkit.Postgres {
		return table + ".metadata ->> '" + key + "'"
	}
	return "json_extract(" + table + ".metadata, '$." + key + "')"
}

// isText spells the condition that a key of the metadata holds a string.
func (s *Store) isText(table, key string) string {
	if s.db.Dialect() == sqlkit.Postgres {
		return "jsonb_typeof(" + table + ".metadata -> '" + key + "') = 'string'"
	}
	return "json_type(" + table + ".metadata, '$." + key + "') = 'text'"
}

func collect[T any](rows *sql.Rows, scan func(scanner) (T, error)) ([]T, error) {
	defer rows.Close()
	items := []T{}
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, rows.Err()
}
