package sqlkit

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"
)

// Querier runs hand-written SQL. Its errors are the driver's: pass them through
// Translate.
type Querier interface {
	// ExecContext runs a statement that returns no rows.
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	// QueryContext runs a statement that returns rows, which the caller closes.
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	// QueryRowContext runs a statement of which one row is wanted.
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// conn measures every statement that gorm and hand-written code run, outside a
// transaction or on the one that tx holds.
type conn struct {
	Querier
	watch  *watch
	origin outside // where gorm prepares and begins while tx is nil
	tx     *sql.Tx
}

func (c *conn) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	defer c.watch.statement(ctx, query, time.Now())
	return c.Querier.ExecContext(ctx, query, args...)
}

func (c *conn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	defer c.watch.statement(ctx, query, time.Now())
	return c.Querier.QueryContext(ctx, query, args...)
}

func (c *conn) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	defer c.watch.statement(ctx, query, time.Now())
	return c.Querier.QueryRowContext(ctx, query, args...)
}

// PrepareContext is there for gorm, which asks for it when told to prepare.
func (c *conn) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if c.tx != nil {
		return c.tx.PrepareContext(ctx, query)
	}
	p := c.origin.db.enter()
	defer p.leave()
	return c.origin.side(p).pool.PrepareContext(ctx, query)
}

// BeginTx is there for gorm's own batches outside a unit of work.
func (c *conn) BeginTx(ctx context.Context, opts *sql.TxOptions) (gorm.ConnPool, error) {
	if c.tx != nil {
		return nil, gorm.ErrInvalidTransaction
	}
	p := c.origin.db.enter()
	defer p.leave()
	tx, err := c.origin.side(p).pool.BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	return &conn{Querier: tx, watch: c.watch, tx: tx}, nil
}

// Commit ends a transaction that gorm began. In a unit of work gorm sees an open
// transaction and begins none.
func (c *conn) Commit() error { return c.ended((*sql.Tx).Commit) }

// Rollback undoes a transaction that gorm began.
func (c *conn) Rollback() error { return c.ended((*sql.Tx).Rollback) }

func (c *conn) ended(end func(*sql.Tx) error) error {
	if c.tx == nil {
		return gorm.ErrInvalidTransaction
	}
	return end(c.tx)
}
