package porttest

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/cache"
)

// CacheEnv is a cache and what lets its time pass.
type CacheEnv struct {
	Cache cache.Cache
	// Advance moves the time by which values expire; nil where that is the time
	// of a server that nobody moves.
	Advance func(time.Duration)
}

// CacheTraits declare what a cache does not do.
type CacheTraits struct {
	// Unbounded is a cache whose bounds are set outside of the process.
	Unbounded bool
	// Drops is a cache that drops expired values by itself, so that Prune does
	// not count them.
	Drops bool
}

// CacheBound is how many entries a cache under test must keep at most, unless
// it is unbounded.
const CacheBound = 100

// CacheDefaultTTL is what a cache under test must have as its default.
const CacheDefaultTTL = time.Hour

// Cache proves the promises of a cache. open returns an empty one each time,
// with CacheBound and CacheDefaultTTL.
func Cache(t *testing.T, traits CacheTraits, open func(t *testing.T) CacheEnv) {
	run := func(name string, test func(*testing.T, *locker)) {
		t.Run(name, func(t *testing.T) { test(t, &locker{open(t), traits, context.Background()}) })
	}
	run("gives back every byte", cacheBytes)
	run("what is missing is absent", cacheMissing)
	run("a value replaces another with its tags", cacheReplace)
	run("values are not shared with the caller", cacheCopies)
	run("values expire to the instant", cacheExpiry)
	run("values outlive a day", cacheLongExpiry)
	run("tags forget what has them", cacheTags)
	run("a stamp keeps out what was computed before an invalidation", cacheStamps)
	run("patterns forget the keys they match", cachePatterns)
	run("clear forgets everything", cacheClear)
	run("prune removes what has expired", cachePrune)
	run("the least recently used goes first", cacheEviction)
	run("hits and misses are counted", cacheCounts)
	run("invalidation wins against writers at the same time", cacheRace)
	run("an ended context is a timeout", cacheEnded)
}

// locker is a cache under test.
type locker struct {
	CacheEnv
	traits CacheTraits
	ctx    context.Context
}

func (l *locker) set(t *testing.T, key, value string, tags ...string) {
	t.Helper()
	must(t, l.Cache.Set(l.ctx, key, []byte(value), cache.Options{Tags: tags}))
}

// holds says that each of the keys is there, with a value that equals the key.
func (l *locker) holds(t *testing.T, keys ...string) {
	t.Helper()
	for _, key := range keys {
		entry, found, err := l.Cache.Get(l.ctx, key)
		if err != nil || !found || string(entry.Value) != key {
			t.Errorf("%q: got %q, %v, %v", key, entry.Value, found, err)
		}
	}
}

func (l *locker) lacks(t *testing.T, keys ...string) {
	t.Helper()
	for _, key := range keys {
		if entry, found, err := l.Cache.Get(l.ctx, key); err != nil || found {
			t.Errorf("%q is there: %q, %v", key, entry.Value, err)
		}
	}
}

func (l *locker) forgets(t *testing.T, want int, tags ...string) {
	t.Helper()
	if n, err := l.Cache.InvalidateTags(l.ctx, tags...); err != nil || n != want {
		t.Errorf("invalidating %q: %d, %v; want %d", tags, n, err, want)
	}
}

func cacheBytes(t *testing.T, l *locker) {
	odd := []string{"\x00\xff\n", "ключ: 'x' \" \r\n", "", strings.Repeat("m", 1<<20)}
	keys := []string{"plain", "with spaces", "a:b/c*?[d]\\", "tag:x", "tag:", "entry:tag:x", "invalidated:x", "invalidated", "\x00\xff", strings.Repeat("k", 1000)}
	for i, key := range keys {
		must(t, l.Cache.Set(l.ctx, key, []byte(odd[i%len(odd)]), cache.Options{Tags: []string{key, "z", "\x00\xfe", "z", "v"}}))
	}
	for i, key := range keys {
		entry, found, err := l.Cache.Get(l.ctx, key)
		if err != nil || !found || string(entry.Value) != odd[i%len(odd)] {
			t.Errorf("%q: got %.20q, %v, %v", key, entry.Value, found, err)
		}
		if want := cache.TagSet([]string{key, "z", "\x00\xfe", "v"}); !slices.Equal(entry.Tags, want) {
			t.Errorf("%q: tags %q, want %q", key, entry.Tags, want)
		}
		if entry.TTL <= 0 || entry.TTL > CacheDefaultTTL {
			t.Errorf("%q: %v are left", key, entry.TTL)
		}
	}
	for _, key := range keys {
		l.forgets(t, 1, key)
		l.lacks(t, key)
	}
}

