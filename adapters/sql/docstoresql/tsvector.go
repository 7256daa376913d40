package docstoresql

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain/document"
)

// tsvector searches with PostgreSQL's full-text search, ranked by ts_rank_cd.
// The words are split by document.Words and handed over as a finished vector,
// so that both engines agree on what a word is.
type tsvector struct{ db *sqlkit.DB }

// Limits of PostgreSQL's tsvector (https://www.postgresql.org/docs/current/textsearch-limitations.html).
const (
	maxLexeme    = 2000
	maxPosition  = 16383
	maxPositions = 255
	maxVector    = 900_000
)

func (e tsvector) put(ctx context.Context, v document.Version) error {
	_, err := e.db.RawWrite(ctx).ExecContext(ctx, `
		UPDATE texts SET words = $1::tsvector WHERE words IS NULL AND seq =
		(SELECT text_seq FROM versions WHERE document_id = $2 AND number = $3)`,
		vectorOf(v.Title, v.Content), v.Document.String(), v.Number)
	return sqlkit.Translate(err, "index")
}

func (e tsvector) rebuild(ctx context.Context) error {
	rows, err := e.db.RawRead(ctx).QueryContext(ctx, `SELECT seq FROM texts ORDER BY seq`)
	if err != nil {
		return sqlkit.Translate(err, "index")
	}
	texts, err := collect(rows, func(row scanner) (int64, error) {
		var seq int64
		return seq, row.Scan(&seq)
	})
	if err != nil {
		return sqlkit.Translate(err, "index")
	}
	for _, seq := range texts {
		var title, content string
		err := e.db.RawRead(ctx).QueryRowContext(ctx, `SELECT title, content FROM texts WHERE seq = $1`, seq).Scan(&title, &content)
		if err == nil {
			_, err = e.db.RawWrite(ctx).ExecContext(ctx, `UPDATE texts SET words = $1::tsvector WHERE seq = $2`, vectorOf(title, content), seq)
		}
		if err != nil {
			return sqlkit.Translate(err, "index")
		}
	}
	return nil
}

// vectorOf spells the vector of a text: every word with its positions, those of
// the title weighing A. Between title and content lies a gap, so that no phrase
// spans both. What goes beyond PostgreSQL's limits is left out of the vector.
func vectorOf(title, content string) string {
	positions := make(map[string][]string)
	size, at := 0, 0
	add := func(word, weight string) {
		at++
		if len(word) > maxLexeme || size > maxVector || len(positions[word]) >= maxPositions {
			return
		}
		if _, seen := positions[word]; !seen {
			size += len(word) + 8
		}
		size += 2
		positions[word] = append(positions[word], fmt.Sprint(min(at, maxPosition))+weight)
	}
	for _, word := range document.Words(title) {
		add(word, "A")
	}
	at += 2
	for _, word := range document.Words(content) {
		add(word, "")
	}
	var b strings.Builder
	for _, word := range slices.Sorted(maps.Keys(positions)) {
		b.WriteString("'" + word + "':" + strings.Join(slices.Compact(positions[word]), ",") + " ")
	}
	return b.String()
}

func (e tsvector) demand(clauses []document.Clause, any bool, bind func(any) string) (join, condition, rank string) {
	var wanted, unwanted []string
	for _, c := range clauses {
		if c.Exclude {
			unwanted = append(unwanted, e.match(c))
		} else {
			wanted = append(wanted, e.match(c))
		}
	}
	var conditions []string
	rank = "0.0"
	if len(wanted) > 0 {
		glue := " & "
		if any {
			glue = " | "
		}
		query := bind(strings.Join(wanted, glue)) + "::tsquery"
		conditions = append(conditions, "t.words @@ "+query)
		rank = "ts_rank('{0.1, 0.2, 0.2, 1.0}', t.words, " + query + ", 1)"
	}
	if len(unwanted) > 0 {
		conditions = append(conditions, "NOT t.words @@ "+bind(strings.Join(unwanted, " | "))+"::tsquery")
	}
	if len(conditions) > 0 {
		join = "JOIN texts t ON t.seq = v.text_seq"
	}
	return join, strings.Join(conditions, " AND "), rank
}

func (e tsvector) meets(c document.Clause, bind func(any) string) string {
	return "(t.words @@ " + bind(e.match(c)) + "::tsquery)::int"
}

// match spells a clause as a tsquery. Words hold letters and digits only, so
// that quoting is enough to make any of them safe.
func (tsvector) match(c document.Clause) string {
	parts := make([]string, len(c.Words))
	for i, word := range c.Words {
		flags := ""
		if c.Prefix && i == len(c.Words)-1 {
			flags += "*"
		}
		if c.Title {
			flags += "A"
		}
		parts[i] = "'" + word + "'"
		if flags != "" {
			parts[i] += ":" + flags
		}
	}
	return "(" + strings.Join(parts, " <-> ") + ")"
}

func (tsvector) field(key, value string, bind func(any) string) string {
	if key == "path" {
		whole, beneath := bind(value), bind(strings.TrimSuffix(value, "/")+"/")
		path := "v.metadata ->> 'path'"
		return "(" + path + " = " + whole + " OR left(" + path + ", length(" + beneath + ")) = " + beneath + ")"
	}
	name := "v.metadata -> '" + key + "'"
	item := "to_jsonb(" + bind(value) + "::text)"
	return "(" + name + " = " + item + " OR " + name + " @> jsonb_build_array(" + item + "))"
}
