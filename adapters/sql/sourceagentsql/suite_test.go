package sourceagentsql_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/sourceagentsql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/ports/porttest"
)

func env(db *sqlkit.DB) porttest.SourceAgentEnv {
	return porttest.SourceAgentEnv{Places: sourceagentsql.NewPlaces(db), Records: sourceagentsql.NewRecords(db), Runs: sourceagentsql.NewRuns(db), Unit: db}
}

func TestSuiteOnSQLite(t *testing.T) {
	porttest.SourceAgent(t, func(t *testing.T) porttest.SourceAgentEnv {
		return env(sqltest.SQLite(t, sourceagentsql.Migrations))
	})
}

func TestSuiteOnPostgres(t *testing.T) {
	porttest.SourceAgent(t, func(t *testing.T) porttest.SourceAgentEnv {
		return env(sqltest.Postgres(t, sourceagentsql.Migrations))
	})
}
