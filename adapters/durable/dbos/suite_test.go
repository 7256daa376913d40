package durabledbos_test

import (
	"context"
	"database/sql"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	durabledbos "github.com/docsteward/docsteward/adapters/durable/dbos"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestSQLite(t *testing.T) {
	porttest.Durable(t, func(t *testing.T, registry durable.Registry) porttest.DurableEnv {
		return env(t, durabledbos.Config{SQLite: filepath.Join(t.TempDir(), "a%b ü?.db")}, registry)
	})
}

func TestPostgres(t *testing.T) {
	dsn, schema := sqltest.PostgresSchema(t)
	porttest.Durable(t, func(t *testing.T, registry durable.Registry) porttest.DurableEnv {
		emptied(t, dsn, schema)
		return env(t, durabledbos.Config{Postgres: dsn, Schema: schema, Executor: "one"}, registry)
	})
}

// emptied takes all rows out of the schema, which is quicker than to make it anew.
func emptied(t *testing.T, dsn, schema string) {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err == nil {
		defer db.Close()
		_, err = db.ExecContext(context.Background(), `DO $do$ DECLARE name text; BEGIN
			FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = '`+schema+`' AND tablename NOT LIKE '%migrations%' LOOP
				EXECUTE 'TRUNCATE `+schema+`.' || quote_ident(name) || ' CASCADE';
			END LOOP; END $do$`)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func env(t *testing.T, config durabledbos.Config, registry durable.Registry) porttest.DurableEnv {
	t.Helper()
	runtime := opened(t, config, registry)
	return porttest.DurableEnv{Runtime: runtime, Worker: runtime}
}

// opened opens a runtime for a test, which looks around more often than a server.
func opened(t testing.TB, config durabledbos.Config, registry durable.Registry) *durabledbos.Runtime {
	t.Helper()
	config.Clock, config.Poll = systemclock.Clock{}, 20*time.Millisecond
	if config.Log == nil {
		config.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	runtime, err := durabledbos.Open(context.Background(), config, registry)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := runtime.Close(); err != nil {
			t.Error(err)
		}
	})
	return runtime
}
