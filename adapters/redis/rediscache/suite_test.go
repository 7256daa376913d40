package rediscache_test

import (
	"context"
	"testing"

	"github.com/docsteward/docsteward/adapters/redis/rediscache"
	"github.com/docsteward/docsteward/adapters/redis/redistest"
	"github.com/docsteward/docsteward/ports/porttest"
)

// traits: the server bounds what it keeps and drops what has expired.
var traits = porttest.CacheTraits{Unbounded: true, Drops: true}

func TestRedisCacheOnMiniredis(t *testing.T) {
	porttest.Cache(t, traits, func(t *testing.T) porttest.CacheEnv {
		server, o := redistest.Mini(t)
		c := rediscache.New(redistest.Client(t, o), "te[s*t:cache", porttest.CacheDefaultTTL)
		return porttest.CacheEnv{Cache: c, Advance: server.FastForward}
	})
}

func TestRedisCacheLive(t *testing.T) {
	client := redistest.Client(t, redistest.Live(t))
	porttest.Cache(t, traits, func(t *testing.T) porttest.CacheEnv {
		c := rediscache.New(client, "docsteward:"+t.Name(), porttest.CacheDefaultTTL)
		t.Cleanup(func() {
			if err := c.Clear(context.Background()); err != nil {
				t.Errorf("leave nothing behind: %v", err)
			}
		})
		return porttest.CacheEnv{Cache: c}
	})
}
