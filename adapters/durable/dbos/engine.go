package durabledbos

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
	"github.com/dbos-inc/dbos-transact-golang/dbos/internals"

	"github.com/docsteward/docsteward/domain"
)

// engine is one DBOS context. It can be launched once and closed once.
type engine struct {
	context dbos.Context
	runtime internals.Runtime
	// use is held for reading by each call, so that closing waits for them.
	use sync.RWMutex
	// launched is set while the engine runs workflows.
	launched, closed atomic.Bool
	workflows        map[string]dbos.Workflow[payload, payload]
}

// open makes an engine that knows the programs and can be asked and told, but
// runs nothing yet.
func (r *Runtime) open(ctx context.Context) (*engine, error) {
	config := dbos.Config{
		AppName: application, ApplicationVersion: recordVersion, ExecutorID: r.config.Executor,
		Serializer: serializer{}, Logger: slog.New(complaints{r.config.Log.Handler()}),
		SystemDBStartupTimeout: startup,
		DatabaseURL:            r.config.Postgres, DatabaseSchema: r.config.Schema,
	}
	if r.config.SQLite != "" {
		db, err := openSQLite(r.config.SQLite)
		if err != nil {
			return nil, err
		}
		config.SQLiteSystemDB = db
	}
	unlock, err := r.alone(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	// The context is the engine's own: ending it would cancel the runs for good.
	made, err := dbos.NewContext(context.WithoutCancel(ctx), config)
	if err != nil {
		if config.SQLiteSystemDB != nil {
			_ = config.SQLiteSystemDB.Close() // the first error tells
		}
		return nil, err
	}
	e := &engine{context: made, workflows: map[string]dbos.Workflow[payload, payload]{}}
	if err := r.prepare(ctx, e); err != nil {
		_ = e.close(r.config.Grace) // the first error tells
		return nil, err
	}
	return e, nil
}

// prepare registers the programs and makes what is ours in the store.
func (r *Runtime) prepare(ctx context.Context, e *engine) (err error) {
	if e.runtime, err = internals.RuntimeOf(e.context); err != nil {
		return err
	}
	if e.context.GetExecutorID() != r.config.Executor || e.context.GetApplicationVersion() != recordVersion {
		return domain.Invalid.New("The environment names another executor or version; unset DBOS__VMID and DBOS__APPVERSION.")
	}
	for name, program := range r.registry.Programs {
		e.workflows[name] = r.workflow(program)
		// Without a bound of attempts: a run that waits for months sees many restarts.
		dbos.RegisterWorkflow(e.context, e.workflows[name], dbos.WithWorkflowName(name), dbos.WithInstance(named(name)), dbos.WithMaxRecoveryAttempts(-1))
	}
	limited, cancel := context.WithTimeout(ctx, r.config.Patience)
	defer cancel()
	if _, err := dbos.RegisterQueue(e.as(limited), queue, dbos.WithQueueBasePollingInterval(r.config.Poll), dbos.WithQueueOnConflict(dbos.QueueConflictAlwaysUpdate)); err != nil {
		return err
	}
	return r.migrate(limited, e)
}

// named tells the programs apart, whose functions are all the same to the engine.
type named string

// ConfigName implements dbos.ConfiguredInstance.
func (n named) ConfigName() string { return string(n) }

// as returns the engine's context for a call within ctx. The values of ctx are
// left out: a step that calls the runtime is no part of the engine's workflow.
func (e *engine) as(ctx context.Context) dbos.Context {
	return dbos.From(e.context, valueless{ctx})
}

type valueless struct{ context.Context }

// Value implements context.Context.
func (valueless) Value(any) any { return nil }

// close ends what the engine runs, without an outcome of theirs, and gives the
// store back. It lets calls under way end, for a second: a process that has lost
// its lease must not wait for a store that does not answer.
func (e *engine) close(grace time.Duration) error {
	e.closed.Store(true)
	e.launched.Store(false)
	quiet := make(chan struct{})
	go func() {
		e.use.Lock()
		defer e.use.Unlock()
		close(quiet)
	}()
	timer := time.NewTimer(time.Second)
	defer timer.Stop()
	select {
	case <-quiet:
	case <-timer.C:
	}
	return dbos.Shutdown(e.context, grace)
}

// ask calls fn with an engine, within the patience and ctx.
func (r *Runtime) ask(ctx context.Context, fn func(ctx context.Context, e *engine) error) error {
	if ctx.Err() != nil {
		return domain.FaultOf(ctx.Err())
	}
	limited, cancel := context.WithTimeout(ctx, r.config.Patience)
	defer cancel()
	for {
		r.mu.Lock()
		e := r.engine
		r.mu.Unlock()
		if e == nil {
			return domain.Unavailable.New("The durable runtime is closed.")
		}
		e.use.RLock()
		if e.closed.Load() && limited.Err() == nil {
			e.use.RUnlock()
			if !r.replaced(limited, e) {
				return r.storage(ctx, domain.Storage.New("The store of the runs is away; try again.").WithRetryAfter(time.Second))
			}
			continue
		}
		err := fn(limited, e)
		e.use.RUnlock()
		return r.storage(ctx, err)
	}
}

// replaced waits until the closed engine has a successor.
func (r *Runtime) replaced(ctx context.Context, closed *engine) bool {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		r.mu.Lock()
		changed := r.engine != closed
		r.mu.Unlock()
		if changed {
			return true
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return false
		}
	}
}

// openSQLite opens the file as the engine would, whatever its path holds.
func openSQLite(path string) (*sql.DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, err
	}
	options := "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=foreign_keys(ON)&_pragma=synchronous(NORMAL)&_pragma=journal_mode(WAL)"
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+options)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.SetMaxOpenConns(sqliteConnections)
	db.SetMaxIdleConns(sqliteConnections)
	return db, nil
}

// sqliteConnections is how many wait in the file's own queue for its one writer;
// the others wait in memory.
const sqliteConnections = 8

// complaints passes on what is an error: the engine tells of every wait that
// passed as a warning, and of what its own end interrupts as an error.
type complaints struct{ slog.Handler }

// Handle implements slog.Handler.
func (c complaints) Handle(ctx context.Context, record slog.Record) error {
	ending := false
	record.Attrs(func(attr slog.Attr) bool {
		ending = attr.Key == "error" && strings.HasSuffix(attr.Value.String(), context.Canceled.Error())
		return !ending
	})
	if ending {
		return nil
	}
	return c.Handler.Handle(ctx, record)
}

// Enabled implements slog.Handler.
func (c complaints) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelError && c.Handler.Enabled(ctx, level)
}

// WithAttrs implements slog.Handler.
func (c complaints) WithAttrs(attrs []slog.Attr) slog.Handler {
	return complaints{c.Handler.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler.
func (c complaints) WithGroup(name string) slog.Handler { return complaints{c.Handler.WithGroup(name)} }
