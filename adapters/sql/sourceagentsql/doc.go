// Package sourceagentsql keeps what the source agent knows in SQLite or
// PostgreSQL: places, the records of their files, and ingestions.
package sourceagentsql

import (
	"embed"

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
