package porttest

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/ports/cache"
)

func cacheTags(t *testing.T, l *locker) {
	l.set(t, "a", "a", "x", "y")
	l.set(t, "b", "b", "y")
	l.set(t, "c", "c", "z")
	l.set(t, "d", "d")
	l.forgets(t, 0, "X", "")
	l.forgets(t, 1, "x")
	l.lacks(t, "a")
	l.holds(t, "b", "c", "d")
	l.set(t, "a", "a", "x", "y", "z")
	l.forgets(t, 3, "y", "z", "y")
	l.lacks(t, "a", "b", "c")
	l.holds(t, "d")
	l.forgets(t, 0, "x", "y", "z")
}

func cacheStamps(t *testing.T, l *locker) {
	before, err := l.Cache.Stamp(l.ctx)
	must(t, err)
	l.forgets(t, 0, "x")
	after, err := l.Cache.Stamp(l.ctx)
	must(t, err)
	since := func(key string, stamp cache.Stamp, tags ...string) {
		t.Helper()
		must(t, l.Cache.Set(l.ctx, key, []byte(key), cache.Options{Since: stamp, Tags: tags}))
	}
	since("late", before, "w", "x")
	since("other", before, "y")
	since("untagged", before)
	since("fresh", after, "x")
	since("unstamped", "", "x")
	l.lacks(t, "late")
	l.holds(t, "other", "untagged", "fresh", "unstamped")
	since("fresh", before, "x")
	if entry, found, err := l.Cache.Get(l.ctx, "fresh"); err != nil || found && string(entry.Value) != "fresh" {
		t.Errorf("a refused value spoilt what was there: %q, %v", entry.Value, err)
	}
	l.forgets(t, 2-l.missing(t, "fresh"), "x")
	since("late", after, "x")
	l.lacks(t, "late", "fresh")

	for what, forget := range map[string]func() error{
		"InvalidateMatching": func() error { _, err := l.Cache.InvalidateMatching(l.ctx, "nothing"); return err },
		"Clear":              func() error { return l.Cache.Clear(l.ctx) },
	} {
		stamp, err := l.Cache.Stamp(l.ctx)
		must(t, err)
		must(t, forget())
		since(what, stamp, "never invalidated")
		since(what, stamp)
		l.lacks(t, what)
	}
}

func (l *locker) missing(t *testing.T, key string) int {
	t.Helper()
	_, found, err := l.Cache.Get(l.ctx, key)
	must(t, err)
	if found {
		return 0
	}
	return 1
}

func cachePatterns(t *testing.T, l *locker) {
	keys := []string{"search:1", "search:22", "search", "stats:1", "a[b]c", "abc", "a\\c", "tag:1", "entry:1"}
	for _, key := range keys {
		l.set(t, key, key, "x")
	}
	for _, step := range []struct {
		patterns []string
		want     int
		gone     []string
	}{
		{nil, 0, nil},
		{[]string{"nothing*", ""}, 0, nil},
		{[]string{"a[b]c"}, 1, []string{"a[b]c"}},
		{[]string{"a\\c"}, 1, []string{"a\\c"}},
		{[]string{"search:?", "search:?"}, 1, []string{"search:1"}},
		{[]string{"tag:*", "entry:*"}, 2, []string{"tag:1", "entry:1"}},
		{[]string{"search*", "*22"}, 2, []string{"search:22", "search"}},
		{[]string{"*"}, 2, []string{"stats:1", "abc"}},
	} {
		if n, err := l.Cache.InvalidateMatching(l.ctx, step.patterns...); err != nil || n != step.want {
			t.Errorf("%q: %d, %v; want %d", step.patterns, n, err, step.want)
		}
		l.lacks(t, step.gone...)
	}
	l.forgets(t, 0, "x")
}

