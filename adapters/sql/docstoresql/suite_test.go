package docstoresql_test

import (
	"path/filepath"
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/docstoresql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/ports/porttest"
)

func env(db *sqlkit.DB, reopen func() porttest.DocStoreEnv) porttest.DocStoreEnv {
	store := docstoresql.New(db)
	return porttest.DocStoreEnv{
		Documents: store, History: store, Index: docstoresql.NewIndex(store), Spans: store,
		Unit: db, Outbox: sqlkit.NewOutbox(db, nil), Reopen: reopen,
	}
}

// opened opens the database that cfg names, again with Reopen.
func opened(t *testing.T, cfg sqlkit.Config) porttest.DocStoreEnv {
	cfg.Migrations = docstoresql.Migrations
	return env(sqltest.Open(t, cfg), func() porttest.DocStoreEnv { return opened(t, cfg) })
}

func TestSuiteOnSQLite(t *testing.T) {
	porttest.DocStore(t, porttest.DocStoreTraits{}, func(t *testing.T) porttest.DocStoreEnv {
		return opened(t, sqlkit.Config{Path: filepath.Join(t.TempDir(), "test.db")})
	})
}

func TestSuiteOnPostgres(t *testing.T) {
	porttest.DocStore(t, porttest.DocStoreTraits{PhraseReach: 16_383}, func(t *testing.T) porttest.DocStoreEnv {
		dsn, schema := sqltest.PostgresSchema(t)
		return opened(t, sqlkit.Config{DSN: dsn, Schema: schema})
	})
}
