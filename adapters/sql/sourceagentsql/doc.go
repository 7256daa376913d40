// Package sourceagentsql keeps what the source agent knows in SQLite or
// PostgreSQL: places, the records of their files, and ingestions.
package sourceagentsql

import (
	"embed"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// Migrations are the tables of the source agent, for sqlkit.Config.
//
//go:embed migrations
var Migrations embed.FS

var (
	_ sourceagent.Places  = (*Places)(nil)
	_ sourceagent.Records = (*Records)(nil)
	_ sourceagent.Runs    = (*Runs)(nil)
)

// convert returns every row as what it stores.
func convert[R, T any](rows []R, as func(R) T) []T {
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = as(row)
	}
	return out
}

// equal keeps the rows whose column holds the value; an empty value keeps all.
func equal(column, value string) sqlkit.Scope {
	if value == "" {
		return sqlkit.Where("1 = 1")
	}
	return sqlkit.Where(column+" = ?", value)
}
