// Package memcache is a cache in the memory of the process: bounded in entries
// and bytes. When it is full, a Policy says which value goes first.
package memcache

import (
	"container/heap"
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/clock"
)

// Bounds of a cache where Options do not say.
const (
	DefaultEntries = 1000
	DefaultBytes   = 100 << 20
	DefaultTTL     = 24 * time.Hour
)

// rememberedTags bounds how many invalidated tags are told apart; past it, every
// older stamp is refused.
const rememberedTags = 10_000

// Options bound a cache; what is 0 has its default.
type Options struct {
	// Entries and Bytes are how much is kept at most. Bytes counts keys, tags and
	// values.
	Entries int
	Bytes   int64
	// TTL is for how long a value is kept that does not say.
	TTL time.Duration
	// Evict says what goes first when a bound is reached.
	Evict Policy
}

// Cache implements cache.Cache. It is safe for concurrent use.
type Cache struct {
	clock   clock.Clock
	options Options

	mu      sync.Mutex
	entries map[string]*entry
	queue   queue
	uses    int64 // of all entries
	age     int64 // the uses of the last entry that was evicted
	tags    map[string]map[*entry]struct{}
	bytes   int64
	stats   cache.Stats

	now         int64            // counts invalidations
	invalidated map[string]int64 // when a tag was
	everything  int64            // when all of them were
}

var _ cache.Cache = (*Cache)(nil)

type entry struct {
	key     string
	value   []byte
	tags    []string
	expires time.Time
	rank    rank
}

func (e *entry) size() int64 {
	size := len(e.key) + len(e.value)
	for _, tag := range e.tags {
		size += len(tag)
	}
	return int64(size)
}

// New returns an empty cache.
func New(clock clock.Clock, o Options) *Cache {
	if o.Entries <= 0 {
		o.Entries = DefaultEntries
	}
	if o.Bytes <= 0 {
		o.Bytes = DefaultBytes
	}
	if o.TTL <= 0 {
		o.TTL = DefaultTTL
	}
	return &Cache{clock: clock, options: o, entries: map[string]*entry{},
		tags: map[string]map[*entry]struct{}{}, invalidated: map[string]int64{}}
}

// Get implements cache.Cache.
func (c *Cache) Get(ctx context.Context, key string) (cache.Entry, bool, error) {
	if err := ended(ctx); err != nil {
		return cache.Entry{}, false, err
	}
	now := c.clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[key]
	if ok && !e.expires.After(now) {
		c.remove(e)
		ok = false
	}
	if !ok {
		c.stats.Misses++
		return cache.Entry{}, false, nil
	}
	c.stats.Hits++
	c.use(e)
	return cache.Entry{Value: slices.Clone(e.value), Tags: slices.Clone(e.tags), TTL: e.expires.Sub(now)}, true, nil
}

// Stamp implements cache.Cache.
func (c *Cache) Stamp(ctx context.Context) (cache.Stamp, error) {
	if err := ended(ctx); err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return cache.Stamp(strconv.FormatInt(c.now, 10)), nil
}

// Set implements cache.Cache.
func (c *Cache) Set(ctx context.Context, key string, value []byte, o cache.Options) error {
	if err := ended(ctx); err != nil {
		return err
	}
	if o.TTL <= 0 {
		o.TTL = c.options.TTL
	}
	now := c.clock.Now()
	e := &entry{key: key, value: append([]byte{}, value...), tags: cache.TagSet(o.Tags), expires: now.Add(o.TTL)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.outdated(e.tags, o.Since) {
		return nil
	}
	if old, ok := c.entries[key]; ok {
		c.remove(old)
	}
	if e.size() > c.options.Bytes {
		return nil
	}
	for len(c.entries) >= c.options.Entries || c.bytes+e.size() > c.options.Bytes {
		if c.evict().expires.After(now) {
			c.stats.Evictions++
		}
	}
	c.add(e)
	return nil
}

// outdated reports whether one of the tags, or everything, was invalidated after
// the stamp. A stamp that is not of this cache is outdated.
func (c *Cache) outdated(tags []string, since cache.Stamp) bool {
	if since == "" {
		return false
	}
	at, err := strconv.ParseInt(string(since), 10, 64)
	if err != nil || c.everything > at {
		return true
	}
	return slices.ContainsFunc(tags, func(tag string) bool { return c.invalidated[tag] > at })
}

func (c *Cache) add(e *entry) {
	c.entries[e.key] = e
	c.use(e)
	c.bytes += e.size()
	for _, tag := range e.tags {
		if c.tags[tag] == nil {
			c.tags[tag] = map[*entry]struct{}{}
		}
		c.tags[tag][e] = struct{}{}
	}
}

func (c *Cache) remove(e *entry) {
	heap.Remove(&c.queue, e.rank.place)
	delete(c.entries, e.key)
	c.bytes -= e.size()
	for _, tag := range e.tags {
		delete(c.tags[tag], e)
		if len(c.tags[tag]) == 0 {
			delete(c.tags, tag)
		}
	}
}

func ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return domain.FaultOf(err)
	}
	return nil
}
