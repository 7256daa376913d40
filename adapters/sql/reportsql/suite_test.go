package reportsql_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/reportsql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/ports/porttest"
)

func env(db *sqlkit.DB) porttest.ReportingEnv {
	return porttest.ReportingEnv{
		Reports: reportsql.NewReports(db), Schedules: reportsql.NewSchedules(db), Deliveries: reportsql.NewDeliveries(db), Unit: db,
	}
}

func TestSuiteOnSQLite(t *testing.T) {
	porttest.Reporting(t, func(t *testing.T) porttest.ReportingEnv { return env(sqltest.SQLite(t, reportsql.Migrations)) })
}

func TestSuiteOnPostgres(t *testing.T) {
	porttest.Reporting(t, func(t *testing.T) porttest.ReportingEnv { return env(sqltest.Postgres(t, reportsql.Migrations)) })
}
