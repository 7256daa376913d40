// Package memkit keeps the tables of a service in memory, with transactions
// that join through the context as those of a database do. It serves tests and
// programs that keep nothing. Values are copied on their way in and out.
package memkit

import (
	"context"
	"sync"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/tx"
)

// DB is a unit of work over the tables made for it. Transactions run one at a
// time; readers outside see the last commit and wait for nobody. It is safe for
// concurrent use.
type DB struct {
	writer chan struct{} // holds one token: the right to write
	mu     sync.RWMutex  // guards the committed rows of every table
}

var _ tx.Unit = (*DB)(nil)

// New returns a unit of work without tables.
func New() *DB {
	db := &DB{writer: make(chan struct{}, 1)}
	db.writer <- struct{}{}
	return db
}

// transaction holds what was written and not yet committed.
type transaction struct {
	mu     sync.Mutex
	drafts map[any]draft // by table
	after  []func()
	failed error
}

// draft is what one transaction changes in one table.
type draft interface{ commit() }

type transactionKey struct{ db *DB }

func (db *DB) transaction(ctx context.Context) *transaction {
	open, _ := ctx.Value(transactionKey{db}).(*transaction)
	return open
}

// Within implements tx.Unit. When a nested fn fails the whole transaction is
// lost, even if the outer fn swallows the error: Within then returns it.
func (db *DB) Within(ctx context.Context, fn func(ctx context.Context) error) error {
	if err := ended(ctx); err != nil {
		return err
	}
	if open := db.transaction(ctx); open != nil {
		return open.join(ctx, fn)
	}
	select {
	case <-db.writer:
	case <-ctx.Done():
		return ended(ctx)
	}
	hooks, err := db.run(ctx, fn)
	for _, hook := range hooks {
		hook()
	}
	return err
}

func (db *DB) run(ctx context.Context, fn func(context.Context) error) (hooks []func(), err error) {
	defer func() { db.writer <- struct{}{} }()
	open := &transaction{drafts: map[any]draft{}}
	if err := fn(tx.MarkInside(context.WithValue(ctx, transactionKey{db}, open))); err != nil {
		return nil, err
	}
	if err := ended(ctx); err != nil {
		return nil, err
	}
	open.mu.Lock()
	defer open.mu.Unlock()
	if open.failed != nil {
		return nil, open.failed
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	for _, d := range open.drafts {
		d.commit()
	}
	return open.after, nil
}

// AfterCommit calls hook once the transaction of ctx is committed, or at once
// where none is open. Hooks of a transaction that is rolled back are dropped.
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
	err = domain.Internal.New("The nested unit of work ended without an answer.")
	defer func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if err != nil && t.failed == nil {
			t.failed = err
		}
	}()
	err = fn(ctx)
	return err
}

func ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return domain.FaultOf(err)
	}
	return nil
}
