// Package infrastructuresql keeps sagas and the tries of dead letters in SQLite or
// PostgreSQL.
package infrastructuresql

import (
	"embed"

	"github.com/docsteward/docsteward/ports/infrastructure"
)

// Migrations are the tables of infrastructure, for sqlkit.Config.
//
//go:embed migrations
var Migrations embed.FS

var (
	_ infrastructure.Sagas   = (*Sagas)(nil)
	_ infrastructure.Retries = (*Retries)(nil)
)
