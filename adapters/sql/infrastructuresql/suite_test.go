package infrastructuresql_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/infrastructuresql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/ports/porttest"
)

func env(db *sqlkit.DB) porttest.InfrastructureEnv {
	return porttest.InfrastructureEnv{Sagas: infrastructuresql.NewSagas(db), Retries: infrastructuresql.NewRetries(db), Unit: db}
}

func TestSuiteOnSQLite(t *testing.T) {
	porttest.Infrastructure(t, func(t *testing.T) porttest.InfrastructureEnv {
		return env(sqltest.SQLite(t, infrastructuresql.Migrations))
	})
}

func TestSuiteOnPostgres(t *testing.T) {
	porttest.Infrastructure(t, func(t *testing.T) porttest.InfrastructureEnv {
		return env(sqltest.Postgres(t, infrastructuresql.Migrations))
	})
}
