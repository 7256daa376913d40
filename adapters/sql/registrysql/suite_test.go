package registrysql_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/registrysql"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/ports/porttest"
	"github.com/docsteward/docsteward/ports/serviceregistry"
)

func TestSuiteOnSQLite(t *testing.T) {
	porttest.ServiceRegistry(t, func(t *testing.T) serviceregistry.Services {
		return registrysql.New(sqltest.SQLite(t, registrysql.Migrations))
	})
}

func TestSuiteOnPostgres(t *testing.T) {
	porttest.ServiceRegistry(t, func(t *testing.T) serviceregistry.Services {
		return registrysql.New(sqltest.Postgres(t, registrysql.Migrations))
	})
}
