package sqlkit

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"

	"github.com/docsteward/docsteward/ports/tx"
)

// transaction is one that is open on a DB.
type transaction struct {
	link, raw *conn

	mu     sync.Mutex
	after  []func()
	failed error
}

// transactionKey finds the transaction of one DB in a context, so that the
// stores of two services do not mix.
type transactionKey struct{ db *DB }

func (db *DB) transaction(ctx context.Context) *transaction {
	open, _ := ctx.Value(transactionKey{db}).(*transaction)
	return open
}

// Within implements tx.Unit. When a nested fn fails the whole transaction is
// lost, even if the outer fn swallows the error: Within then returns it.
func (db *DB) Within(ctx context.Context, fn func(ctx context.Context) error) error {
	if open := db.transaction(ctx); open != nil {
		return open.join(ctx, fn)
	}
	p := db.enter()
	defer p.leave()
	if p.damage != nil {
		return p.damage
	}
	if p.writer.cache != nil {
		p.writer.cache.fill(ctx)
	}
	return db.within(ctx, p.writer, nil, fn)
}

// Snapshot calls fn with a context whose reads all see one commit. Writes fail
// there on PostgreSQL and on SQLite alike. Inside a transaction it joins it.
func (db *DB) Snapshot(ctx context.Context, fn func(ctx context.Context) error) error {
	if open := db.transaction(ctx); open != nil {
		return open.join(ctx, fn)
	}
	opts := &sql.TxOptions{ReadOnly: true}
	if db.dialect == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	p := db.enter()
	defer p.leave()
	return db.within(ctx, p.readers, opts, fn)
}

func (db *DB) within(ctx context.Context, on side, opts *sql.TxOptions, fn func(context.Context) error) error {
	start := time.Now()
	sqlTx, err := on.pool.BeginTx(ctx, opts)
	if err != nil {
		return Translate(err, "transaction")
	}
	defer func() { db.watch.record(ctx, "transaction", "transaction", time.Since(start)) }()
	committed := false
	defer func() {
		if !committed {
			_ = sqlTx.Rollback()
		}
	}()

	open := &transaction{
		link: &conn{Querier: sqlTx, watch: db.watch, tx: sqlTx},
		raw:  &conn{Querier: on.querier(sqlTx), watch: db.watch, tx: sqlTx},
	}
	if err := fn(tx.MarkInside(context.WithValue(ctx, transactionKey{db}, open))); err != nil {
		return err
	}
	if err := open.failure(); err != nil {
		return err
	}
	if err := sqlTx.Commit(); err != nil {
		if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
			err = ctx.Err()
		}
		return Translate(err, "transaction")
	}
	committed = true
	for _, hook := range open.after {
		hook()
	}
	return nil
}

// AfterCommit calls hook once the transaction of ctx is committed, or at once
// where none is open. Hooks of a transaction that is rolled back are dropped.
// They run in the goroutine of Within and must neither fail nor block.
func (db *DB) AfterCommit(ctx context.Context, hook func()) {
	open := db.transaction(ctx)
	if open == nil {
		hook()
		return
	}
	open.mu.Lock()
	defer open.mu.Unlock()
	open.after = append(open.after, hook)
}

// join runs fn in the open transaction and remembers its failure.
func (t *transaction) join(ctx context.Context, fn func(context.Context) error) (err error) {
	if err := ctx.Err(); err != nil {
		return Translate(err, "transaction")
	}
	finished := false
	defer func() {
		if !finished {
			t.fail(errPanicked)
		} else if err != nil {
			t.fail(err)
		}
	}()
	err = fn(ctx)
	finished = true
	return err
}

func (t *transaction) fail(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failed == nil {
		t.failed = err
	}
}

func (t *transaction) failure() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.failed
}
