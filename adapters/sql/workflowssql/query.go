package workflowssql

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
)

var wildcards = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// holds keeps the rows whose column, which is in lower case, holds the part; an
// empty part keeps all.
func holds(column, part string) sqlkit.Scope {
	if part == "" {
		return sqlkit.Where("1 = 1")
	}
	return sqlkit.Where(column+` LIKE ? ESCAPE '\'`, "%"+wildcards.Replace(strings.ToLower(part))+"%")
}

// encoded is a text as an element of a JSON array spells it.
func encoded(text string) string {
	body, err := json.Marshal(text)
	if err != nil {
		return text // a text can always be written as JSON
	}
	return string(body)
}

// countBy counts the rows of a table by status.
func countBy[S ~string](ctx context.Context, db *sqlkit.DB, table string) (map[S]int, error) {
	rows, err := db.RawRead(ctx).QueryContext(ctx, "SELECT status, count(*) FROM "+table+" GROUP BY status")
	if err != nil {
		return nil, sqlkit.Translate(err, table)
	}
	defer func() { _ = rows.Close() }()
	counts := make(map[S]int)
	for rows.Next() {
		var status string
		var n int
		if err := rows.Scan(&status, &n); err != nil {
			return nil, sqlkit.Translate(err, table)
		}
		counts[S(status)] = n
	}
	return counts, sqlkit.Translate(rows.Err(), table)
}
