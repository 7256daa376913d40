// Package workflowssql keeps workflows, their versions and their runs in SQLite or
// PostgreSQL.
package workflowssql

import (
	"embed"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Migrations are the tables of workflow management, for sqlkit.Config.
//
//go:embed migrations
var Migrations embed.FS

var (
	_ workflows.Definitions = (*Definitions)(nil)
	_ workflows.Executions  = (*Executions)(nil)
)

// equal keeps the rows whose column holds the value; an empty value keeps all.
func equal(column, value string) sqlkit.Scope {
	if value == "" {
		return sqlkit.Where("1 = 1")
	}
	return sqlkit.Where(column+" = ?", value)
}
