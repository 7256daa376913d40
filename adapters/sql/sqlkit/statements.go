package sqlkit

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"sync"
)

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
