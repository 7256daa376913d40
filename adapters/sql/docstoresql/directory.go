package docstoresql

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

var _ docstore.Directory = (*Store)(nil)

// Nodes returns those of the documents that live, by id.
func (s *Store) Nodes(ctx context.Context, ids []document.ID) ([]document.Node, error) {
	rows, err := s.db.RawRead(ctx).QueryContext(ctx, `
		SELECT d.id, t.title, CASE WHEN `+s.isText("d", "type")+` THEN `+s.metadata("d", "type")+` ELSE '' END
		FROM documents d JOIN texts t ON t.seq = d.text_seq
		WHERE d.deleted_at = 0 AND d.id IN `+strings.ReplaceAll(listed(s.db), "?", "$1")+` ORDER BY d.id`, list(ids))
	if err != nil {
		return nil, sqlkit.Translate(err, "document")
	}
	nodes, err := collect(rows, func(row scanner) (document.Node, error) {
		var id string
		var n document.Node
		err := row.Scan(&id, &n.Title, &n.Type)
		n.ID = domain.StoredID[document.Document](id)
		return n, err
	})
	return nodes, sqlkit.Translate(err, "document")
}

// ByPath returns the living document of every path.
func (s *Store) ByPath(ctx context.Context, paths []string) (map[string]document.ID, error) {
	path := s.metadata("d", "path")
	rows, err := s.db.RawRead(ctx).QueryContext(ctx, `
		SELECT `+path+`, d.id FROM documents d
		WHERE d.deleted_at = 0 AND `+path+` IN `+strings.ReplaceAll(listed(s.db), "?", "$1")+` AND `+s.isText("d", "path")+`
		ORDER BY d.updated_at DESC, d.id`, list(paths))
	if err != nil {
		return nil, sqlkit.Translate(err, "document")
	}
	byPath := make(map[string]document.ID, len(paths))
	_, err = collect(rows, func(row scanner) (string, error) {
		var path, id string
		err := row.Scan(&path, &id)
		if _, earlier := byPath[path]; !earlier && err == nil {
			byPath[path] = domain.StoredID[document.Document](id)
		}
		return path, err
	})
	return byPath, sqlkit.Translate(err, "document")
}

// listed spells the set of texts that list binds, however many there are.
func listed(db *sqlkit.DB) string {
	if db.Dialect() == sqlkit.Postgres {
		return "(SELECT jsonb_array_elements_text(CAST(? AS jsonb)))"
	}
	return "(SELECT value FROM json_each(?))"
}

// list binds texts, or what spells itself as a text. What no store keeps is left
// out: nothing is equal to it.
func list[T any](items []T) string {
	texts := make([]string, 0, len(items))
	for _, item := range items {
		if text := fmt.Sprint(item); storable(text) == text {
			texts = append(texts, text)
		}
	}
	body, err := json.Marshal(texts)
	if err != nil {
		return "[]" // texts can always be written
	}
	return string(body)
}
