package sqlkit

import (
	"io/fs"
	"log/slog"
	"path/filepath"
	"regexp"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/domain"
)

// Dialect names the database engine.
type Dialect string

// The engines.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// DefaultSlowQuery is how long a statement may take before it is logged.
const DefaultSlowQuery = 200 * time.Millisecond

// Config says which database to open, and how.
type Config struct {
	// Path is the database file of SQLite; it and its directory are made when
	// missing. Exactly one of Path and DSN is set.
	Path string
	// DSN is the connection string of PostgreSQL, as a URL or as key=value pairs.
	DSN string
	// Schema is the PostgreSQL schema that holds the tables; it is made when
	// missing. Lower-case letters, digits and underscores.
	Schema string
	// FullSync makes SQLite wait for the disk at every commit, so that even a
	// loss of power loses nothing. Without it a kill loses nothing.
	FullSync bool
	// Exclusive has SQLite lock the file for this process alone, and so do without a
	// lock in every read. A process that opens it so waits for 5 s and fails with
	// Conflict while another has it open. It counts on Unix only.
	Exclusive bool
	// Readers is the number of read connections of SQLite; zero means four, or
	// one per processor where there are more.
	Readers int
	// Connections is the size of the PostgreSQL pool; zero means ten.
	Connections int
	// SlowQuery is the least time of a statement that is logged as slow; zero
	// means DefaultSlowQuery.
	SlowQuery time.Duration
	// Logger takes slow statements, without their values. Nil means silence.
	Logger *slog.Logger
	// Metrics takes db_connections_active and db_query_duration_seconds. Nil
	// means none.
	Metrics prometheus.Registerer
	// Migrations holds the versioned SQL of the service beneath
	// migrations/sqlite and migrations/postgres. Nil means that it has no tables.
	Migrations fs.FS
}

var schemaName = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,62}$`)

func (c Config) check() error {
	switch {
	case (c.Path == "") == (c.DSN == ""):
		return domain.Invalid.New("A database needs either the path of a SQLite file or the connection string of a PostgreSQL server.")
	case c.DSN != "" && !schemaName.MatchString(c.Schema):
		return domain.Invalid.New("The database schema must be lower-case letters, digits and underscores, and not start with a digit.")
	}
	return nil
}

func (c Config) dialect() Dialect {
	if c.DSN != "" {
		return Postgres
	}
	return SQLite
}

// located makes the path of the file absolute, so that it stays the same
// wherever the process goes.
func (c Config) located() (Config, error) {
	if c.Path == "" {
		return c, nil
	}
	path, err := filepath.Abs(c.Path)
	c.Path = path
	return c, err
}

func (c Config) withDefaults() Config {
	if c.Readers <= 0 {
		c.Readers = max(4, runtime.NumCPU())
	}
	if c.Connections <= 0 {
		c.Connections = 10
	}
	if c.SlowQuery <= 0 {
		c.SlowQuery = DefaultSlowQuery
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return c
}
