package durabledbos

import (
	"context"
	"fmt"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
	"github.com/jackc/pgx/v5"
)

// executors is the table of leases; its rows are those of executors on PostgreSQL.
const executors = "docsteward_executors"

// migrate makes our index and our table beside those of the engine.
func (r *Runtime) migrate(ctx context.Context, e *engine) error {
	statements := []string{`CREATE INDEX IF NOT EXISTS docsteward_parent ON %sworkflow_status (authenticated_user) WHERE authenticated_user <> ''`}
	if r.shared() {
		statements = append(statements, `CREATE TABLE IF NOT EXISTS %s`+executors+` (id text PRIMARY KEY, token text NOT NULL, lapses_at timestamptz NOT NULL)`)
	}
	for _, statement := range statements {
		if err := exec(ctx, e, e.runtime.SystemDB().Pool(), statement, nil); err != nil {
			return fmt.Errorf("prepare the store of the runs: %w", err)
		}
	}
	return nil
}

// alone keeps other processes from bringing the same PostgreSQL up to date until
// unlock: the engine's migrations fail each other.
func (r *Runtime) alone(ctx context.Context) (unlock func(), err error) {
	if !r.shared() {
		return func() {}, nil
	}
	limited, cancel := context.WithTimeout(ctx, startup)
	defer cancel()
	connection, err := pgx.Connect(limited, r.config.Postgres)
	if err != nil {
		return nil, err
	}
	unlock = func() { _ = connection.Close(context.WithoutCancel(ctx)) } // the lock ends with the connection
	// It is tried again and again: a statement that waits would hold up the
	// migrations, which wait for all statements that were there before them.
	for locked := false; err == nil && !locked; {
		if err = connection.QueryRow(limited, "SELECT pg_try_advisory_lock(hashtext($1))", executors+"/"+r.config.Schema).Scan(&locked); err == nil && !locked {
			err = idle(limited, r.config.Poll)
		}
	}
	if err != nil {
		unlock()
		return nil, err
	}
	return unlock, nil
}

// startup is how long bringing the store up to date may take.
const startup = time.Minute

// shared reports whether other processes may work on the same store.
func (r *Runtime) shared() bool { return r.config.Postgres != "" }

// render puts the schema where the statement has %s, and speaks the dialect.
func render(e *engine, statement string) string {
	store := e.runtime.SystemDB()
	return store.RenderSQL(statement, store.Dialect().SchemaPrefix(store.Schema()))
}

// exec carries out a statement and stores how many rows it touched.
func exec(ctx context.Context, e *engine, on dbos.Querier, statement string, touched *int64, values ...any) error {
	result, err := on.Exec(ctx, render(e, statement), values...)
	if err == nil && touched != nil {
		*touched, err = result.RowsAffected()
	}
	return err
}

// rows returns the one text column of a query.
func rows(ctx context.Context, e *engine, query string, values ...any) ([]string, error) {
	return rowsOn(ctx, e, e.runtime.SystemDB().Pool(), query, values...)
}

func rowsOn(ctx context.Context, e *engine, on dbos.Querier, query string, values ...any) (found []string, err error) {
	cursor, err := on.Query(ctx, render(e, query), values...)
	if err != nil {
		return nil, err
	}
	defer cursor.Close()
	for cursor.Next() {
		var value string
		if err := cursor.Scan(&value); err != nil {
			return nil, err
		}
		found = append(found, value)
	}
	return found, cursor.Err()
}
