// Package durabledbos runs durable programs on DBOS, whose records are in a SQLite
// file or in a schema of PostgreSQL.
//
// On SQLite one process works at a time, and takes up whatever the last one left.
// On PostgreSQL many may: each holds a lease, and the others take over the runs of
// one whose lease has lapsed.
//
// How the port maps to DBOS: a program is a workflow of its name; a step and a
// child are DBOS steps, whose outcome, fault included, is the step's output; a
// pause is a cancelled workflow with a mark in its attributes; the parent of a run
// is in the column of the authenticated user, which has no other use here.
package durabledbos

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
	"time"

	_ "github.com/dbos-inc/dbos-transact-golang/dbos/driver/sqlite" // the dialect and the driver "sqlite"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/durable"
)

const (
	// recordVersion is the version of what is written down for a run. Runs of
	// another version are left alone, so it changes only when they cannot go on.
	recordVersion = "docsteward-runs-1"
	application   = "docsteward"
	// queue holds the runs that wait for a worker.
	queue = "docsteward-runs"
	// loneExecutor is the executor of a SQLite file, which one process works on.
	loneExecutor = "local"
)

// Config says where the runs are. One of SQLite and Postgres is set.
type Config struct {
	// SQLite is the path of the database file, which is made when it is missing.
	SQLite string
	// Postgres is a connection string, and Schema where in it; the schema is made
	// when it is missing.
	Postgres, Schema string
	// Executor names this process among those on one PostgreSQL; it should stay
	// the same over a restart, and no two at a time may have the same. It is not
	// used on SQLite.
	Executor string
	// Clock times the retries of steps.
	Clock clock.Clock
	// Lease is how long the runs of a dead process wait for another one; 0 is 10 s.
	Lease time.Duration
	// Poll is how often runs and changes of other processes are looked for; 0 is
	// 250 ms. It bounds how late a resumed run goes on.
	Poll time.Duration
	// Grace is how long the end of Work waits for steps; 0 is 10 s.
	Grace time.Duration
	// Patience is how long a call waits for the store; 0 is 10 s.
	Patience time.Duration
	// Log takes what the engine complains of; nil is nowhere.
	Log *slog.Logger
}

// withDefaults returns the configuration with what is left out, or what is wrong.
func (c Config) withDefaults() (Config, error) {
	if (c.SQLite == "") == (c.Postgres == "") {
		return c, domain.Invalid.New("Durable runs need either a SQLite file or a PostgreSQL connection.")
	}
	if c.Postgres != "" && (c.Schema == "" || c.Executor == "") {
		return c, domain.Invalid.New("Durable runs on PostgreSQL need a schema, and a name of this process.")
	}
	if c.Clock == nil {
		return c, domain.Invalid.New("Durable runs need a clock.")
	}
	if c.SQLite != "" {
		c.Executor = loneExecutor
	}
	for value, otherwise := range map[*time.Duration]time.Duration{
		&c.Lease: 10 * time.Second, &c.Poll: 250 * time.Millisecond, &c.Grace: 10 * time.Second, &c.Patience: 10 * time.Second,
	} {
		if *value <= 0 {
			*value = otherwise
		}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c, nil
}

// Runtime is a durable.Runtime and its Worker.
type Runtime struct {
	config   Config
	registry durable.Registry
	// token tells this opening of the executor from an earlier one.
	token string

	mu sync.Mutex
	// engine is the one to ask; Work launches it, and its end brings a new one.
	engine  *engine
	working bool
	active  map[*execution]bool
	// stranded are the runs that the store failed under the way.
	stranded map[string]bool
	watch    watch
	// turn holds one value while a command is under way.
	turn chan struct{}
}

var (
	_ durable.Runtime = (*Runtime)(nil)
	_ durable.Worker  = (*Runtime)(nil)
)

// Open opens the store and brings it up to date. It fails with Invalid on a
// configuration that cannot be, and with Storage.
func Open(ctx context.Context, config Config, registry durable.Registry) (*Runtime, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	r := &Runtime{config: config, registry: registry, token: rand.Text(), active: map[*execution]bool{},
		stranded: map[string]bool{}, turn: make(chan struct{}, 1), watch: watch{waiting: map[string]*mark{}}}
	r.engine, err = r.open(ctx)
	if err != nil {
		return nil, r.storage(ctx, err)
	}
	return r, nil
}

// Close gives the store back. Work has to have ended.
func (r *Runtime) Close() error {
	r.mu.Lock()
	last := r.engine
	r.engine = nil
	r.mu.Unlock()
	if last == nil {
		return nil
	}
	return last.close(r.config.Grace)
}

// storage is the fault of a store that did not do what it was asked.
func (r *Runtime) storage(ctx context.Context, err error) error {
	var fault *domain.Fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &fault):
		return fault
	case ctx.Err() != nil:
		return domain.FaultOf(ctx.Err())
	}
	return domain.Storage.Wrap(err, "The store of the runs did not answer; try again.").WithRetryAfter(time.Second)
}
