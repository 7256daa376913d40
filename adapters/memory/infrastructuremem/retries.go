package infrastructuremem

import (
	"context"
	"slices"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/ports/infrastructure"
)

// tried is what is known of a letter.
type tried struct {
	id    string
	tries infrastructure.Tries
	at    time.Time
}

// Retries remembers how often dead letters were tried again.
type Retries struct {
	db   *memkit.DB
	rows *memkit.Table[string, tried]
}

// NewRetries returns no tries in db.
func NewRetries(db *memkit.DB) *Retries {
	return &Retries{db, memkit.NewTable[string](db, func(t tried) tried { return t })}
}

// Of implements infrastructure.Retries.
func (r *Retries) Of(ctx context.Context, ids ...string) (map[string]infrastructure.Tries, error) {
	rows, err := r.rows.Select(ctx, func(t tried) bool { return slices.Contains(ids, t.id) })
	known := make(map[string]infrastructure.Tries, len(rows))
	for _, t := range rows {
		known[t.id] = t.tries
	}
	return known, err
}

// Put implements infrastructure.Retries.
func (r *Retries) Put(ctx context.Context, id string, tries infrastructure.Tries, at time.Time) error {
	return r.rows.Put(ctx, id, tried{id, tries, at})
}

// Forget implements infrastructure.Retries.
func (r *Retries) Forget(ctx context.Context, id string) error {
	_, err := r.rows.Delete(ctx, id)
	return err
}

// Purge implements infrastructure.Retries.
func (r *Retries) Purge(ctx context.Context, before time.Time) (int, error) {
	n := 0
	err := r.db.Within(ctx, func(ctx context.Context) error {
		rows, err := r.rows.Select(ctx, func(t tried) bool { return t.at.Before(before) })
		for _, t := range rows {
			if _, err := r.rows.Delete(ctx, t.id); err != nil {
				return err
			}
		}
		n = len(rows)
		return err
	})
	return n, err
}
