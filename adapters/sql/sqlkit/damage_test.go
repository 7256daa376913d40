package sqlkit_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/domain"
)

const pageSize = 4096

// backedUp fills a database with notes 0000 to 1999 and returns a backup of it.
func backedUp(t *testing.T) string {
	t.Helper()
	db := openSQLite(t)
	rows := make([]note, 2000)
	for i := range rows {
		rows[i] = note{ID: fmt.Sprintf("%04d", i), Title: fmt.Sprintf("%04d %s", i, strings.Repeat("text ", 20)), Version: 1}
	}
	if err := sqlkit.InsertAll(context.Background(), db, rows, "note"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "backup.db")
	if err := db.Backup(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	return path
}

// copyFile copies from to the path to, which it replaces by renaming.
func copyFile(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to+".new", content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(to+".new", to); err != nil {
		t.Fatal(err)
	}
}

// damage overwrites an eighth of the pages, of those that hold rows and neither
// the schema nor an index.
func damage(t *testing.T, path string) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	pages := info.Size() / pageSize
	junk := []byte(strings.Repeat("\xa5\x5a", pageSize/2))
	for page := pages / 4; page < pages*3/8; page++ {
		if _, err := file.WriteAt(junk, page*pageSize); err != nil {
			t.Fatal(err)
		}
	}
}

// wantStorage wants a storage fault that says when to come back.
func wantStorage(t *testing.T, what, code string, err error) {
	t.Helper()
	fault := domain.FaultOf(err)
	if fault == nil || fault.Kind != domain.Storage || fault.RetryAfter <= 0 || code != "" && fault.Code != code {
		t.Errorf("%s = %+v, want a storage fault with code %q and a time to come back", what, fault, code)
	}
}

func countNotes(t *testing.T, db *sqlkit.DB) (readable, unreadable int) {
	t.Helper()
	for i := range 2000 {
		_, err := sqlkit.Get[note](context.Background(), db, "note", sqlkit.Where("id = ?", fmt.Sprintf("%04d", i)))
		switch {
		case err == nil:
			readable++
		case domain.FaultOf(err).Code == "corrupt" || errors.Is(err, domain.NotFound):
			unreadable++
		default:
			t.Fatalf("note %d: %v", i, err)
		}
	}
	return readable, unreadable
}

func TestDamagedFileServesWhatIsLeftAndHealsOnceReplaced(t *testing.T) {
	ctx := context.Background()
	good, path := backedUp(t), filepath.Join(t.TempDir(), "store.db")
	copyFile(t, good, path)
	damage(t, path)
	db := sqltest.Open(t, sqlkit.Config{Path: path, Migrations: migrations(t)})

	if db.Damage() == nil {
		t.Fatal("the damage was not found")
	}
	readable, unreadable := countNotes(t, db)
	if readable == 0 || unreadable == 0 {
		t.Errorf("%d notes are readable and %d are not, want some of both", readable, unreadable)
	}
	t.Logf("%d of 2000 notes are readable", readable)

	wantStorage(t, "Ping", "corrupt", db.Ping(ctx))
	wantStorage(t, "Integrity", "corrupt", db.Integrity(ctx))
	wantStorage(t, "Damage", "corrupt", db.Damage())
	wantStorage(t, "Insert", "corrupt", sqlkit.Insert(ctx, db, &note{ID: "n", Title: "n"}, "note"))
	wantStorage(t, "Within", "corrupt", db.Within(ctx, func(context.Context) error { return nil }))
	_, err := db.RawWrite(ctx).ExecContext(ctx, "DELETE FROM notes")
	wantStorage(t, "raw delete", "corrupt", sqlkit.Translate(err, "note"))
	wantStorage(t, "Backup", "corrupt", db.Backup(ctx, filepath.Join(t.TempDir(), "copy.db")))

	if err := db.Reopen(ctx); err != nil || db.Damage() == nil {
		t.Errorf("Reopen of the damaged file = %v, damage %v; want it open and still damaged", err, db.Damage())
	}
	copyFile(t, good, path)
	if err := db.Reopen(ctx); err != nil {
		t.Fatalf("Reopen of the good file: %v", err)
	}
	if err := errors.Join(db.Ping(ctx), db.Integrity(ctx), db.Damage()); err != nil {
		t.Errorf("the replaced file is not healthy: %v", err)
	}
	if readable, _ := countNotes(t, db); readable != 2000 {
		t.Errorf("%d notes are readable after the replacement, want 2000", readable)
	}
	insert(t, ctx, db, note{ID: "n", Title: "n", Version: 1})
}

