package sqlkit

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/docsteward/docsteward/domain"
)

// own holds the tables that the kit brings to every service.
//
//go:embed migrations
var own embed.FS

// Migration is a step of the schema that was applied.
type Migration struct {
	// Version is the number that the file name starts with.
	Version int64
	// Name is the file name.
	Name string
	// Applied is when, in UTC; zero where it waits.
	Applied time.Time
}

// Migrations returns the service's migrations, oldest first, as they stood
// when the database was opened.
func (db *DB) Migrations() []Migration {
	return append([]Migration(nil), db.current.Load().versions...)
}

// migrate applies the kit's tables and then the service's.
func (p *pools) migrate(ctx context.Context) error {
	if _, err := p.apply(ctx, own, "kit_schema_version"); err != nil {
		return err
	}
	if p.config.Migrations == nil {
		return nil
	}
	versions, err := p.apply(ctx, p.config.Migrations, "schema_version")
	p.versions = versions
	return err
}

// apply runs the waiting migrations of one set, each in its own transaction; on
// PostgreSQL one process at a time.
func (p *pools) apply(ctx context.Context, migrations fs.FS, table string) ([]Migration, error) {
	files, err := fs.Sub(migrations, "migrations/"+string(p.config.dialect()))
	if err != nil {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	options := []goose.ProviderOption{goose.WithTableName(table), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger())}
	if p.config.dialect() == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, p.writer.pool, files, options...)
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if _, err := provider.Up(ctx); err != nil {
		return nil, migrationFault(err)
	}
	return applied(ctx, provider)
}

func applied(ctx context.Context, provider *goose.Provider) ([]Migration, error) {
	status, err := provider.Status(ctx)
	if err != nil {
		return nil, err
	}
	versions := make([]Migration, len(status))
	for i, s := range status {
		versions[i] = Migration{Version: s.Source.Version, Name: s.Source.Path, Applied: s.AppliedAt.UTC()}
	}
	return versions, nil
}

func migrationFault(err error) error {
	fault := domain.FaultOf(Translate(err, "schema"))
	if fault.RetryAfter > 0 || fault.Kind == domain.Timeout {
		return fault
	}
	return domain.Storage.Wrap(err, "The tables of the store could not be brought up to date; report it with the log.")
}
