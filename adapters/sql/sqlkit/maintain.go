package sqlkit

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/docsteward/docsteward/domain"
)

// Integrity reads the whole database and fails with Storage, code corrupt, when
// it finds damage. On SQLite it takes about a second per gigabyte and keeps
// nobody waiting; PostgreSQL checks its own pages, so there it only asks for a
// sign of life.
func (db *DB) Integrity(ctx context.Context) error {
	if db.dialect == Postgres {
		return db.Ping(ctx)
	}
	return Translate(quickCheck(ctx, db.reader()), "database")
}

// Backup writes a compact copy of the last commit to path while reads and writes
// go on. The copy is whole or absent: it is written beside path and renamed.
//
// It fails with Conflict when path exists, with Unavailable on PostgreSQL, whose
// own tools back it up, and with Storage when the copy cannot be written.
func (db *DB) Backup(ctx context.Context, path string) error {
	if db.dialect == Postgres {
		return backupElsewhere()
	}
	if _, err := os.Stat(path); err == nil {
		return domain.Conflict.New("The backup file " + path + " exists; choose another name.")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return domain.Storage.Wrap(err, "The directory of the backup cannot be made; check its permissions.")
	}
	partial := path + ".partial"
	if err := os.Remove(partial); err != nil && !errors.Is(err, os.ErrNotExist) {
		return domain.Storage.Wrap(err, "An earlier, unfinished backup is in the way; remove "+partial+".")
	}
	if _, err := db.reader().ExecContext(ctx, "VACUUM INTO ?", partial); err != nil {
		_ = os.Remove(partial)
		return Translate(err, "backup")
	}
	if err := os.Rename(partial, path); err != nil {
		_ = os.Remove(partial)
		return domain.Storage.Wrap(err, "The backup could not be given its name.")
	}
	return nil
}

func backupElsewhere() error {
	return domain.Unavailable.New("Back up the PostgreSQL server with pg_dump or its continuous archive.")
}

// FreeBytes returns how many bytes the disk of the database can still take from
// this process. It fails with Unavailable on PostgreSQL and where the system
// does not tell.
func (db *DB) FreeBytes() (uint64, error) {
	if db.dialect == Postgres {
		return 0, domain.Unavailable.New("The disk of the PostgreSQL server is watched on that server.")
	}
	return freeBytes(filepath.Dir(db.config.Path))
}

// Size returns the bytes that the database takes up.
func (db *DB) Size(ctx context.Context) (int64, error) {
	query := "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
	if db.dialect == Postgres {
		query = `SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c
			WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'`
	}
	var size int64
	err := db.reader().QueryRowContext(ctx, query).Scan(&size)
	return size, Translate(err, "database")
}
