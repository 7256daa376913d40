package failsoft_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/cache/failsoft"
	"github.com/docsteward/docsteward/adapters/memory/memcache"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestFailsoftKeepsThePromises(t *testing.T) {
	porttest.Cache(t, porttest.CacheTraits{}, func(*testing.T) porttest.CacheEnv {
		clock := clocktest.New()
		inner := memcache.New(clock, memcache.Options{Entries: porttest.CacheBound, TTL: porttest.CacheDefaultTTL})
		return porttest.CacheEnv{Cache: failsoft.New(inner, clock, nil), Advance: clock.Advance}
	})
}

// switched is a cache that a test breaks and mends; it counts calls.
type switched struct {
	cache.Cache
	broken bool
	calls  int
	// clearing, when not nil, is called in Clear.
	clearing func()
}

func (s *switched) fault() error {
	s.calls++
	if s.broken {
		return domain.Unavailable.New("broken")
	}
	return nil
}

func (s *switched) Get(ctx context.Context, key string) (cache.Entry, bool, error) {
	if err := s.fault(); err != nil {
		return cache.Entry{}, false, err
	}
	return s.Cache.Get(ctx, key)
}

func (s *switched) Set(ctx context.Context, key string, value []byte, o cache.Options) error {
	if err := s.fault(); err != nil {
		return err
	}
	return s.Cache.Set(ctx, key, value, o)
}

func (s *switched) Stamp(ctx context.Context) (cache.Stamp, error) {
	if err := s.fault(); err != nil {
		return "", err
	}
	return s.Cache.Stamp(ctx)
}

func (s *switched) InvalidateTags(ctx context.Context, tags ...string) (int, error) {
	if err := s.fault(); err != nil {
		return 0, err
	}
	return s.Cache.InvalidateTags(ctx, tags...)
}

func (s *switched) Clear(ctx context.Context) error {
	if err := s.fault(); err != nil {
		return err
	}
	err := s.Cache.Clear(ctx)
	if s.clearing != nil {
		s.clearing()
	}
	return err
}

func (s *switched) Stats(ctx context.Context) (cache.Stats, error) {
	if err := s.fault(); err != nil {
		return cache.Stats{}, err
	}
	return s.Cache.Stats(ctx)
}

type bench struct {
	inner *switched
	soft  *failsoft.Cache
	clock *clocktest.Manual
	told  []string
}

func newBench() *bench {
	b := &bench{clock: clocktest.New()}
	b.inner = &switched{Cache: memcache.New(b.clock, memcache.Options{})}
	b.soft = failsoft.New(b.inner, b.clock, func(_ context.Context, failure error) {
		if failure != nil {
			b.told = append(b.told, "down")
		} else {
			b.told = append(b.told, "up")
		}
	})
	return b
}

func (b *bench) set(t *testing.T, key string, o cache.Options) {
	t.Helper()
	if err := b.soft.Set(t.Context(), key, []byte(key), o); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) has(t *testing.T, key string) bool {
	t.Helper()
	_, found, err := b.soft.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWhileItFailsNothingIsFoundAndNobodyFails(t *testing.T) {
	b := newBench()
	b.set(t, "a", cache.Options{Tags: []string{"x"}})
	if !b.has(t, "a") || len(b.told) > 0 {
		t.Fatalf("told %q", b.told)
	}
	b.inner.broken = true
	for range 3 {
		if b.has(t, "a") {
			t.Error("found while it fails")
		}
	}
	if _, err := b.soft.InvalidateTags(t.Context(), "x"); err != nil {
		t.Error(err)
	}
	if _, err := b.soft.Stats(t.Context()); !errors.Is(err, domain.Unavailable) {
		t.Errorf("stats: %v", err)
	}
	if err := b.soft.Check(t.Context()); !errors.Is(err, domain.Unavailable) {
		t.Errorf("check: %v", err)
	}
	b.inner.broken = false
	calls := b.inner.calls
	if b.has(t, "a") || b.inner.calls != calls {
		t.Error("a cache that failed just now was called")
	}
	b.clock.Advance(10 * time.Second)
	if b.has(t, "a") {
		t.Error("what was invalidated meanwhile came back")
	}
	b.set(t, "a", cache.Options{})
	if !b.has(t, "a") {
		t.Error("it does not serve again")
	}
	if err := b.soft.Check(t.Context()); err != nil || len(b.told) != 2 || b.told[0] != "down" || b.told[1] != "up" {
		t.Errorf("check: %v; told %q", err, b.told)
	}
}

func TestCheckBringsItBackAtOnce(t *testing.T) {
	b := newBench()
	b.inner.broken = true
	b.set(t, "a", cache.Options{})
	b.inner.broken = false
	if err := b.soft.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.set(t, "a", cache.Options{})
	if !b.has(t, "a") {
		t.Error("it does not serve again")
	}
}

func TestAStampOfAFailureStoresNothing(t *testing.T) {
	b := newBench()
	b.inner.broken = true
	stamp, err := b.soft.Stamp(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.inner.broken = false
	b.clock.Advance(time.Minute)
	b.set(t, "a", cache.Options{Since: stamp})
	if b.has(t, "a") {
		t.Error("stored with the stamp of a failure")
	}
}

// What is invalidated while the cache is being cleared is cleared once more.
func TestNothingIsMissedDuringTheClearing(t *testing.T) {
	b := newBench()
	clears := 0
	b.inner.clearing = func() {
		if clears++; clears == 1 {
			// Another process stores what the invalidation below is about.
			if err := b.inner.Cache.Set(t.Context(), "a", nil, cache.Options{Tags: []string{"x"}}); err != nil {
				t.Error(err)
			}
			if _, err := b.soft.InvalidateTags(t.Context(), "x"); err != nil {
				t.Error(err)
			}
		}
	}
	if b.has(t, "a") || clears != 2 {
		t.Errorf("cleared %d times", clears)
	}
}

// A cache starts empty: what a former process left may be out of date.
func TestItStartsEmpty(t *testing.T) {
	b := newBench()
	if err := b.inner.Cache.Set(t.Context(), "a", nil, cache.Options{}); err != nil {
		t.Fatal(err)
	}
	if b.has(t, "a") {
		t.Error("what was there is served")
	}
}
