// Package reportsql keeps reports, their schedules and their deliveries in SQLite or
// PostgreSQL.
package reportsql

import (
	"embed"

	"github.com/docsteward/docsteward/ports/reporting"
)

// Migrations are the tables of reporting, for sqlkit.Config.
//
//go:embed migrations
var Migrations embed.FS

var (
	_ reporting.Reports    = (*Reports)(nil)
	_ reporting.Schedules  = (*Schedules)(nil)
	_ reporting.Deliveries = (*Deliveries)(nil)
)
