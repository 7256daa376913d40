// Package rediscache is a cache in Redis 5 or later, not clustered, that several
// processes share. How much it keeps is for the server to say (maxmemory,
// allkeys-lru).
package rediscache

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docsteward/docsteward/adapters/redis/rediskit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/cache"
)

// DefaultTTL is for how long a value is kept that does not say, unless configured.
const DefaultTTL = time.Hour

// Cache implements cache.Cache. It is safe for concurrent use.
type Cache struct {
	client       *redis.Client
	scripts      scripts
	prefix       string
	ttl          time.Duration
	hits, misses atomic.Int64
}

var _ cache.Cache = (*Cache)(nil)

// New returns a cache on a server. All of its names there begin with prefix and
// a colon. A ttl of 0 is DefaultTTL. It does not touch the server and leaves it
// to the caller to close the client.
func New(client *redis.Client, prefix string, ttl time.Duration) *Cache {
	if ttl <= 0 {
		ttl = DefaultTTL
	}
	return &Cache{client: client, scripts: newScripts(), prefix: prefix, ttl: ttl}
}

// Ping reports whether the server answers: nil, or Unavailable.
func (c *Cache) Ping(ctx context.Context) error {
	return rediskit.Fault(ctx, c.client.Ping(ctx).Err())
}

// reserved are the beginnings of names that are no entries. Never written.
var reserved = [...]string{"tag:", "invalidated:", "invalidated", "clock", "entry:"}

// name returns the name of the hash of a key; keyOf is its inverse.
func (c *Cache) name(key string) string {
	for _, word := range reserved {
		if strings.HasPrefix(key, word) {
			return c.prefix + ":entry:" + key
		}
	}
	return c.prefix + ":" + key
}

func (c *Cache) keyOf(name string) string {
	return strings.TrimPrefix(strings.TrimPrefix(name, c.prefix+":"), "entry:")
}

// run runs a script; what it returns is nil where Redis returned nothing.
func (c *Cache) run(ctx context.Context, script *redis.Script, keys []string, args ...any) (any, error) {
	if ctx.Err() != nil {
		return nil, domain.FaultOf(ctx.Err())
	}
	answer, err := script.Run(ctx, c.client, keys, args...).Result()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	return answer, rediskit.Fault(ctx, err)
}

// Get implements cache.Cache.
func (c *Cache) Get(ctx context.Context, key string) (cache.Entry, bool, error) {
	answer, err := c.run(ctx, c.scripts.get, []string{c.name(key)}, c.prefix)
	if err != nil {
		return cache.Entry{}, false, err
	}
	parts, ok := answer.([]any)
	if !ok {
		c.misses.Add(1)
		return cache.Entry{}, false, nil
	}
	var entry cache.Entry
	for i, part := range parts {
		switch part := part.(type) {
		case int64:
			entry.TTL = time.Duration(part) * time.Millisecond
		case string:
			if i == 0 {
				entry.Value = []byte(part)
			} else {
				entry.Tags = append(entry.Tags, part)
			}
		}
	}
	if entry.TTL <= 0 { // in its last millisecond
		c.misses.Add(1)
		return cache.Entry{}, false, nil
	}
	entry.Tags = cache.TagSet(entry.Tags)
	c.hits.Add(1)
	return entry, true, nil
}

// Stamp implements cache.Cache.
func (c *Cache) Stamp(ctx context.Context) (cache.Stamp, error) {
	answer, err := c.run(ctx, c.scripts.stamp, nil, c.prefix)
	if err != nil {
		return "", err
	}
	text, _ := answer.(string)
	return cache.Stamp(text), nil
}

// Set implements cache.Cache.
func (c *Cache) Set(ctx context.Context, key string, value []byte, o cache.Options) error {
	if o.TTL <= 0 {
		o.TTL = c.ttl
	}
	milliseconds := max(1, o.TTL.Milliseconds())
	args := []any{c.prefix, value, milliseconds, string(o.Since)}
	_, err := c.run(ctx, c.scripts.set, []string{c.name(key)}, append(args, words(cache.TagSet(o.Tags))...)...)
	return err
}

// Delete implements cache.Cache.
func (c *Cache) Delete(ctx context.Context, keys ...string) error {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = c.name(key)
	}
	_, err := c.unlink(ctx, names)
	return err
}

// InvalidateTags implements cache.Cache.
func (c *Cache) InvalidateTags(ctx context.Context, tags ...string) (int, error) {
	answer, err := c.run(ctx, c.scripts.invalidate, nil, append([]any{c.prefix}, words(tags)...)...)
	n, _ := answer.(int64)
	return int(n), err
}

func words(texts []string) []any {
	words := make([]any, len(texts))
	for i, text := range texts {
		words[i] = text
	}
	return words
}
