package sqlkit

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"sync"
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

// conn measures every statement that gorm and hand-written code run on a pool,
// or on the transaction that tx holds.
type conn struct {
	Querier
	watch *watch
	pool  *sql.DB
	tx    *sql.Tx
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
	return c.pool.PrepareContext(ctx, query)
}

// BeginTx is there for gorm's own batches outside a unit of work.
func (c *conn) BeginTx(ctx context.Context, opts *sql.TxOptions) (gorm.ConnPool, error) {
	tx, err := c.pool.BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	return &conn{Querier: tx, watch: c.watch, pool: c.pool, tx: tx}, nil
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

// maxStatements bounds the statements that stay prepared per pool.
const maxStatements = 256

// statements keeps hand-written statements prepared. Preparing needs a
// connection of the pool, which an open transaction may hold: a statement first
// seen there is prepared before the next transaction begins.
type statements struct {
	pool   *sql.DB
	mu     sync.RWMutex
	ready  map[string]*sql.Stmt
	wanted map[string]struct{}
}

func newStatements(pool *sql.DB) *statements {
	return &statements{pool: pool, ready: map[string]*sql.Stmt{}, wanted: map[string]struct{}{}}
}

func (s *statements) find(query string) *sql.Stmt {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.ready[query]
}

func (s *statements) want(query string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.ready)+len(s.wanted) < maxStatements {
		s.wanted[query] = struct{}{}
	}
}

// fill prepares what was wanted. Preparing waits for a connection, and whoever
// holds it may look for statements meanwhile: the lock is not held then. A
// statement that cannot be prepared is dropped: running it tells why.
func (s *statements) fill(ctx context.Context) {
	for _, query := range s.takeWanted() {
		stmt, err := s.pool.PrepareContext(ctx, query)
		if err != nil {
			continue
		}
		s.mu.Lock()
		if s.ready[query] == nil {
			s.ready[query], stmt = stmt, nil
		}
		s.mu.Unlock()
		if stmt != nil {
			_ = stmt.Close() // another goroutine was first
		}
	}
}

func (s *statements) takeWanted() []string {
	s.mu.RLock()
	idle := len(s.wanted) == 0
	s.mu.RUnlock()
	if idle {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	wanted := slices.Collect(maps.Keys(s.wanted))
	clear(s.wanted)
	return wanted
}

func (s *statements) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, stmt := range s.ready {
		_ = stmt.Close()
	}
	clear(s.ready)
}

// prepared runs statements of the cache, on the pool or in a transaction.
type prepared struct {
	cache *statements
	tx    *sql.Tx
	mu    sync.Mutex
	bound map[string]*sql.Stmt
}

func (p *prepared) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if stmt := p.statement(ctx, query); stmt != nil {
		return stmt.ExecContext(ctx, args...)
	}
	return p.plain().ExecContext(ctx, query, args...)
}

func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := p.statement(ctx, query); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return p.plain().QueryContext(ctx, query, args...)
}

func (p *prepared) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if stmt := p.statement(ctx, query); stmt != nil {
		return stmt.QueryRowContext(ctx, args...)
	}
	return p.plain().QueryRowContext(ctx, query, args...)
}

func (p *prepared) plain() Querier {
	if p.tx != nil {
		return p.tx
	}
	return p.cache.pool
}

// statement returns the prepared query, or nil where it must run as text.
func (p *prepared) statement(ctx context.Context, query string) *sql.Stmt {
	if p.tx == nil {
		if stmt := p.cache.find(query); stmt != nil {
			return stmt
		}
		p.cache.want(query)
		p.cache.fill(ctx)
		return p.cache.find(query)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if stmt := p.bound[query]; stmt != nil {
		return stmt
	}
	stmt := p.cache.find(query)
	if stmt == nil {
		p.cache.want(query)
		own, err := p.tx.PrepareContext(ctx, query)
		if err != nil {
			return nil
		}
		stmt = own
	} else {
		stmt = p.tx.StmtContext(ctx, stmt)
	}
	if p.bound == nil {
		p.bound = make(map[string]*sql.Stmt, 8)
	}
	p.bound[query] = stmt
	return stmt
}
