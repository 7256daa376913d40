package sqlkit

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"sync"

	"gorm.io/gorm"

	"github.com/docsteward/docsteward/domain"
)

// side is one pool with the statements that stay prepared on it.
type side struct {
	pool *sql.DB
	// cache is nil on PostgreSQL, where the driver itself keeps statements
	// prepared per connection.
	cache *statements
}

// querier runs hand-written statements on the pool, or in open unless it is nil.
func (s side) querier(open *sql.Tx) Querier {
	switch {
	case s.cache != nil:
		return &prepared{cache: s.cache, tx: open}
	case open != nil:
		return open
	}
	return s.pool
}

func (s side) close() error {
	if s.pool == nil {
		return nil
	}
	if s.cache != nil {
		s.cache.close()
	}
	return s.pool.Close()
}

// pools are the connections of one opening. But for the count of their users
// they do not change once they are in use; Reopen puts others in their place.
type pools struct {
	config Config
	// On PostgreSQL, and on a damaged SQLite file, writer and readers are the
	// same pool.
	writer, readers side
	gorm            *gorm.DB
	versions        []Migration
	damage          *domain.Fault
	// file and log are the SQLite file and its write-ahead log as they were
	// opened, or nil.
	file, log os.FileInfo

	mu      sync.Mutex
	users   int
	retired bool
}

// enter returns the pools of the moment, which stay open until leave.
func (db *DB) enter() *pools {
	for {
		if p := db.current.Load(); p.hold() {
			return p
		}
	}
}

// hold fails when the pools are retired; others are in their place then.
func (p *pools) hold() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.retired {
		p.users++
	}
	return !p.retired
}

// leave closes retired pools after their last user.
func (p *pools) leave() {
	p.mu.Lock()
	p.users--
	last := p.retired && p.users == 0
	p.mu.Unlock()
	if last {
		_ = p.close()
	}
}

// retire closes the pools as soon as nobody uses them.
func (p *pools) retire() error {
	p.mu.Lock()
	p.retired = true
	idle := p.users == 0
	p.mu.Unlock()
	if idle {
		return p.close()
	}
	return nil
}

func (p *pools) close() error {
	err := p.writer.close()
	if p.readers.pool != p.writer.pool {
		err = errors.Join(err, p.readers.close())
	}
	return err
}

// inUse counts the connections that are busy.
func (db *DB) inUse() int {
	p := db.current.Load()
	if p == nil {
		return 0
	}
	n := p.writer.pool.Stats().InUse
	if p.readers.pool != p.writer.pool {
		n += p.readers.pool.Stats().InUse
	}
	return n
}

// outside runs each statement on the pools of the moment, outside a transaction.
type outside struct {
	db              *DB
	write, prepared bool
}

func (o outside) side(p *pools) side {
	if o.write {
		return p.writer
	}
	return p.readers
}

func (o outside) querier(p *pools) Querier {
	if o.prepared {
		return o.side(p).querier(nil)
	}
	return o.side(p).pool
}

func (o outside) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	p := o.db.enter()
	defer p.leave()
	if o.write && p.damage != nil {
		return nil, p.damage
	}
	return o.querier(p).ExecContext(ctx, query, args...)
}

func (o outside) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	p := o.db.enter()
	defer p.leave()
	return o.querier(p).QueryContext(ctx, query, args...)
}

func (o outside) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	p := o.db.enter()
	defer p.leave()
	return o.querier(p).QueryRowContext(ctx, query, args...)
}
