package tiered_test

import (
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/cache/failsoft"
	"github.com/docsteward/docsteward/adapters/cache/tiered"
	"github.com/docsteward/docsteward/adapters/redis/rediscache"
	"github.com/docsteward/docsteward/adapters/redis/redistest"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
)

func set(t *testing.T, c cache.Cache, key string, o cache.Options) {
	t.Helper()
	if err := c.Set(t.Context(), key, []byte(key), o); err != nil {
		t.Fatal(err)
	}
}

func has(t *testing.T, c cache.Cache, key string) bool {
	t.Helper()
	_, found, err := c.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWhatIsFoundFarIsKeptNear(t *testing.T) {
	clock := clocktest.New()
	close, far := near(clock), near(clock)
	c := tiered.New(close, far, time.Minute)
	set(t, far, "a", cache.Options{TTL: 30 * time.Minute, Tags: []string{"x"}})
	if !has(t, c, "a") || !has(t, close, "a") {
		t.Fatal("not kept near")
	}
	clock.Advance(time.Minute)
	if has(t, close, "a") || !has(t, c, "a") {
		t.Error("near must hold it for a minute, far for longer")
	}
	if n, err := c.InvalidateTags(t.Context(), "x"); n != 1 || err != nil || has(t, close, "a") {
		t.Errorf("near keeps no tags: %d, %v", n, err)
	}
	set(t, c, "b", cache.Options{TTL: time.Second})
	clock.Advance(time.Second)
	if has(t, c, "b") {
		t.Error("near keeps longer than asked")
	}
}

// With Redis gone the near level serves, and nothing that was invalidated
// meanwhile comes back with Redis.
func TestRedisGoesAndComes(t *testing.T) {
	server, o := redistest.Mini(t)
	clock := clocktest.New()
	far := failsoft.New(rediscache.New(redistest.Client(t, o), "p", time.Hour), clock, nil)
	c := tiered.New(near(clock), far, time.Minute)
	set(t, c, "a", cache.Options{Tags: []string{"x"}})
	set(t, c, "b", cache.Options{Tags: []string{"y"}})
	if !server.Exists("p:a") {
		t.Fatalf("Redis holds %q", server.Keys())
	}
	server.Close()
	if !has(t, c, "a") || has(t, c, "nothing") {
		t.Error("the near level does not serve alone")
	}
	set(t, c, "c", cache.Options{})
	if _, err := c.InvalidateTags(t.Context(), "x"); err != nil || has(t, c, "a") || !has(t, c, "b") || !has(t, c, "c") {
		t.Errorf("invalidation without Redis: %v", err)
	}
	if stats, err := c.Stats(t.Context()); err != nil || len(stats.Levels) != 1 || stats.Entries != 2 {
		t.Errorf("got %+v, %v", stats, err)
	}
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	if !server.Exists("p:a") {
		t.Fatal("this Redis forgets by itself and proves nothing")
	}
	if err := far.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if has(t, c, "a") || server.Exists("p:a") {
		t.Error("what was invalidated came back")
	}
	if stats, err := c.Stats(t.Context()); err != nil || len(stats.Levels) != 2 {
		t.Errorf("got %+v, %v", stats, err)
	}
}
