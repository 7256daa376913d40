package cache

import (
	"context"
	"encoding/json"
	"sync"
)

// Memo remembers results of functions in a cache. A failing cache never fails
// or holds up what is remembered: what cannot be read is loaded, what cannot be
// written is not kept. It is safe for concurrent use.
//
// A cache that can fail belongs behind a decorator that owes invalidations while
// it does, such as adapters/cache/failsoft: a Memo only reports that one failed.
type Memo struct {
	cache  Cache
	failed func(ctx context.Context, call string, err error)

	mu         sync.Mutex
	generation uint64 // how often something was invalidated here
	flights    map[flightKey]*flight
}

type flightKey struct {
	key        string
	generation uint64
}

// flight is one load that several callers wait for. When neither value nor err
// is set in the end, each of them tries again.
type flight struct {
	done  chan struct{}
	value []byte
	err   error
}

// NewMemo returns a memo over c. failed, when not nil, is told of every call of
// the cache that failed.
func NewMemo(c Cache, failed func(ctx context.Context, call string, err error)) *Memo {
	if failed == nil {
		failed = func(context.Context, string, error) {}
	}
	return &Memo{cache: c, failed: failed, flights: map[flightKey]*flight{}}
}

// Cache returns the cache beneath.
func (m *Memo) Cache() Cache { return m.cache }

// Remember returns what is kept under key, or what load returns, which is then
// kept as o says; o.Since is taken by Remember itself. T must survive JSON.
//
// Callers of one key at the same time share one load, each with a value of its
// own; the error of load reaches all of them and is not kept. Whoever calls
// after Invalidate returned never gets a value that was loaded before it. A
// caller whose ctx ends fails with its error, and the load goes on only while
// the one who began it waits.
func Remember[T any](ctx context.Context, m *Memo, key string, o Options, load func(context.Context) (T, error)) (T, error) {
	var value T
	have := false
	err := m.fetch(ctx, call{key: key, options: o,
		load: func(ctx context.Context) ([]byte, error) {
			loaded, err := load(ctx)
			if err != nil {
				return nil, err
			}
			value, have = loaded, true
			data, err := json.Marshal(loaded)
			if err != nil {
				m.failed(ctx, "encode", err)
			}
			return data, nil
		},
		decode: func(data []byte) bool {
			var kept T
			if json.Unmarshal(data, &kept) != nil {
				return false
			}
			value, have = kept, true
			return true
		},
	})
	if have {
		return value, nil
	}
	return value, err
}

// Invalidate forgets every value with one of the tags, even when ctx has ended:
// what is told to it has happened.
func (m *Memo) Invalidate(ctx context.Context, tags ...string) {
	ctx = context.WithoutCancel(ctx)
	if _, err := m.cache.InvalidateTags(ctx, tags...); err != nil {
		m.failed(ctx, "invalidate", err)
	}
	m.Forget()
}

// Forget keeps later callers from joining the loads that are under way. Whoever
// changes the cache other than through Invalidate calls it afterwards.
func (m *Memo) Forget() {
	m.mu.Lock()
	m.generation++
	m.mu.Unlock()
}

// call is one Remember without its type. Of load and decode, the one that
// succeeds gives the caller its value; load returns no data for a value that
// cannot be kept.
type call struct {
	key     string
	options Options
	load    func(context.Context) ([]byte, error)
	decode  func([]byte) bool
}

// fetch joins the flight of a key or is the one that flies.
func (m *Memo) fetch(ctx context.Context, c call) error {
	for {
		m.mu.Lock()
		at := flightKey{c.key, m.generation}
		f, joined := m.flights[at]
		if !joined {
			f = &flight{done: make(chan struct{})}
			m.flights[at] = f
		}
		m.mu.Unlock()
		if !joined {
			return m.fly(ctx, f, at, c)
		}
		select {
		case <-f.done:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		if f.err != nil || f.value != nil && c.decode(f.value) {
			return f.err
		}
	}
}

// fly reads the cache or loads, and tells those who joined. What is the leader's
// own affair (its context ended, it panicked) makes them try again.
func (m *Memo) fly(ctx context.Context, f *flight, at flightKey, c call) error {
	defer func() {
		m.mu.Lock()
		delete(m.flights, at)
		m.mu.Unlock()
		close(f.done)
	}()
	value, err := m.readThrough(ctx, c)
	if err == nil || ctx.Err() == nil {
		f.value, f.err = value, err
	}
	return err
}

func (m *Memo) readThrough(ctx context.Context, c call) ([]byte, error) {
	entry, found, err := m.cache.Get(ctx, c.key)
	if err == nil && found && c.decode(entry.Value) {
		return entry.Value, nil
	}
	if err == nil {
		c.options.Since, err = m.cache.Stamp(ctx)
	}
	if err != nil {
		m.failed(ctx, "read", err)
		return c.load(ctx)
	}
	value, err := c.load(ctx)
	if err != nil || value == nil {
		return nil, err
	}
	if err := m.cache.Set(ctx, c.key, value, c.options); err != nil {
		m.failed(ctx, "write", err)
	}
	return value, nil
}
