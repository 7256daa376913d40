// Package workflowssql keeps workflows, their versions and their runs in SQLite or
// PostgreSQL.
package workflowssql

import (
	"embed"

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
