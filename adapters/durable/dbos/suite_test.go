package durabledbos_test

import (
	"context"
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
	porttest.Durable(t, func(t *testing.T, registry durable.Registry) porttest.DurableEnv {
		dsn, schema := sqltest.PostgresSchema(t)
		return env(t, durabledbos.Config{Postgres: dsn, Schema: schema, Executor: "one"}, registry)
	})
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
	config.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
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
