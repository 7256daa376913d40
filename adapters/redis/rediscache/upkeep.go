package rediscache

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/adapters/redis/rediskit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/cache"
)

// batch is how many names one command carries at most.
const batch = 500

// InvalidateMatching implements cache.Upkeep.
func (c *Cache) InvalidateMatching(ctx context.Context, patterns ...string) (int, error) {
	if _, err := c.run(ctx, c.scripts.outdate, nil, c.prefix); err != nil {
		return 0, err
	}
	names, err := c.names(ctx, "hash")
	if err != nil {
		return 0, err
	}
	return c.unlink(ctx, slices.DeleteFunc(names, func(name string) bool {
		key := c.keyOf(name)
		return !slices.ContainsFunc(patterns, func(pattern string) bool { return cache.Match(pattern, key) })
	}))
}

// Clear implements cache.Upkeep.
func (c *Cache) Clear(ctx context.Context) error {
	if _, err := c.run(ctx, c.scripts.outdate, nil, c.prefix); err != nil {
		return err
	}
	for _, kind := range []string{"hash", "set"} {
		names, err := c.names(ctx, kind)
		if err == nil {
			_, err = c.unlink(ctx, names)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Prune implements cache.Upkeep: the server drops what has expired, and what is
// left of it in the sets of tags is removed here.
func (c *Cache) Prune(ctx context.Context) (int, error) {
	sets, err := c.names(ctx, "set")
	if err != nil {
		return 0, err
	}
	for _, set := range sets {
		members, err := c.client.SMembers(ctx, set).Result()
		if err != nil {
			return 0, rediskit.Fault(ctx, err)
		}
		tag := strings.TrimPrefix(set, c.prefix+":tag:")
		for chunk := range slices.Chunk(members, batch) {
			if _, err := c.run(ctx, c.scripts.prune, []string{set}, append([]any{tag}, words(chunk)...)...); err != nil {
				return 0, err
			}
		}
	}
	return 0, nil
}

// Stats implements cache.Upkeep. It reads every entry's size and is meant for
// people who look, not for a loop. Evictions are those of the whole server.
func (c *Cache) Stats(ctx context.Context) (cache.Stats, error) {
	names, err := c.names(ctx, "hash")
	if err != nil {
		return cache.Stats{}, err
	}
	stats := cache.Stats{Name: "redis", Entries: len(names), Hits: c.hits.Load(), Misses: c.misses.Load()}
	for chunk := range slices.Chunk(names, batch) {
		answer, err := c.run(ctx, c.scripts.size, chunk)
		if err != nil {
			return cache.Stats{}, err
		}
		size, _ := answer.(int64)
		stats.Bytes += size
		for _, name := range chunk {
			stats.Bytes += int64(len(c.keyOf(name)))
		}
	}
	stats.Evictions, err = c.evicted(ctx)
	return stats, err
}

// evicted reads how many keys the server has evicted; 0 where it does not say.
func (c *Cache) evicted(ctx context.Context) (int64, error) {
	info, err := c.client.Info(ctx, "stats").Result()
	if err != nil {
		return 0, rediskit.Fault(ctx, err)
	}
	for line := range strings.Lines(info) {
		if number, ok := strings.CutPrefix(strings.TrimSpace(line), "evicted_keys:"); ok {
			n, err := strconv.ParseInt(number, 10, 64)
			if err != nil {
				return 0, domain.Unavailable.Wrap(err, "Redis tells its evictions in an unknown form.")
			}
			return n, nil
		}
	}
	return 0, nil
}

// names returns what lies under the prefix of one kind, each once.
func (c *Cache) names(ctx context.Context, kind string) ([]string, error) {
	if ctx.Err() != nil {
		return nil, domain.FaultOf(ctx.Err())
	}
	var names []string
	scan := c.client.ScanType(ctx, 0, quote(c.prefix)+":*", batch, kind).Iterator()
	for scan.Next(ctx) {
		names = append(names, scan.Val())
	}
	slices.Sort(names)
	return slices.Compact(names), rediskit.Fault(ctx, scan.Err())
}

// quote makes a text stand for itself in a pattern of Redis.
func quote(text string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`).Replace(text)
}

// unlink removes names and returns how many were there.
func (c *Cache) unlink(ctx context.Context, names []string) (int, error) {
	if ctx.Err() != nil {
		return 0, domain.FaultOf(ctx.Err())
	}
	removed := 0
	for chunk := range slices.Chunk(names, batch) {
		n, err := c.client.Unlink(ctx, chunk...).Result()
		if err != nil {
			return removed, rediskit.Fault(ctx, err)
		}
		removed += int(n)
	}
	return removed, nil
}
