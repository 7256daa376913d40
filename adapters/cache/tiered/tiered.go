// Package tiered is a cache of two levels: one near, in the process, and one far
// that several processes share.
package tiered

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"github.com/docsteward/docsteward/ports/cache"
)

// DefaultNearTTL is for how long a value is kept near at most. It bounds how
// long a process does not see what another invalidated, should the word of it
// be lost.
const DefaultNearTTL = 10 * time.Second

// Cache implements cache.Cache over two. It is safe for concurrent use.
type Cache struct {
	near, far    cache.Cache
	nearTTL      time.Duration
	hits, misses atomic.Int64
}

var _ cache.Cache = (*Cache)(nil)

// New returns a cache over two. A far cache that can fail belongs in a failsoft
// first, or its failures fail this one. nearTTL must not be greater than the
// default of the far cache; 0 is DefaultNearTTL.
func New(near, far cache.Cache, nearTTL time.Duration) *Cache {
	if nearTTL <= 0 {
		nearTTL = DefaultNearTTL
	}
	return &Cache{near: near, far: far, nearTTL: nearTTL}
}

// Get implements cache.Cache. What is found far is kept near from then on.
func (c *Cache) Get(ctx context.Context, key string) (cache.Entry, bool, error) {
	entry, found, err := c.get(ctx, key)
	switch {
	case err != nil:
	case found:
		c.hits.Add(1)
	default:
		c.misses.Add(1)
	}
	return entry, found, err
}

func (c *Cache) get(ctx context.Context, key string) (cache.Entry, bool, error) {
	entry, found, err := c.near.Get(ctx, key)
	if found || err != nil {
		return entry, found, err
	}
	since, err := c.near.Stamp(ctx)
	if err != nil {
		return cache.Entry{}, false, err
	}
	entry, found, err = c.far.Get(ctx, key)
	if !found || err != nil {
		return entry, found, err
	}
	return entry, true, c.near.Set(ctx, key, entry.Value, cache.Options{TTL: min(entry.TTL, c.nearTTL), Tags: entry.Tags, Since: since})
}

// separator stands between the stamps of the levels.
const separator = "|"

// Stamp implements cache.Cache.
func (c *Cache) Stamp(ctx context.Context) (cache.Stamp, error) {
	near, err := c.near.Stamp(ctx)
	if err != nil {
		return "", err
	}
	far, err := c.far.Stamp(ctx)
	return near + separator + far, err
}

// Set implements cache.Cache.
func (c *Cache) Set(ctx context.Context, key string, value []byte, o cache.Options) error {
	near, far := o, o
	if o.Since != "" {
		a, b, _ := strings.Cut(string(o.Since), separator)
		near.Since, far.Since = cache.Stamp(a), cache.Stamp(b)
	}
	if near.TTL <= 0 || near.TTL > c.nearTTL {
		near.TTL = c.nearTTL
	}
	if err := c.far.Set(ctx, key, value, far); err != nil {
		return err
	}
	return c.near.Set(ctx, key, value, near)
}

// Delete implements cache.Cache.
func (c *Cache) Delete(ctx context.Context, keys ...string) error {
	if err := c.far.Delete(ctx, keys...); err != nil {
		return err
	}
	return c.near.Delete(ctx, keys...)
}

// InvalidateTags implements cache.Cache. Far comes first, so that nothing is
// fetched from there after near was cleared.
func (c *Cache) InvalidateTags(ctx context.Context, tags ...string) (int, error) {
	return both(c, func(level cache.Cache) (int, error) { return level.InvalidateTags(ctx, tags...) })
}

// InvalidateMatching implements cache.Upkeep.
func (c *Cache) InvalidateMatching(ctx context.Context, patterns ...string) (int, error) {
	return both(c, func(level cache.Cache) (int, error) { return level.InvalidateMatching(ctx, patterns...) })
}

// Clear implements cache.Upkeep.
func (c *Cache) Clear(ctx context.Context) error {
	_, err := both(c, func(level cache.Cache) (int, error) { return 0, level.Clear(ctx) })
	return err
}

// both makes both levels forget, also when the first fails. A value that is on
// both levels counts once.
func both(c *Cache, forget func(cache.Cache) (int, error)) (int, error) {
	far, err := forget(c.far)
	near, nearErr := forget(c.near)
	if err == nil {
		err = nearErr
	}
	return max(near, far), err
}

// Prune implements cache.Upkeep.
func (c *Cache) Prune(ctx context.Context) (int, error) {
	return both(c, func(level cache.Cache) (int, error) { return level.Prune(ctx) })
}

// Stats implements cache.Upkeep. Entries and bytes are those of the level that
// keeps more.
func (c *Cache) Stats(ctx context.Context) (cache.Stats, error) {
	near, err := c.near.Stats(ctx)
	if err != nil {
		return cache.Stats{}, err
	}
	stats := near
	stats.Levels = []cache.Stats{near}
	if far, err := c.far.Stats(ctx); err == nil {
		stats.Levels = append(stats.Levels, far)
		stats.Entries, stats.Bytes = max(near.Entries, far.Entries), max(near.Bytes, far.Bytes)
		stats.Evictions += far.Evictions
	}
	stats.Name, stats.Hits, stats.Misses = "tiered", c.hits.Load(), c.misses.Load()
	return stats, nil
}
