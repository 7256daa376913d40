package sqlkit_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
)

const (
	insertNote = "INSERT INTO notes (id, title, version, at) VALUES (?, ?, ?, ?)"
	updateNote = "UPDATE notes SET version = version + 1 WHERE id = ?"
)

// BenchmarkTransaction compares a transaction of four statements through the kit
// with the same by hand.
func BenchmarkTransaction(b *testing.B) {
	b.Run("hand", func(b *testing.B) {
		path := filepath.Join(b.TempDir(), "hand.db")
		db := sqltest.Open(b, sqlkit.Config{Path: path, Migrations: migrations(b)})
		hand, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)")
		if err != nil || db.Damage() != nil {
			b.Fatal(err)
		}
		defer hand.Close()
		hand.SetMaxOpenConns(1)
		insert, err := hand.Prepare(insertNote)
		if err != nil {
			b.Fatal(err)
		}
		update, err := hand.Prepare(updateNote)
		if err != nil {
			b.Fatal(err)
		}
		ctx := context.Background()
		for i := 0; b.Loop(); i++ {
			id := strconv.Itoa(i)
			tx, err := hand.BeginTx(ctx, nil)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := tx.StmtContext(ctx, insert).ExecContext(ctx, id, id, 1, i); err != nil {
				b.Fatal(err)
			}
			for range 3 {
				if _, err := tx.StmtContext(ctx, update).ExecContext(ctx, id); err != nil {
					b.Fatal(err)
				}
			}
			if err := tx.Commit(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("kit", func(b *testing.B) {
		db := sqltest.SQLite(b, migrations(b))
		for i := 0; b.Loop(); i++ {
			id := strconv.Itoa(i)
			err := db.Within(context.Background(), func(ctx context.Context) error {
				raw := db.RawWrite(ctx)
				if _, err := raw.ExecContext(ctx, insertNote, id, id, 1, i); err != nil {
					return err
				}
				for range 3 {
					if _, err := raw.ExecContext(ctx, updateNote, id); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkInsert compares one row per transaction: gorm through the kit, raw
// through the kit, and database/sql by hand.
func BenchmarkInsert(b *testing.B) {
	ctx := context.Background()
	b.Run("gorm", func(b *testing.B) {
		db := sqltest.SQLite(b, migrations(b))
		for i := 0; b.Loop(); i++ {
			id := strconv.Itoa(i)
			if err := sqlkit.Insert(ctx, db, &note{ID: id, Title: id, Version: 1}, "note"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("raw", func(b *testing.B) {
		db := sqltest.SQLite(b, migrations(b))
		for i := 0; b.Loop(); i++ {
			id := strconv.Itoa(i)
			if _, err := db.RawWrite(ctx).ExecContext(ctx, insertNote, id, id, 1, i); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("hand", func(b *testing.B) {
		path := filepath.Join(b.TempDir(), "hand.db")
		sqltest.Open(b, sqlkit.Config{Path: path, Migrations: migrations(b)})
		hand, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)")
		if err != nil {
			b.Fatal(err)
		}
		defer hand.Close()
		hand.SetMaxOpenConns(1)
		insert, err := hand.Prepare(insertNote)
		if err != nil {
			b.Fatal(err)
		}
		for i := 0; b.Loop(); i++ {
			id := strconv.Itoa(i)
			if _, err := insert.ExecContext(ctx, id, id, 1, i); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkWithin measures a unit of work that does nothing.
func BenchmarkWithin(b *testing.B) {
	db := sqltest.SQLite(b, nil)
	for b.Loop() {
		if err := db.Within(context.Background(), func(context.Context) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