func TestFileThatIsNoDatabaseIsDamage(t *testing.T) {
	ctx, good := context.Background(), backedUp(t)
	for name, content := range map[string]string{
		"letter": strings.Repeat("This is a letter, not a database. ", 1000),
		"short":  "no database",
		"zeroes": strings.Repeat("\x00", 3*pageSize),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "store.db")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			db := sqltest.Open(t, sqlkit.Config{Path: path, Migrations: migrations(t)})
			wantStorage(t, "Damage", "corrupt", db.Damage())
			wantStorage(t, "Ping", "corrupt", db.Ping(ctx))
			wantStorage(t, "Integrity", "corrupt", db.Integrity(ctx))
			wantStorage(t, "Insert", "corrupt", sqlkit.Insert(ctx, db, &note{ID: "n", Title: "n"}, "note"))
			wantStorage(t, "Within", "corrupt", db.Within(ctx, func(context.Context) error { return nil }))
			_, err := sqlkit.Get[note](ctx, db, "note", sqlkit.Where("id = ?", "0001"))
			wantStorage(t, "Get", "corrupt", err)
			if now, err := os.ReadFile(path); err != nil || string(now) != content {
				t.Errorf("the file was changed, or is gone: %v", err)
			}
			copyFile(t, good, path)
			if err := db.Reopen(ctx); err != nil || db.Damage() != nil {
				t.Fatalf("Reopen of the good file = %v, damage %v", err, db.Damage())
			}
			insert(t, ctx, db, note{ID: "n", Title: "n", Version: 1})
		})
	}
}

// TestReplacedFileIsNotMixedWithTheLogOfTheOld replaces a healthy file whose
// last writes are still in its write-ahead log.
func TestReplacedFileIsNotMixedWithTheLogOfTheOld(t *testing.T) {
	ctx := context.Background()
	good, path := backedUp(t), filepath.Join(t.TempDir(), "store.db")
	db := sqltest.Open(t, sqlkit.Config{Path: path, Migrations: migrations(t)})
	for i := range 300 {
		id := fmt.Sprint("old ", i)
		insert(t, ctx, db, note{ID: id, Title: id, Version: 1})
	}
	copyFile(t, good, path)
	if err := db.Reopen(ctx); err != nil {
		t.Fatal(err)
	}
	if err := db.Integrity(ctx); err != nil {
		t.Fatalf("the new file: %v", err)
	}
	if readable, _ := countNotes(t, db); readable != 2000 {
		t.Errorf("%d notes of the new file are readable, want 2000", readable)
	}
	if _, err := sqlkit.Get[note](ctx, db, "note", sqlkit.Where("id = ?", "old 0")); !errors.Is(err, domain.NotFound) {
		t.Errorf("a note of the old file = %v, want not found", err)
	}
}

func TestReopenLosesNothingUnderWay(t *testing.T) {
	onEach(t, func(t *testing.T, db *sqlkit.DB) {
		ctx, stop := context.WithCancel(context.Background())
		const clients = 4
		var written [clients]int
		var group sync.WaitGroup
		for client := range clients {
			group.Go(func() {
				for i := 0; ctx.Err() == nil; i++ {
					if err := writeAndRead(db, fmt.Sprintf("%d-%d", client, i)); err != nil {
						t.Errorf("client %d, note %d: %v", client, i, err)
						return
					}
					written[client]++
				}
			})
		}
		for range 8 {
			if err := db.Reopen(context.Background()); err != nil {
				t.Errorf("Reopen: %v", err)
			}
		}
		stop()
		group.Wait()
		want := 0
		for _, n := range written {
			want += n
		}
		page, err := sqlkit.Page[note](context.Background(), db, "note", "id", domain.PageRequest{Limit: 1})
		if err != nil || page.Total != want {
			t.Errorf("%d notes are there, %v; want the %d that were acknowledged", page.Total, err, want)
		}
		t.Logf("%d notes were written through 8 reopenings", want)
	})
}

// writeAndRead goes every way to the database once.
func writeAndRead(db *sqlkit.DB, id string) error {
	ctx := context.Background()
	err := db.Within(ctx, func(ctx context.Context) error {
		if err := sqlkit.Insert(ctx, db, &note{ID: id, Title: id, Version: 1}, "note"); err != nil {
			return err
		}
		_, err := db.RawWrite(ctx).ExecContext(ctx, "UPDATE notes SET version = version + 1 WHERE id = $1", id)
		return err
	})
	if err != nil {
		return err
	}
	var version int
	if err := db.RawRead(ctx).QueryRowContext(ctx, "SELECT version FROM notes WHERE id = $1", id).Scan(&version); err != nil {
		return err
	}
	return db.Snapshot(ctx, func(ctx context.Context) error {
		_, err := sqlkit.Get[note](ctx, db, "note", sqlkit.Where("id = ? AND version = ?", id, version))
		return err
	})
}

func TestClosedDatabaseIsNotReopened(t *testing.T) {
	db, err := sqlkit.Open(context.Background(), sqlkit.Config{Path: filepath.Join(t.TempDir(), "store.db")})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.Reopen(context.Background()); !errors.Is(err, domain.Unavailable) {
		t.Errorf("Reopen after Close = %v, want unavailable", err)
	}
}
