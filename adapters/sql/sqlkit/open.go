package sqlkit

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/docsteward/docsteward/domain"
)

// Open opens the database and brings its tables up to date. The caller closes it.
//
// A damaged SQLite file is opened all the same: Damage tells, reads give what is
// left, and writes fail with Storage. It fails with Invalid when cfg names no
// database and with Storage when the database cannot be opened or migrated.
func Open(ctx context.Context, cfg Config) (*DB, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	cfg, err := cfg.withDefaults().located()
	if err != nil {
		return nil, Translate(err, "database")
	}
	db := &DB{config: cfg, dialect: cfg.dialect()}
	if db.watch, err = newWatch(cfg, db.inUse); err != nil {
		return nil, Translate(err, "database")
	}
	p, err := db.connect(ctx)
	if cfg.Exclusive && isBusy(err) {
		return nil, domain.Conflict.Wrap(err, "Another process has the database "+cfg.Path+" open; stop it, or call it instead.")
	}
	if err != nil {
		return nil, err
	}
	db.current.Store(p)
	return db, nil
}

// connect opens pools and brings the tables up to date.
func (db *DB) connect(ctx context.Context) (*pools, error) {
	p := &pools{config: db.config}
	open := p.connectSQLite
	if db.dialect == Postgres {
		open = p.connectPostgres
	}
	err := open(ctx)
	if err == nil {
		err = db.prepare(ctx, p)
	}
	if err != nil {
		_ = p.close()
		return nil, Translate(err, "database")
	}
	return p, nil
}

// prepare builds what rests on the connected pools.
func (db *DB) prepare(ctx context.Context, p *pools) (err error) {
	ask := p.writer.pool
	if p.damage != nil {
		if ask, err = sql.Open("sqlite", ":memory:"); err != nil {
			return err
		}
		defer func() { _ = ask.Close() }()
	}
	if p.gorm, err = gorm.Open(db.dialector(ask), &gorm.Config{
		Logger: logger.Discard, SkipDefaultTransaction: true, DisableNestedTransaction: true, DisableAutomaticPing: true,
	}); err != nil {
		return err
	}
	if p.damage == nil {
		err = p.migrate(ctx)
	}
	p.remember()
	return err
}

// dialector asks pool for the version of the engine, which a file that is no
// database cannot tell. Sessions bring their own connections.
func (db *DB) dialector(pool *sql.DB) gorm.Dialector {
	ask := &conn{Querier: pool, watch: db.watch}
	if db.dialect == Postgres {
		return postgres.New(postgres.Config{Conn: ask})
	}
	return sqlite.New(sqlite.Config{DriverName: "sqlite", Conn: ask})
}

// connectSQLite opens the writer first: it makes the file and sets the journal
// that the readers need to find.
func (p *pools) connectSQLite(ctx context.Context) error {
	path := p.config.Path
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return domain.Storage.Wrap(err, "The data directory "+filepath.Dir(path)+" cannot be made; check its permissions.")
	}
	synchronous := "synchronous(NORMAL)"
	if p.config.FullSync {
		synchronous = "synchronous(FULL)"
	}
	writer := url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", synchronous, "foreign_keys(1)", "journal_size_limit(67108864)"},
	}
	reader := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(5000)", "foreign_keys(1)"}}
	if p.config.Exclusive && exclusiveVFS != "" {
		writer.Set("vfs", exclusiveVFS)
		reader.Set("vfs", exclusiveVFS)
	}
	pool, err := sql.Open("sqlite", liteDSN(path, writer))
	if err != nil {
		return err
	}
	pool.SetMaxOpenConns(1)
	p.writer = side{pool: pool, cache: newStatements(pool)}
	if pool, err = sql.Open("sqlite", liteDSN(path, reader)); err != nil {
		return err
	}
	pool.SetMaxOpenConns(p.config.Readers)
	pool.SetMaxIdleConns(p.config.Readers)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	p.readers = side{pool: pool, cache: newStatements(pool)}
	return p.inspect(ctx)
}

// inspect looks for damage. A damaged file keeps its readers and loses its
// writer, so that nothing can be written over what is left.
func (p *pools) inspect(ctx context.Context) error {
	err := p.writer.pool.PingContext(ctx)
	if err == nil {
		err = quickCheck(ctx, p.writer.pool)
	}
	fault := domain.FaultOf(Translate(err, "database"))
	if fault == nil || fault.Code != codeCorrupt {
		return err
	}
	p.damage = fault
	_ = p.writer.pool.Close()
	p.writer = p.readers
	return nil
}

func quickCheck(ctx context.Context, pool Querier) error {
	var answer string
	if err := pool.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&answer); err != nil {
		return err
	}
	if answer != "ok" {
		return corruptFault(errors.New(answer))
	}
	return nil
}

func liteDSN(path string, query url.Values) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: query.Encode()}).String()
}

func (p *pools) connectPostgres(ctx context.Context) error {
	cfg, err := pgx.ParseConfig(p.config.DSN)
	if err != nil {
		return domain.Invalid.Wrap(err, "The connection string of the PostgreSQL server cannot be read; write it as postgres://user:password@host:port/database.")
	}
	cfg.RuntimeParams["search_path"] = p.config.Schema + ",public"
	if cfg.RuntimeParams["application_name"] == "" {
		cfg.RuntimeParams["application_name"] = "docsteward/" + p.config.Schema
	}
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(p.config.Connections)
	pool.SetMaxIdleConns(p.config.Connections)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	p.writer = side{pool: pool}
	p.readers = p.writer
	return makeSchema(ctx, pool, p.config.Schema)
}

// makeSchema tries twice: two processes that start together may both find the
// schema missing, and the second to make it is refused.
func makeSchema(ctx context.Context, pool *sql.DB, schema string) error {
	statement := `CREATE SCHEMA IF NOT EXISTS "` + strings.ReplaceAll(schema, `"`, `""`) + `"`
	_, err := pool.ExecContext(ctx, statement)
	if errors.Is(Translate(err, "schema"), domain.Conflict) {
		_, err = pool.ExecContext(ctx, statement)
	}
	return err
}