func cacheClear(t *testing.T, l *locker) {
	must(t, l.Cache.Clear(l.ctx))
	l.set(t, "a", "a", "x")
	l.set(t, "b", "b")
	must(t, l.Cache.Clear(l.ctx))
	l.lacks(t, "a", "b")
	l.forgets(t, 0, "x")
	if stats, err := l.Cache.Stats(l.ctx); err != nil || stats.Entries != 0 || stats.Bytes != 0 {
		t.Errorf("after clearing: %+v, %v", stats, err)
	}
	l.set(t, "a", "a", "x")
	l.holds(t, "a")
}

func cachePrune(t *testing.T, l *locker) {
	l.timed(t)
	for i := range 10 {
		key := fmt.Sprint(i)
		must(t, l.Cache.Set(l.ctx, key, []byte(key), cache.Options{TTL: time.Duration(1+i%2) * time.Minute, Tags: []string{"x", "y"}}))
	}
	l.Advance(time.Minute)
	want := 5
	if l.traits.Drops {
		want = 0
	}
	if n, err := l.Cache.Prune(l.ctx); err != nil || n != want {
		t.Errorf("pruned %d, %v; want %d", n, err, want)
	}
	if stats, err := l.Cache.Stats(l.ctx); err != nil || stats.Entries != 5 {
		t.Errorf("after pruning: %+v, %v", stats, err)
	}
	l.holds(t, "1", "9")
	l.lacks(t, "0", "8")
	if n, err := l.Cache.Prune(l.ctx); err != nil || n != 0 {
		t.Errorf("pruned %d again, %v", n, err)
	}
	l.forgets(t, 5, "x")
}

func cacheEviction(t *testing.T, l *locker) {
	if l.traits.Unbounded {
		t.Skip("the bounds of this cache are set outside of it")
	}
	for i := range CacheBound {
		l.set(t, fmt.Sprint(i), fmt.Sprint(i), "x")
	}
	l.holds(t, "0")
	l.set(t, "1", "1", "x")
	l.set(t, "new", "new", "x")
	l.set(t, "newer", "newer", "x")
	l.lacks(t, "2", "3")
	l.holds(t, "0", "1", "4", "new", "newer")
	if stats, err := l.Cache.Stats(l.ctx); err != nil || stats.Entries != CacheBound || stats.Evictions != 2 {
		t.Errorf("after two evictions: %+v, %v", stats, err)
	}
	l.forgets(t, CacheBound, "x")
}

func cacheCounts(t *testing.T, l *locker) {
	l.set(t, "a", "12345", "xyz")
	l.set(t, "bb", "1")
	for range 3 {
		_, _, err := l.Cache.Get(l.ctx, "a")
		must(t, err)
	}
	l.lacks(t, "c")
	stats, err := l.Cache.Stats(l.ctx)
	must(t, err)
	if stats.Name == "" || stats.Entries != 2 || stats.Bytes != 12 || stats.Hits != 3 || stats.Misses != 1 || stats.HitRate() != .75 {
		t.Errorf("got %+v, rate %v", stats, stats.HitRate())
	}
}

// cacheRace lets writers store what they read from a source before it changed.
// A value older than the last acknowledged change must never be read.
func cacheRace(t *testing.T, l *locker) {
	var mu sync.Mutex
	truth := 0
	read := func() int {
		mu.Lock()
		defer mu.Unlock()
		return truth
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 50 {
				stamp, err := l.Cache.Stamp(l.ctx)
				value := fmt.Append(nil, read())
				runtime.Gosched() // lets others change what was read
				if err == nil {
					err = l.Cache.Set(l.ctx, "k", value, cache.Options{Since: stamp, Tags: []string{"x"}})
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range 50 {
		mu.Lock()
		truth = i + 1
		mu.Unlock()
		_, err := l.Cache.InvalidateTags(l.ctx, "x")
		must(t, err)
		entry, found, err := l.Cache.Get(l.ctx, "k")
		if must(t, err); found && string(entry.Value) != fmt.Sprint(i+1) {
			t.Fatalf("read %s after change %d", entry.Value, i+1)
		}
	}
	group.Wait()
}
