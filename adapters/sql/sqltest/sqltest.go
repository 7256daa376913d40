// Package sqltest gives tests throwaway databases: SQLite always, PostgreSQL
// where a server is given or its programs are installed.
package sqltest

import (
	"context"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
)

// SQLite opens an empty database in a file that goes with the test.
func SQLite(t testing.TB, migrations fs.FS) *sqlkit.DB {
	t.Helper()
	return Open(t, sqlkit.Config{Path: filepath.Join(t.TempDir(), "test.db"), Migrations: migrations})
}

// Open opens the database that cfg names and closes it with the test.
func Open(t testing.TB, cfg sqlkit.Config) *sqlkit.DB {
	t.Helper()
	db, err := sqlkit.Open(context.Background(), cfg)
	if err != nil {
		t.Fatalf("open database: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close database: %v", err)
		}
	})
	return db
}
