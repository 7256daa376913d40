package sqlkit_test

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/domain"
)

//go:embed testdata
var testdata embed.FS

func migrations(t testing.TB) fs.FS {
	t.Helper()
	files, err := fs.Sub(testdata, "testdata")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// note is a row of the tests.
type note struct {
	ID      string `gorm:"primaryKey"`
	Title   string
	Parent  *string
	Version int
	At      sqlkit.Instant
}

func (note) TableName() string { return "notes" }

func openSQLite(t testing.TB) *sqlkit.DB   { return sqltest.SQLite(t, migrations(t)) }
func openPostgres(t testing.TB) *sqlkit.DB { return sqltest.Postgres(t, migrations(t)) }

// onEach runs a test on every engine.
func onEach(t *testing.T, test func(t *testing.T, db *sqlkit.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, openSQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, openPostgres(t)) })
}

func insert(t testing.TB, ctx context.Context, db *sqlkit.DB, n note) {
	t.Helper()
	if err := sqlkit.Insert(ctx, db, &n, "note"); err != nil {
		t.Fatalf("insert %s: %v", n.ID, err)
	}
}

func TestRowVerbs(t *testing.T) {
	onEach(t, func(t *testing.T, db *sqlkit.DB) {
		ctx := context.Background()
		at := time.Date(2026, 3, 1, 12, 0, 0, 123456789, time.FixedZone("X", 3600))
		insert(t, ctx, db, note{ID: "a", Title: "Ä'; DROP TABLE notes;--", Version: 1, At: sqlkit.InstantOf(at)})

		got, err := sqlkit.Get[note](ctx, db, "note", sqlkit.Where("id = ?", "a"))
		if err != nil || got.Title != "Ä'; DROP TABLE notes;--" || !got.At.Time().Equal(at.Truncate(time.Microsecond)) {
			t.Fatalf("Get = %+v, %v", got, err)
		}
		if _, err := sqlkit.Get[note](ctx, db, "note", sqlkit.Where("id = ?", "z")); !errors.Is(err, domain.NotFound) {
			t.Errorf("Get of an unknown id = %v, want not found", err)
		}
		if err := sqlkit.Insert(ctx, db, &note{ID: "a", Title: "b"}, "note"); !errors.Is(err, domain.Conflict) {
			t.Errorf("Insert of a taken key = %v, want conflict", err)
		}
		if err := sqlkit.Insert(ctx, db, &note{ID: "b", Title: got.Title}, "note"); !errors.Is(err, domain.Conflict) {
			t.Errorf("Insert of a taken title = %v, want conflict", err)
		}
		unknown := "nobody"
		if err := sqlkit.Insert(ctx, db, &note{ID: "c", Title: "c", Parent: &unknown}, "note"); !errors.Is(err, domain.NotFound) {
			t.Errorf("Insert with a dangling reference = %v, want not found", err)
		}
		if n, err := sqlkit.Delete[note](ctx, db, "note", sqlkit.Where("id = ?", "a")); n != 1 || err != nil {
			t.Errorf("Delete = %d, %v, want 1", n, err)
		}
		if n, err := sqlkit.Delete[note](ctx, db, "note", sqlkit.Where("id = ?", "a")); n != 0 || err != nil {
			t.Errorf("second Delete = %d, %v, want 0", n, err)
		}
		if _, err := sqlkit.Delete[note](ctx, db, "note"); err == nil {
			t.Error("Delete without a condition was let through")
		}
	})
}

func TestUpdateVersioned(t *testing.T) {
	onEach(t, func(t *testing.T, db *sqlkit.DB) {
		ctx := context.Background()
		insert(t, ctx, db, note{ID: "a", Title: "one", Version: 1})
		insert(t, ctx, db, note{ID: "b", Title: "other", Version: 7})

		if err := sqlkit.UpdateVersioned(ctx, db, &note{ID: "a", Title: "", Version: 2}, 1, "note"); err != nil {
			t.Fatalf("update: %v", err)
		}
		got, err := sqlkit.Get[note](ctx, db, "note", sqlkit.Where("id = ?", "a"))
		if err != nil || got.Version != 2 || got.Title != "" {
			t.Errorf("after the update: %+v, %v; want version 2 and the empty title", got, err)
		}
		err = sqlkit.UpdateVersioned(ctx, db, &note{ID: "a", Title: "late", Version: 2}, 1, "note")
		if !errors.Is(err, domain.Conflict) || domain.FaultOf(err).Details["version"] != 2 {
			t.Errorf("stale update = %v, details %v; want conflict with version 2", err, domain.FaultOf(err).Details)
		}
		if err := sqlkit.UpdateVersioned(ctx, db, &note{ID: "z", Version: 2}, 1, "note"); !errors.Is(err, domain.NotFound) {
			t.Errorf("update of an unknown id = %v, want not found", err)
		}
	})
}

func TestPageIsStable(t *testing.T) {
	onEach(t, func(t *testing.T, db *sqlkit.DB) {
		ctx := context.Background()
		rows := make([]note, 1203)
		for i := range rows {
			id := string(rune('a'+i%26)) + time.Duration(i).String()
			rows[i] = note{ID: id, Title: id, Version: i % 3}
		}
		if err := sqlkit.InsertAll(ctx, db, rows, "note"); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for offset := 0; ; offset += 100 {
			page, err := sqlkit.Page[note](ctx, db, "note", "title, id", domain.PageRequest{Limit: 100, Offset: offset}, sqlkit.Where("version = ?", 1))
			if err != nil || page.Total != 401 {
				t.Fatalf("page at %d: total %d, %v; want 401", offset, page.Total, err)
			}
			for i, n := range page.Items {
				if seen[n.ID] || i > 0 && page.Items[i-1].Title > n.Title {
					t.Fatalf("item %s comes twice or out of order", n.ID)
				}
				seen[n.ID] = true
			}
			if !page.HasMore() {
				break
			}
		}
		if len(seen) != 401 {
			t.Errorf("pages hold %d rows, want 401", len(seen))
		}
	})
}

func TestMigrationsAreReportedAndKept(t *testing.T) {
	onEach(t, func(t *testing.T, db *sqlkit.DB) {
		versions := db.Migrations()
		if len(versions) != 2 || versions[0].Version != 1 || versions[1].Applied.IsZero() {
			t.Errorf("Migrations() = %+v, want two that are applied", versions)
		}
	})
}
