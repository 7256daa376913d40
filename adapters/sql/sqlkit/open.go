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
	cfg = cfg.withDefaults()
	db := &DB{config: cfg, dialect: cfg.dialect()}
	connect := db.connectSQLite
	if db.dialect == Postgres {
		connect = db.connectPostgres
	}
	err := connect(ctx)
	if err == nil {
		err = db.prepare(ctx)
	}
	if err != nil {
		_ = db.Close()
		return nil, Translate(err, "database")
	}
	return db, nil
}

// prepare builds what rests on the connected pools.
func (db *DB) prepare(ctx context.Context) (err error) {
	pools := []*sql.DB{db.writer}
	if db.readers != db.writer {
		pools = append(pools, db.readers)
	}
	if db.watch, err = newWatch(db.config, pools...); err != nil {
		return err
	}
	if db.gorm, err = gorm.Open(db.dialector(), &gorm.Config{
		Logger: logger.Discard, SkipDefaultTransaction: true, DisableNestedTransaction: true, DisableAutomaticPing: true,
	}); err != nil {
		return err
	}
	if db.dialect == SQLite {
		db.readStatements, db.writeStatements = newStatements(db.readers), newStatements(db.writer)
	}
	if db.damage != nil {
		return nil
	}
	return db.migrate(ctx)
}

func (db *DB) dialector() gorm.Dialector {
	pool := &conn{Querier: db.writer, watch: db.watch, pool: db.writer}
	if db.dialect == Postgres {
		return postgres.New(postgres.Config{Conn: pool})
	}
	return sqlite.New(sqlite.Config{DriverName: "sqlite", Conn: pool})
}

// connectSQLite opens the writer first: it makes the file and sets the journal
// that the readers need to find.
func (db *DB) connectSQLite(ctx context.Context) error {
	path, err := filepath.Abs(db.config.Path)
	if err != nil {
		return err
	}
	db.config.Path = path
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return domain.Storage.Wrap(err, "The data directory "+filepath.Dir(path)+" cannot be made; check its permissions.")
	}
	synchronous := "synchronous(NORMAL)"
	if db.config.FullSync {
		synchronous = "synchronous(FULL)"
	}
	writer := url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", synchronous, "foreign_keys(1)", "journal_size_limit(67108864)"},
	}
	if db.writer, err = sql.Open("sqlite", liteDSN(path, writer)); err != nil {
		return err
	}
	db.writer.SetMaxOpenConns(1)
	reader := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(5000)", "foreign_keys(1)"}}
	if db.readers, err = sql.Open("sqlite", liteDSN(path, reader)); err != nil {
		return err
	}
	db.readers.SetMaxOpenConns(db.config.Readers)
	db.readers.SetMaxIdleConns(db.config.Readers)
	db.readers.SetConnMaxIdleTime(5 * time.Minute)
	return db.inspect(ctx)
}

// inspect looks for damage. A damaged file keeps its readers and loses its
// writer, so that nothing can be written over what is left.
func (db *DB) inspect(ctx context.Context) error {
	err := db.writer.PingContext(ctx)
	if err == nil {
		err = quickCheck(ctx, db.writer)
	}
	fault := domain.FaultOf(Translate(err, "database"))
	if fault == nil || fault.Code != codeCorrupt {
		return err
	}
	db.damage = fault
	_ = db.writer.Close()
	db.writer = db.readers
	return nil
}

func quickCheck(ctx context.Context, pool *sql.DB) error {
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

func (db *DB) connectPostgres(ctx context.Context) error {
	cfg, err := pgx.ParseConfig(db.config.DSN)
	if err != nil {
		return domain.Invalid.Wrap(err, "The connection string of the PostgreSQL server cannot be read; write it as postgres://user:password@host:port/database.")
	}
	cfg.RuntimeParams["search_path"] = db.config.Schema + ",public"
	if cfg.RuntimeParams["application_name"] == "" {
		cfg.RuntimeParams["application_name"] = "docsteward/" + db.config.Schema
	}
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(db.config.Connections)
	pool.SetMaxIdleConns(db.config.Connections)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	db.writer, db.readers = pool, pool
	return makeSchema(ctx, pool, db.config.Schema)
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
