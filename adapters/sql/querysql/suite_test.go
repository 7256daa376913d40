package querysql_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/querysql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/ports/porttest"
)

func env(db *sqlkit.DB) porttest.QueriesEnv {
	return porttest.QueriesEnv{History: querysql.NewHistory(db), Unit: db}
}

func TestSuiteOnSQLite(t *testing.T) {
	porttest.Queries(t, func(t *testing.T) porttest.QueriesEnv { return env(sqltest.SQLite(t, querysql.Migrations)) })
}

func TestSuiteOnPostgres(t *testing.T) {
	porttest.Queries(t, func(t *testing.T) porttest.QueriesEnv { return env(sqltest.Postgres(t, querysql.Migrations)) })
}
