package sqlkit

import (
	"context"
	"database/sql"
	"errors"

	"gorm.io/gorm"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/tx"
)

// DB is the open database of one service. It is safe for concurrent use.
type DB struct {
	config  Config
	dialect Dialect

	// On PostgreSQL, and on a damaged SQLite file, writer and readers are the
	// same pool.
	writer, readers                 *sql.DB
	writeStatements, readStatements *statements
	gorm                            *gorm.DB
	watch                           *watch
	versions                        []Migration
	damage                          *domain.Fault
}

var _ tx.Unit = (*DB)(nil)

// Dialect returns the engine.
func (db *DB) Dialect() Dialect { return db.dialect }

// Path returns the absolute path of the SQLite file, or "" on PostgreSQL.
func (db *DB) Path() string { return db.config.Path }

// Damage returns the fault that every write of a damaged database fails with,
// or nil when the database was whole at opening.
func (db *DB) Damage() error {
	if db.damage == nil {
		return nil
	}
	return db.damage
}

// Corrupt reports whether the database was found damaged at opening: it is
// readable as far as it goes and takes no writes.
func (db *DB) Corrupt() bool { return db.damage != nil }

// Ping asks the database for a sign of life. It fails with Storage when the
// database is away or damaged.
func (db *DB) Ping(ctx context.Context) error {
	if db.damage != nil {
		return db.damage
	}
	var one int
	return Translate(db.readers.QueryRowContext(ctx, "SELECT 1").Scan(&one), "database")
}

// Close waits for statements under way and closes every connection. A closed
// database serves nothing.
func (db *DB) Close() error {
	var errs []error
	for _, cache := range []*statements{db.writeStatements, db.readStatements} {
		if cache != nil {
			cache.close()
		}
	}
	if db.writer != nil {
		errs = append(errs, db.writer.Close())
	}
	if db.readers != nil && db.readers != db.writer {
		errs = append(errs, db.readers.Close())
	}
	return errors.Join(errs...)
}

// Read returns gorm over the transaction of ctx, or over a reader that sees the
// last commit. Errors of it are the driver's: pass them through Translate.
func (db *DB) Read(ctx context.Context) *gorm.DB {
	if open := db.transaction(ctx); open != nil {
		return db.session(ctx, open.link)
	}
	return db.session(ctx, &conn{Querier: db.readers, watch: db.watch, pool: db.readers})
}

// Write returns gorm over the transaction of ctx, or over the writer, where each
// statement is its own transaction.
func (db *DB) Write(ctx context.Context) *gorm.DB {
	if open := db.transaction(ctx); open != nil {
		return db.session(ctx, open.link)
	}
	g := db.session(ctx, &conn{Querier: db.writer, watch: db.watch, pool: db.writer})
	if db.damage != nil {
		_ = g.AddError(db.damage)
	}
	return g
}

// RawRead runs hand-written queries where Read would. The text of a query stays
// prepared: write values as parameters, never into the text.
func (db *DB) RawRead(ctx context.Context) Querier {
	if open := db.transaction(ctx); open != nil {
		return open.raw
	}
	return db.raw(db.readers, db.readStatements, nil)
}

// RawWrite runs hand-written statements where Write would, prepared as those of
// RawRead.
func (db *DB) RawWrite(ctx context.Context) Querier {
	if open := db.transaction(ctx); open != nil {
		return open.raw
	}
	return db.raw(db.writer, db.writeStatements, nil)
}

// raw prepares on SQLite; on PostgreSQL the driver itself keeps statements
// prepared per connection.
func (db *DB) raw(pool *sql.DB, cache *statements, open *sql.Tx) *conn {
	c := &conn{watch: db.watch, pool: pool, tx: open}
	switch {
	case cache != nil:
		c.Querier = &prepared{cache: cache, tx: open}
	case open != nil:
		c.Querier = open
	default:
		c.Querier = pool
	}
	return c
}

func (db *DB) session(ctx context.Context, link *conn) *gorm.DB {
	g := db.gorm.Session(&gorm.Session{NewDB: true, Context: ctx})
	g.Statement.ConnPool = link
	return g
}
