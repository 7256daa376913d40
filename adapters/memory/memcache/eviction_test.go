package memcache_test

import (
	"fmt"
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/memcache"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
)

// kept uses keys of a cache of two values, where a capital letter stores and a small
// one reads, and returns those that are left.
func kept(t *testing.T, policy memcache.Policy, uses string) (left string) {
	t.Helper()
	c := memcache.New(clocktest.New(), memcache.Options{Entries: 2, Evict: policy})
	for _, use := range uses {
		key := string(use | 0x20)
		if use&0x20 == 0 {
			if err := c.Set(t.Context(), key, nil, cache.Options{}); err != nil {
				t.Fatal(err)
			}
		} else if _, _, err := c.Get(t.Context(), key); err != nil {
			t.Fatal(err)
		}
	}
	for key := 'a'; key <= 'z'; key++ {
		if _, found, _ := c.Get(t.Context(), string(key)); found {
			left += string(key)
		}
	}
	return left
}

func TestWhatGoesFirst(t *testing.T) {
	for _, c := range []struct{ uses, recently, frequently string }{
		{"ABC", "bc", "bc"},
		{"ABaC", "ac", "ac"},
		{"AaaBC", "bc", "ac"},    // a was used more often, though longer ago
		{"AaaaBbCD", "cd", "ad"}, // and stays while others pass
		{"AaBbbC", "bc", "bc"},   // what is new is kept, however often the others were used
		{"AaaBCDEF", "ef", "ef"}, // but not for ever: those that went have raised the age
	} {
		if got := kept(t, memcache.LeastRecentlyUsed, c.uses); got != c.recently {
			t.Errorf("%s: the least recently used goes, and %q is left; want %q", c.uses, got, c.recently)
		}
		if got := kept(t, memcache.LeastFrequentlyUsed, c.uses); got != c.frequently {
			t.Errorf("%s: the least frequently used goes, and %q is left; want %q", c.uses, got, c.frequently)
		}
	}
}

func BenchmarkGetOfThousand(b *testing.B) {
	for _, policy := range []memcache.Policy{memcache.LeastRecentlyUsed, memcache.LeastFrequentlyUsed} {
		b.Run(string(policy), func(b *testing.B) {
			c, keys := memcache.New(clocktest.New(), memcache.Options{Evict: policy}), make([]string, 1000)
			for i := range keys {
				keys[i] = fmt.Sprint(i)
				if err := c.Set(b.Context(), keys[i], make([]byte, 1024), cache.Options{}); err != nil {
					b.Fatal(err)
				}
			}
			for i := 0; b.Loop(); i++ {
				if _, found, err := c.Get(b.Context(), keys[i*7919%1000]); err != nil || !found {
					b.Fatal(found, err)
				}
			}
		})
	}
}
