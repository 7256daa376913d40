package ingestsql_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/ingestsql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/ports/porttest"
)

func env(db *sqlkit.DB) porttest.IngestionEnv {
	return porttest.IngestionEnv{Jobs: ingestsql.NewJobs(db), Unit: db}
}

func TestSuiteOnSQLite(t *testing.T) {
	porttest.Ingestion(t, func(t *testing.T) porttest.IngestionEnv { return env(sqltest.SQLite(t, ingestsql.Migrations)) })
}

func TestSuiteOnPostgres(t *testing.T) {
	porttest.Ingestion(t, func(t *testing.T) porttest.IngestionEnv { return env(sqltest.Postgres(t, ingestsql.Migrations)) })
}
