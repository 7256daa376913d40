// Package healthsql keeps alerts and incidents in SQLite or PostgreSQL.
package healthsql

import (
	"embed"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
)

// Migrations are the tables of health monitoring, for sqlkit.Config.
//
//go:embed migrations
var Migrations embed.FS

var (
	_ healthmonitoring.Alerts    = (*Alerts)(nil)
	_ healthmonitoring.Incidents = (*Incidents)(nil)
)

// equal keeps the rows whose column holds the value; an empty value keeps all.
func equal(column, value string) sqlkit.Scope {
	if value == "" {
		return sqlkit.Where("1 = 1")
	}
	return sqlkit.Where(column+" = ?", value)
}
