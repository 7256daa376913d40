package singlenode_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/docsteward/docsteward/adapters/redis/redistest"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/bootstrap/app"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/singlenode"
	"github.com/docsteward/docsteward/ports/docstore"
)

// node opens the composition on a PostgreSQL schema of its own.
func node(t *testing.T, environ ...string) *app.App {
	t.Helper()
	dsn, _ := sqltest.PostgresSchema(t)
	server, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(append([]string{
		"DOCSTEWARD_ENV=singlenode", "DOCSTEWARD_DATA=" + t.TempDir(), "POSTGRES_HOST=" + server.Host, "POSTGRES_PORT=" + strconv.Itoa(int(server.Port)),
		"POSTGRES_DB=" + server.Database, "POSTGRES_USER=" + server.User, "POSTGRES_PASSWORD=" + server.Password, "POSTGRES_SSLMODE=disable",
	}, environ...))
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := singlenode.Open(context.Background(), k)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return a
}

func versions(t *testing.T, a *app.App) int {
	t.Helper()
	stats, err := a.DocStore.GetVersionStats.Execute(t.Context(), docstore.GetVersionStats{}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return stats.TotalVersions
}

func put(t *testing.T, a *app.App, id string) {
	t.Helper()
	if err := a.DocStore.PutDocument.Execute(t.Context(), docstore.PutDocument{ID: id, Content: "# " + id}).Err(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.DocStore.DeleteDocument.Execute(context.Background(), docstore.DeleteDocument{ID: id, Purge: true}).Err(); err != nil {
			t.Errorf("purge %s: %v", id, err)
		}
	})
}

func TestAnswersAreKeptInRedis(t *testing.T) {
	server, o := redistest.Mini(t)
	server.RequireAuth("secret")
	a := node(t, "REDIS_HOST="+o.Host, "REDIS_PORT="+strconv.Itoa(o.Port), "REDIS_PASSWORD=secret", "REDIS_DB=2")
	before := versions(t, a)
	keys := strings.Join(server.DB(2).Keys(), " ")
	if !strings.Contains(keys, "docstore:cache:version_stats:") || !strings.Contains(keys, "docstore:cache:tag:documents") {
		t.Errorf("Redis holds %s", keys)
	}
	put(t, a, "setup")
	if after := versions(t, a); after != before+1 {
		t.Errorf("%d versions, then %d", before, after)
	}
	stats, err := a.DocStore.GetCacheStats.Execute(t.Context(), docstore.GetCacheStats{}).Unwrap()
	if err != nil || stats.Redis == nil || !stats.Redis.Connected || stats.Redis.Entries != 1 || stats.TotalMisses != 2 {
		t.Errorf("got %+v, %+v, %v", stats, stats.Redis, err)
	}
}

func TestWithoutRedisItStartsAndServes(t *testing.T) {
	server, o := redistest.Mini(t)
	server.Close()
	a := node(t, "REDIS_HOST="+o.Host, "REDIS_PORT="+strconv.Itoa(o.Port))
	before := versions(t, a)
	put(t, a, "setup")
	if after := versions(t, a); after != before+1 {
		t.Errorf("%d versions, then %d", before, after)
	}
	stats, err := a.DocStore.GetCacheStats.Execute(t.Context(), docstore.GetCacheStats{}).Unwrap()
	if err != nil || !stats.CacheEnabled || stats.Redis == nil || stats.Redis.Connected || stats.LocalCacheEntries != 1 {
		t.Errorf("got %+v, %+v, %v", stats, stats.Redis, err)
	}
}
