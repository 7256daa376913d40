package memkit

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/docsteward/docsteward/domain"
)

// Table holds rows by key.
type Table[K cmp.Ordered, V any] struct {
	db    *DB
	clone func(V) V
	rows  map[K]V
}

// NewTable adds a table to db. clone returns a copy of a row that shares nothing
// changeable with it.
func NewTable[K cmp.Ordered, V any](db *DB, clone func(V) V) *Table[K, V] {
	return &Table[K, V]{db: db, clone: clone, rows: map[K]V{}}
}

// changes is the draft of a table; a nil row is one that was deleted.
type changes[K cmp.Ordered, V any] struct {
	table *Table[K, V]
	rows  map[K]*V
}

func (c *changes[K, V]) commit() {
	for key, row := range c.rows {
		if row == nil {
			delete(c.table.rows, key)
		} else {
			c.table.rows[key] = *row
		}
	}
}

// Get returns a copy of a row and whether there is one. It fails with Timeout
// when ctx ended, as every method does.
func (t *Table[K, V]) Get(ctx context.Context, key K) (V, bool, error) {
	var none V
	if err := ended(ctx); err != nil {
		return none, false, err
	}
	row, ok := t.look(ctx, key)
	if !ok {
		return none, false, nil
	}
	return t.clone(row), true, nil
}

// Put stores a copy of a row, replacing the one of that key.
func (t *Table[K, V]) Put(ctx context.Context, key K, row V) error {
	row = t.clone(row)
	return t.db.Within(ctx, func(ctx context.Context) error {
		t.change(ctx, key, &row)
		return nil
	})
}

// Insert stores a copy of a new row; Conflict when the key is taken. What names
// the row in the message.
func (t *Table[K, V]) Insert(ctx context.Context, key K, row V, what string) error {
	return t.db.Within(ctx, func(ctx context.Context) error {
		if _, taken := t.look(ctx, key); taken {
			return domain.Conflict.New("There is such a " + what + " already.")
		}
		return t.Put(ctx, key, row)
	})
}

// Update replaces a row by what change makes of a copy; NotFound when there is
// none. The error of change is passed on and nothing is stored then.
func (t *Table[K, V]) Update(ctx context.Context, key K, what string, change func(V) (V, error)) error {
	return t.db.Within(ctx, func(ctx context.Context) error {
		row, ok := t.look(ctx, key)
		if !ok {
			return domain.NotFound.New("There is no such " + what + ".")
		}
		changed, err := change(t.clone(row))
		if err != nil {
			return err
		}
		return t.Put(ctx, key, changed)
	})
}

// Delete erases a row and reports whether there was one.
func (t *Table[K, V]) Delete(ctx context.Context, key K) (bool, error) {
	var had bool
	err := t.db.Within(ctx, func(ctx context.Context) error {
		if _, had = t.look(ctx, key); had {
			t.change(ctx, key, nil)
		}
		return nil
	})
	return had && err == nil, err
}

// Select returns copies of the rows that keep accepts, in the order of their
// keys. keep must not change the row. A nil keep accepts all.
func (t *Table[K, V]) Select(ctx context.Context, keep func(V) bool) ([]V, error) {
	if err := ended(ctx); err != nil {
		return nil, err
	}
	rows := t.visible(ctx)
	var kept []V
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		if row := rows[key]; keep == nil || keep(row) {
			kept = append(kept, t.clone(row))
		}
	}
	return kept, nil
}

// look returns the row itself, as the transaction of ctx sees it.
func (t *Table[K, V]) look(ctx context.Context, key K) (V, bool) {
	if open := t.db.transaction(ctx); open != nil {
		open.mu.Lock()
		defer open.mu.Unlock()
		if d, ok := open.drafts[t].(*changes[K, V]); ok {
			if row, changed := d.rows[key]; changed {
				if row == nil {
					var none V
					return none, false
				}
				return *row, true
			}
		}
	}
	t.db.mu.RLock()
	defer t.db.mu.RUnlock()
	row, ok := t.rows[key]
	return row, ok
}

// visible returns the rows that the transaction of ctx sees, in a map of its own.
func (t *Table[K, V]) visible(ctx context.Context) map[K]V {
	t.db.mu.RLock()
	rows := maps.Clone(t.rows)
	t.db.mu.RUnlock()
	open := t.db.transaction(ctx)
	if open == nil {
		return rows
	}
	open.mu.Lock()
	defer open.mu.Unlock()
	if d, ok := open.drafts[t].(*changes[K, V]); ok {
		for key, row := range d.rows {
			if row == nil {
				delete(rows, key)
			} else {
				rows[key] = *row
			}
		}
	}
	return rows
}

// change writes to the draft of the open transaction.
func (t *Table[K, V]) change(ctx context.Context, key K, row *V) {
	open := t.db.transaction(ctx)
	open.mu.Lock()
	defer open.mu.Unlock()
	d, ok := open.drafts[t].(*changes[K, V])
	if !ok {
		d = &changes[K, V]{table: t, rows: map[K]*V{}}
		open.drafts[t] = d
	}
	d.rows[key] = row
}

// PageOf returns the stretch of sorted items that request asks for.
func PageOf[V any](items []V, request domain.PageRequest) domain.Page[V] {
	request = request.Normal()
	from := min(request.Offset, len(items))
	to := min(from+request.Limit, len(items))
	return domain.NewPage(items[from:to:to], len(items), request)
}
