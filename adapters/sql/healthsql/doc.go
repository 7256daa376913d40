// Package healthsql keeps alerts and incidents in SQLite or PostgreSQL.
package healthsql

import (
	"embed"

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
