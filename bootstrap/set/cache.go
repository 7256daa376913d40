package set

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/cache/failsoft"
	"github.com/docsteward/docsteward/adapters/cache/tiered"
	"github.com/docsteward/docsteward/adapters/memory/memcache"
	"github.com/docsteward/docsteward/adapters/redis/rediscache"
	"github.com/docsteward/docsteward/adapters/redis/rediskit"
	"github.com/docsteward/docsteward/adapters/telemetry/prom"
	appdocstore "github.com/docsteward/docsteward/application/docstore"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/clock"
)

// MemoryCache keeps answers of the document store in the memory of the process.
var MemoryCache = wire.NewSet(NewMemoryCache, CachingOf)

// RedisCache keeps answers of the document store in memory and, where a server
// is configured, in Redis behind it.
var RedisCache = wire.NewSet(NewRedisCache, CachingOf)

// docStoreCache is the prefix of the names in Redis and the cache's name in metrics.
const (
	docStoreCache     = "docstore:cache"
	docStoreCacheName = "docstore"
)

// rewatch is the pause before invalidations of other processes are listened to
// again after Redis failed.
const rewatch = time.Second

// Cache is the cache of a service with what keeps it running.
type Cache struct {
	// Memo is nil when caching is switched off.
	Memo *cache.Memo
	// Check asks the server behind the cache; nil when there is none.
	Check func(context.Context) error
	// Workers run beside the server of the service.
	Workers []func(context.Context) error
}

// CachingOf returns what the document store asks of its cache.
func CachingOf(c Cache) appdocstore.Caching { return appdocstore.Caching{Memo: c.Memo} }

// NewMemoryCache returns a cache in memory, or none when ENABLE_CACHING is false.
func NewMemoryCache(s *kit.Service) Cache {
	if !s.Config.Caching {
		return Cache{}
	}
	return Cache{Memo: newMemo(s, nearCache(s))}
}

// NewRedisCache returns a cache of two levels; without a configured server, the
// first alone. A server that does not answer is no reason not to start.
func NewRedisCache(s *kit.Service) (Cache, func()) {
	server := s.Config.Redis()
	if !s.Config.Caching || server.Host == "" {
		return NewMemoryCache(s), func() {}
	}
	client := rediskit.Client(rediskit.Options{
		Host: server.Host, Port: server.Port, Database: server.Database, Password: server.Password, TLS: server.TLS,
	})
	near := nearCache(s)
	shared := rediscache.New(client, docStoreCache, s.Config.CacheTTL())
	far := failsoft.New(shared, s.Clock, func(ctx context.Context, failure error) {
		if failure != nil {
			s.Logger.WarnContext(ctx, "Redis fails; answers are kept in this process alone", slog.Any("error", failure))
			return
		}
		s.Logger.InfoContext(ctx, "Redis serves again; answers are shared")
	})
	memo := newMemo(s, tiered.New(near, far, min(tiered.DefaultNearTTL, s.Config.CacheTTL())))
	watch := func(ctx context.Context) error { return listen(ctx, s, shared, near, memo) }
	return Cache{Memo: memo, Check: far.Check, Workers: []func(context.Context) error{watch}}, func() { _ = client.Close() }
}

func nearCache(s *kit.Service) *memcache.Cache {
	return memcache.New(s.Clock, memcache.Options{TTL: s.Config.CacheTTL(), Evict: memcache.Policy(s.Config.CacheEviction)})
}

func newMemo(s *kit.Service, c cache.Cache) *cache.Memo {
	observed := cache.Observe(c, docStoreCacheName, s.Clock, prom.NewCacheMeter(s.Registry, s.ID))
	return cache.NewMemo(observed, func(ctx context.Context, call string, err error) {
		if ctx.Err() == nil {
			s.Logger.WarnContext(ctx, "the cache failed", slog.String("call", call), slog.Any("error", err))
		}
	})
}

// listen makes near forget what other processes invalidate, until ctx ends.
// While Redis fails nothing is heard; values near live for seconds anyway.
func listen(ctx context.Context, s *kit.Service, shared *rediscache.Cache, near cache.Cache, memo *cache.Memo) error {
	forget := func(tags ...string) {
		if len(tags) == 0 {
			_ = near.Clear(context.WithoutCancel(ctx)) // memory does not fail
		} else {
			_, _ = near.InvalidateTags(context.WithoutCancel(ctx), tags...)
		}
		memo.Forget()
	}
	for {
		if err := shared.Watch(ctx, forget); err == nil {
			return nil
		}
		if !clock.Wait(ctx, s.Clock, rewatch) {
			return nil
		}
	}
}
