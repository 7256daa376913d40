package healthsql_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/healthsql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/ports/porttest"
)

func env(db *sqlkit.DB) porttest.HealthEnv {
	return porttest.HealthEnv{Alerts: healthsql.NewAlerts(db), Incidents: healthsql.NewIncidents(db), Unit: db}
}

func TestSuiteOnSQLite(t *testing.T) {
	porttest.Health(t, func(t *testing.T) porttest.HealthEnv { return env(sqltest.SQLite(t, healthsql.Migrations)) })
}

func TestSuiteOnPostgres(t *testing.T) {
	porttest.Health(t, func(t *testing.T) porttest.HealthEnv { return env(sqltest.Postgres(t, healthsql.Migrations)) })
}
