package analysissql_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/analysissql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/ports/porttest"
)

func env(db *sqlkit.DB) porttest.AnalysisEnv {
	return porttest.AnalysisEnv{Checks: analysissql.NewChecks(db), Claims: analysissql.NewClaims(db), Turns: analysissql.NewTurns(db), Facts: analysissql.NewFacts(db), Unit: db}
}

func TestSuiteOnSQLite(t *testing.T) {
	porttest.Analysis(t, func(t *testing.T) porttest.AnalysisEnv { return env(sqltest.SQLite(t, analysissql.Migrations)) })
}

func TestSuiteOnPostgres(t *testing.T) {
	porttest.Analysis(t, func(t *testing.T) porttest.AnalysisEnv { return env(sqltest.Postgres(t, analysissql.Migrations)) })
}
