package memcache

import (
	"context"
	"slices"
	"time"

	"github.com/docsteward/docsteward/ports/cache"
)

// Delete implements cache.Cache.
func (c *Cache) Delete(ctx context.Context, keys ...string) error {
	if err := ended(ctx); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range keys {
		if e, ok := c.entries[key]; ok {
			c.remove(e)
		}
	}
	return nil
}

// InvalidateTags implements cache.Cache.
func (c *Cache) InvalidateTags(ctx context.Context, tags ...string) (int, error) {
	if err := ended(ctx); err != nil {
		return 0, err
	}
	now := c.clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now++
	forgotten := 0
	for _, tag := range tags {
		c.invalidated[tag] = c.now
		for e := range c.tags[tag] {
			forgotten += c.drop(e.key, now)
		}
	}
	if len(c.invalidated) > rememberedTags {
		c.outdateAll()
	}
	return forgotten, nil
}

// InvalidateMatching implements cache.Upkeep.
func (c *Cache) InvalidateMatching(ctx context.Context, patterns ...string) (int, error) {
	if err := ended(ctx); err != nil {
		return 0, err
	}
	now := c.clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.outdateAll()
	forgotten := 0
	for key := range c.entries {
		if slices.ContainsFunc(patterns, func(pattern string) bool { return cache.Match(pattern, key) }) {
			forgotten += c.drop(key, now)
		}
	}
	return forgotten, nil
}

// Clear implements cache.Upkeep.
func (c *Cache) Clear(ctx context.Context) error {
	if err := ended(ctx); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.outdateAll()
	clear(c.entries)
	clear(c.tags)
	c.queue = nil
	c.bytes = 0
	return nil
}

// Prune implements cache.Upkeep.
func (c *Cache) Prune(ctx context.Context) (int, error) {
	if err := ended(ctx); err != nil {
		return 0, err
	}
	now := c.clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	before := len(c.entries)
	for _, e := range c.entries {
		if !e.expires.After(now) {
			c.remove(e)
		}
	}
	return before - len(c.entries), nil
}

// Stats implements cache.Upkeep.
func (c *Cache) Stats(ctx context.Context) (cache.Stats, error) {
	if err := ended(ctx); err != nil {
		return cache.Stats{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	stats := c.stats
	stats.Name, stats.Entries, stats.Bytes = "memory", len(c.entries), c.bytes
	return stats, nil
}

// drop removes what is kept under key and returns 1, or 0 when its time was over.
func (c *Cache) drop(key string, now time.Time) int {
	e := c.entries[key]
	c.remove(e)
	if e.expires.After(now) {
		return 1
	}
	return 0
}

// outdateAll refuses every stamp so far, so that single tags need not be
// remembered.
func (c *Cache) outdateAll() {
	c.now++
	c.everything = c.now
	clear(c.invalidated)
}
