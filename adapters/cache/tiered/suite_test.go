package tiered_test

import (
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/cache/failsoft"
	"github.com/docsteward/docsteward/adapters/cache/tiered"
	"github.com/docsteward/docsteward/adapters/memory/memcache"
	"github.com/docsteward/docsteward/adapters/redis/rediscache"
	"github.com/docsteward/docsteward/adapters/redis/redistest"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/porttest"
)

func near(clock *clocktest.Manual) cache.Cache {
	return memcache.New(clock, memcache.Options{Entries: porttest.CacheBound, TTL: porttest.CacheDefaultTTL})
}

func TestTieredMemoryOverMemory(t *testing.T) {
	porttest.Cache(t, porttest.CacheTraits{Unbounded: true}, func(t *testing.T) porttest.CacheEnv {
		clock := clocktest.New()
		c := tiered.New(near(clock), failsoft.New(near(clock), clock, nil), porttest.CacheDefaultTTL)
		return porttest.CacheEnv{Cache: c, Advance: clock.Advance}
	})
}

func TestTieredMemoryOverMiniredis(t *testing.T) {
	porttest.Cache(t, porttest.CacheTraits{Unbounded: true}, func(t *testing.T) porttest.CacheEnv {
		server, o := redistest.Mini(t)
		clock := clocktest.New()
		far := rediscache.New(redistest.Client(t, o), "test", porttest.CacheDefaultTTL)
		c := tiered.New(near(clock), failsoft.New(far, clock, nil), porttest.CacheDefaultTTL)
		return porttest.CacheEnv{Cache: c, Advance: func(d time.Duration) { server.FastForward(d); clock.Advance(d) }}
	})
}

func TestTieredMemoryOverRedisLive(t *testing.T) {
	client := redistest.Client(t, redistest.Live(t))
	porttest.Cache(t, porttest.CacheTraits{Unbounded: true}, func(t *testing.T) porttest.CacheEnv {
		clock := clocktest.New()
		far := rediscache.New(client, "docsteward:"+t.Name(), porttest.CacheDefaultTTL)
		return porttest.CacheEnv{Cache: tiered.New(near(clock), failsoft.New(far, clock, nil), 0)}
	})
}
