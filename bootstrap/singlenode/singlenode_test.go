package singlenode_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/singlenode"
	"github.com/docsteward/docsteward/ports/docstore"
)

// The same calls as on SQLite, on a real PostgreSQL: the composition differs in
// its sets and in nothing else.
func TestTheSameLibraryOnPostgres(t *testing.T) {
	ctx := context.Background()
	dsn, _ := sqltest.PostgresSchema(t)
	server, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load([]string{
		"DOCSTEWARD_ENV=singlenode", "DOCSTEWARD_DATA=" + t.TempDir(), "POSTGRES_HOST=" + server.Host, "POSTGRES_PORT=" + strconv.Itoa(int(server.Port)),
		"POSTGRES_DB=" + server.Database, "POSTGRES_USER=" + server.User, "POSTGRES_PASSWORD=" + server.Password, "POSTGRES_SSLMODE=disable",
	})
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := singlenode.Open(ctx, k)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	stored, err := a.DocStore.PutDocument.Execute(ctx, docstore.PutDocument{ID: "setup", Content: "# Setup\n\nInstall the warden."}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	found, err := a.DocStore.SearchDocuments.Execute(ctx, docstore.SearchDocuments{Q: "warden"}).Unwrap()
	if err != nil || found.Total != 1 || found.Items[0].ID != stored.ID {
		t.Fatalf("got %+v, %v", found, err)
	}
	if err := a.DocStore.DeleteDocument.Execute(ctx, docstore.DeleteDocument{ID: "setup", Purge: true}).Err(); err != nil {
		t.Fatal(err)
	}
}