func cacheMissing(t *testing.T, l *locker) {
	l.lacks(t, "a")
	must(t, l.Cache.Delete(l.ctx))
	must(t, l.Cache.Delete(l.ctx, "a", "b"))
	l.forgets(t, 0)
	l.forgets(t, 0, "a", "b")
	l.set(t, "a", "a", "x")
	l.set(t, "b", "b")
	must(t, l.Cache.Delete(l.ctx, "a", "nothing"))
	must(t, l.Cache.Delete(l.ctx, "a"))
	l.lacks(t, "a")
	l.holds(t, "b")
	l.forgets(t, 0, "x")
}

func cacheReplace(t *testing.T, l *locker) {
	l.set(t, "a", "old", "x", "y")
	l.set(t, "a", "a", "y", "z")
	l.holds(t, "a")
	l.forgets(t, 0, "x")
	l.holds(t, "a")
	l.forgets(t, 1, "z")
	l.lacks(t, "a")
	l.set(t, "a", "a", "z")
	must(t, l.Cache.Delete(l.ctx, "a"))
	l.set(t, "a", "a")
	l.forgets(t, 0, "x", "y", "z")
	l.holds(t, "a")
}

func cacheCopies(t *testing.T, l *locker) {
	value, tags := []byte("a"), []string{"y", "x"}
	must(t, l.Cache.Set(l.ctx, "a", value, cache.Options{Tags: tags}))
	value[0], tags[0] = '!', "!"
	for range 2 {
		entry, _, err := l.Cache.Get(l.ctx, "a")
		must(t, err)
		if string(entry.Value) != "a" || !slices.Equal(entry.Tags, []string{"x", "y"}) {
			t.Fatalf("got %q with %q", entry.Value, entry.Tags)
		}
		entry.Value[0], entry.Tags[0] = '!', "!"
	}
	l.forgets(t, 1, "x")
}

func cacheExpiry(t *testing.T, l *locker) {
	l.timed(t)
	must(t, l.Cache.Set(l.ctx, "short", []byte("short"), cache.Options{TTL: 1500 * time.Millisecond, Tags: []string{"x"}}))
	must(t, l.Cache.Set(l.ctx, "negative", []byte("negative"), cache.Options{TTL: -time.Second}))
	l.set(t, "default", "default", "x")
	l.Advance(1499 * time.Millisecond)
	l.holds(t, "short", "negative", "default")
	entry, _, err := l.Cache.Get(l.ctx, "short")
	if must(t, err); entry.TTL != time.Millisecond {
		t.Errorf("%v are left, want 1 ms", entry.TTL)
	}
	l.Advance(time.Millisecond)
	l.lacks(t, "short")
	l.forgets(t, 1, "x")
	l.Advance(CacheDefaultTTL - 1501*time.Millisecond)
	l.holds(t, "negative")
	l.Advance(time.Millisecond)
	l.lacks(t, "negative", "default")
}

func cacheLongExpiry(t *testing.T, l *locker) {
	l.timed(t)
	must(t, l.Cache.Set(l.ctx, "a", []byte("a"), cache.Options{TTL: 49 * time.Hour, Tags: []string{"x"}}))
	must(t, l.Cache.Set(l.ctx, "b", []byte("b"), cache.Options{TTL: time.Second, Tags: []string{"x"}}))
	l.Advance(48*time.Hour + time.Minute)
	l.holds(t, "a")
	l.lacks(t, "b")
	l.forgets(t, 1, "x")
	l.lacks(t, "a")
}

func (l *locker) timed(t *testing.T) {
	t.Helper()
	if l.Advance == nil {
		t.Skip("the time of this server cannot be moved")
	}
}

func cacheEnded(t *testing.T, l *locker) {
	ended, cancel := context.WithCancel(l.ctx)
	cancel()
	l.set(t, "a", "a")
	for what, call := range map[string]func() error{
		"Get":                func() error { _, _, err := l.Cache.Get(ended, "a"); return err },
		"Stamp":              func() error { _, err := l.Cache.Stamp(ended); return err },
		"Set":                func() error { return l.Cache.Set(ended, "b", nil, cache.Options{}) },
		"Delete":             func() error { return l.Cache.Delete(ended, "a") },
		"InvalidateTags":     func() error { _, err := l.Cache.InvalidateTags(ended, "x"); return err },
		"InvalidateMatching": func() error { _, err := l.Cache.InvalidateMatching(ended, "*"); return err },
		"Clear":              func() error { return l.Cache.Clear(ended) },
		"Prune":              func() error { _, err := l.Cache.Prune(ended); return err },
		"Stats":              func() error { _, err := l.Cache.Stats(ended); return err },
	} {
		refused(t, what, call(), domain.Timeout)
	}
	l.holds(t, "a")
}
