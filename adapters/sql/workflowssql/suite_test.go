package workflowssql_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/adapters/sql/workflowssql"
	"github.com/docsteward/docsteward/ports/porttest"
)

func env(db *sqlkit.DB) porttest.WorkflowsEnv {
	return porttest.WorkflowsEnv{Definitions: workflowssql.NewDefinitions(db), Executions: workflowssql.NewExecutions(db), Unit: db}
}

func TestSuiteOnSQLite(t *testing.T) {
	porttest.Workflows(t, func(t *testing.T) porttest.WorkflowsEnv { return env(sqltest.SQLite(t, workflowssql.Migrations)) })
}

func TestSuiteOnPostgres(t *testing.T) {
	porttest.Workflows(t, func(t *testing.T) porttest.WorkflowsEnv { return env(sqltest.Postgres(t, workflowssql.Migrations)) })
}
