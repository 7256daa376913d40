package sqlkit

import (
	"context"
	"sync"
	"sync/atomic"

	"gorm.io/gorm"

	"github.com/docsteward/docsteward/ports/tx"
)

// DB is the open database of one service. It is safe for concurrent use.
type DB struct {
	config  Config
	dialect Dialect
	watch   *watch
	current atomic.Pointer[pools]

	opening sync.Mutex // held by Reopen and Close; guards closed
	closed  bool
}

var _ tx.Unit = (*DB)(nil)

// Dialect returns the engine.
func (db *DB) Dialect() Dialect { return db.dialect }

// Path returns the absolute path of the SQLite file, or "" on PostgreSQL.
func (db *DB) Path() string { return db.config.Path }

// Damage returns the fault that every write of a damaged database fails with, which
// is readable as far as it goes; nil when the database was whole at opening.
func (db *DB) Damage() error {
	if damage := db.current.Load().damage; damage != nil {
		return damage
	}
	return nil
}

// Ping asks the database for a sign of life. It fails with Storage when the
// database is away or damaged.
func (db *DB) Ping(ctx context.Context) error {
	if damage := db.Damage(); damage != nil {
		return damage
	}
	var one int
	return Translate(db.reader().QueryRowContext(ctx, "SELECT 1").Scan(&one), "database")
}

// Close waits for statements under way and closes every connection. A closed
// database serves nothing.
func (db *DB) Close() error {
	db.opening.Lock()
	defer db.opening.Unlock()
	db.closed = true
	return db.current.Load().close()
}

// Read returns gorm over the transaction of ctx, or over a reader that sees the
// last commit. Errors of it are the driver's: pass them through Translate.
func (db *DB) Read(ctx context.Context) *gorm.DB {
	if open := db.transaction(ctx); open != nil {
		return db.session(ctx, open.link)
	}
	return db.session(ctx, &conn{Querier: db.reader(), watch: db.watch, origin: db.reader()})
}

// Write returns gorm over the transaction of ctx, or over the writer, where each
// statement is its own transaction.
func (db *DB) Write(ctx context.Context) *gorm.DB {
	if open := db.transaction(ctx); open != nil {
		return db.session(ctx, open.link)
	}
	g := db.session(ctx, &conn{Querier: db.writer(), watch: db.watch, origin: db.writer()})
	if damage := db.Damage(); damage != nil {
		_ = g.AddError(damage)
	}
	return g
}

// RawRead runs hand-written queries where Read would. The text of a query stays
// prepared: write values as parameters, never into the text.
func (db *DB) RawRead(ctx context.Context) Querier {
	if open := db.transaction(ctx); open != nil {
		return open.raw
	}
	return &conn{Querier: outside{db: db, prepared: true}, watch: db.watch}
}

// Brief is the context of a statement that finds a few rows by key. Watching a
// context costs two goroutines a statement, and SQLite has answered such a one
// before it could be told to stop: there Brief is ctx without its end, unless that
// has come. On PostgreSQL it is ctx.
func (db *DB) Brief(ctx context.Context) context.Context {
	if db.dialect == Postgres || ctx.Err() != nil {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

// RawWrite runs hand-written statements where Write would, prepared as those of
// RawRead.
func (db *DB) RawWrite(ctx context.Context) Querier {
	if open := db.transaction(ctx); open != nil {
		return open.raw
	}
	return &conn{Querier: outside{db: db, write: true, prepared: true}, watch: db.watch}
}

func (db *DB) reader() outside { return outside{db: db} }
func (db *DB) writer() outside { return outside{db: db, write: true} }

func (db *DB) session(ctx context.Context, link *conn) *gorm.DB {
	g := db.current.Load().gorm.Session(&gorm.Session{NewDB: true, Context: ctx})
	g.Statement.ConnPool = link
	return g
}
