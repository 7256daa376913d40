package docstoresql

import (
	"context"
	"strings"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain/document"
)

// fts5 searches with SQLite's FTS5, ranked by BM25 with the title weighing
// five times the content.
type fts5 struct{ db *sqlkit.DB }

func (f fts5) put(ctx context.Context, v document.Version) error {
	_, err := f.db.RawWrite(ctx).ExecContext(ctx, `
		INSERT INTO texts_fts (rowid, title, content)
		SELECT t.seq, t.title, t.content FROM versions v JOIN texts t ON t.seq = v.text_seq
		WHERE v.document_id = $1 AND v.number = $2 AND NOT EXISTS (SELECT 1 FROM texts_fts_docsize s WHERE s.id = t.seq)`,
		v.Document.String(), v.Number)
	return sqlkit.Translate(err, "index")
}

func (f fts5) rebuild(ctx context.Context) error {
	_, err := f.db.RawWrite(ctx).ExecContext(ctx, `INSERT INTO texts_fts (texts_fts) VALUES ('rebuild')`)
	return sqlkit.Translate(err, "index")
}

func (f fts5) demand(clauses []document.Clause, any bool, bind func(any) string) (join, condition, rank string) {
	var wanted, unwanted []string
	for _, c := range clauses {
		if c.Exclude {
			unwanted = append(unwanted, f.match(c))
		} else {
			wanted = append(wanted, f.match(c))
		}
	}
	var conditions []string
	rank = "0.0"
	if len(wanted) > 0 {
		glue := " AND "
		if any {
			glue = " OR "
		}
		join = "JOIN texts_fts ON texts_fts.rowid = v.text_seq"
		conditions = append(conditions, "texts_fts MATCH "+bind(strings.Join(wanted, glue)))
		rank = "-bm25(texts_fts, 5.0, 1.0)"
	}
	if len(unwanted) > 0 {
		conditions = append(conditions, "v.text_seq NOT IN (SELECT rowid FROM texts_fts WHERE texts_fts MATCH "+bind(strings.Join(unwanted, " OR "))+")")
	}
	return join, strings.Join(conditions, " AND "), rank
}

func (f fts5) meets(c document.Clause, bind func(any) string) string {
	return "(v.text_seq IN (SELECT rowid FROM texts_fts WHERE texts_fts MATCH " + bind(f.match(c)) + "))"
}

// match spells a clause in FTS5's language. Words hold letters and digits only,
// so that quoting is enough to make any of them safe.
func (fts5) match(c document.Clause) string {
	text := `"` + strings.Join(c.Words, " ") + `"`
	if c.Prefix {
		text += " *"
	}
	if c.Title {
		text = "title : " + text
	}
	return "(" + text + ")"
}

func (fts5) field(key, value string, bind func(any) string) string {
	name := "'$." + key + "'"
	if key == "path" {
		whole, beneath := bind(value), bind(strings.TrimSuffix(value, "/")+"/")
		path := "json_extract(v.metadata, " + name + ")"
		return "(" + path + " = " + whole + " OR substr(" + path + ", 1, length(" + beneath + ")) = " + beneath + ")"
	}
	return "(json_type(v.metadata, " + name + ") <> 'object' AND EXISTS (SELECT 1 FROM json_each(v.metadata, " + name + ") WHERE json_each.value = " + bind(value) + "))"
}
