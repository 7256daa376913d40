package memcache_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memcache"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/porttest"
)

func open(*testing.T) porttest.CacheEnv { return evicting(memcache.LeastRecentlyUsed) }

func evicting(policy memcache.Policy) porttest.CacheEnv {
	clock := clocktest.New()
	c := memcache.New(clock, memcache.Options{Entries: porttest.CacheBound, TTL: porttest.CacheDefaultTTL, Evict: policy})
	return porttest.CacheEnv{Cache: c, Advance: clock.Advance}
}

func TestMemoryCache(t *testing.T) {
	for _, policy := range []memcache.Policy{memcache.LeastRecentlyUsed, memcache.LeastFrequentlyUsed} {
		t.Run(string(policy), func(t *testing.T) {
			porttest.Cache(t, porttest.CacheTraits{}, func(*testing.T) porttest.CacheEnv { return evicting(policy) })
		})
	}
}

func TestBytesAreBounded(t *testing.T) {
	c := memcache.New(clocktest.New(), memcache.Options{Bytes: 30})
	ctx := t.Context()
	set := func(key string, size int) {
		t.Helper()
		if err := c.Set(ctx, key, make([]byte, size), cache.Options{Tags: []string{"xy"}}); err != nil {
			t.Fatal(err)
		}
	}
	has := func(keys string) {
		t.Helper()
		got := ""
		for _, key := range []string{"a", "b", "c", "d"} {
			if _, found, err := c.Get(ctx, key); err != nil {
				t.Fatal(err)
			} else if found {
				got += key
			}
		}
		stats, err := c.Stats(ctx)
		if got != keys || err != nil || stats.Bytes > 30 || stats.Entries != len(keys) {
			t.Errorf("holds %q with %+v, %v; want %q", got, stats, err, keys)
		}
	}
	set("a", 7)
	set("b", 7)
	set("c", 7)
	has("abc")
	set("d", 1)
	has("bcd")
	set("d", 7)
	has("bcd")
	set("a", 27)
	has("a")
	set("b", 28) // greater than the whole
	has("a")
	set("a", 28) // what it would have replaced is out of date
	has("")
}

func TestManyTagsAreForgotten(t *testing.T) {
	c, ctx := memcache.New(clocktest.New(), memcache.Options{}), t.Context()
	stamp, err := c.Stamp(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10_001 {
		if _, err := c.InvalidateTags(ctx, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Set(ctx, "k", nil, cache.Options{Tags: []string{"0"}, Since: stamp}); err != nil {
		t.Fatal(err)
	}
	if _, found, err := c.Get(ctx, "k"); found || err != nil {
		t.Errorf("a value older than an invalidation is there, %v", err)
	}
}

// saboteurs are caches that each break one promise, by the case that must tell.
var saboteurs = map[string]struct {
	caught string
	spoil  func(cache.Cache) cache.Cache
}{
	"stale writes": {"a_stamp_keeps_out_what_was_computed", func(c cache.Cache) cache.Cache { return stampless{c} }},
	"seconds only": {"values_outlive_a_day", func(c cache.Cache) cache.Cache { return daily{c} }},
	"aliasing":     {"values_are_not_shared_with_the_caller", func(c cache.Cache) cache.Cache { return sharing{c, new(sync.Map)} }},
	"lost tags":    {"tags_forget_what_has_them", func(c cache.Cache) cache.Cache { return untagged{c} }},
	"deaf":         {"an_ended_context_is_a_timeout", func(c cache.Cache) cache.Cache { return deaf{c} }},
}

// stampless stores whatever was invalidated meanwhile.
type stampless struct{ cache.Cache }

func (s stampless) Set(ctx context.Context, key string, value []byte, o cache.Options) error {
	o.Since = ""
	return s.Cache.Set(ctx, key, value, o)
}

// daily keeps only what is left of a time beyond whole days.
type daily struct{ cache.Cache }

func (d daily) Set(ctx context.Context, key string, value []byte, o cache.Options) error {
	o.TTL %= 24 * time.Hour
	return d.Cache.Set(ctx, key, value, o)
}

// sharing hands out the very bytes that it was given.
type sharing struct {
	cache.Cache
	values *sync.Map
}

func (s sharing) Set(ctx context.Context, key string, value []byte, o cache.Options) error {
	s.values.Store(key, value)
	return s.Cache.Set(ctx, key, value, o)
}

func (s sharing) Get(ctx context.Context, key string) (cache.Entry, bool, error) {
	entry, found, err := s.Cache.Get(ctx, key)
	if value, ok := s.values.Load(key); ok {
		entry.Value = value.([]byte)
	}
	return entry, found, err
}

// untagged keeps the first tag only.
type untagged struct{ cache.Cache }

func (u untagged) Set(ctx context.Context, key string, value []byte, o cache.Options) error {
	o.Tags = o.Tags[:min(1, len(o.Tags))]
	return u.Cache.Set(ctx, key, value, o)
}

// deaf does not hear that a context has ended.
type deaf struct{ cache.Cache }

func (d deaf) Get(ctx context.Context, key string) (cache.Entry, bool, error) {
	return d.Cache.Get(context.WithoutCancel(ctx), key)
}

const saboteurKey = "CACHE_SABOTEUR"

// TestSaboteur runs the suite on the saboteur that the environment names; by
// itself it does nothing but say so.
func TestSaboteur(t *testing.T) {
	saboteur, ok := saboteurs[os.Getenv(saboteurKey)]
	if !ok {
		t.Skipf("runs in the subprocesses of TestSuiteCatchesSaboteurs, which set %s", saboteurKey)
	}
	porttest.Cache(t, porttest.CacheTraits{}, func(t *testing.T) porttest.CacheEnv {
		e := open(t)
		e.Cache = saboteur.spoil(e.Cache)
		return e
	})
}

func TestSuiteCatchesSaboteurs(t *testing.T) {
	for name, saboteur := range saboteurs {
		t.Run(name, func(t *testing.T) {
			command := exec.Command(os.Args[0], "-test.run=^TestSaboteur$", "-test.v")
			command.Env = append(os.Environ(), saboteurKey+"="+name)
			var output bytes.Buffer
			command.Stdout, command.Stderr = &output, &output
			if err := command.Run(); err == nil {
				t.Fatalf("the suite passed:\n%s", output.String())
			}
			if !failed(output.String(), saboteur.caught) {
				t.Errorf("the case %s did not fail:\n%s", saboteur.caught, output.String())
			}
		})
	}
}

func failed(output, name string) bool {
	for line := range strings.Lines(output) {
		if strings.Contains(line, "--- FAIL") && strings.Contains(line, name) {
			return true
		}
	}
	return false
}
