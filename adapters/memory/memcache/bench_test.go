package memcache_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memcache"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
)

func Example() {
	clock := clocktest.New()
	c := memcache.New(clock, memcache.Options{Entries: 100})
	ctx := context.Background()
	if err := c.Set(ctx, "stats", []byte("3 documents"), cache.Options{TTL: time.Hour, Tags: []string{"documents"}}); err != nil {
		fmt.Println(err)
	}
	entry, found, _ := c.Get(ctx, "stats")
	fmt.Println(string(entry.Value), found)
	forgotten, _ := c.InvalidateTags(ctx, "documents")
	_, found, _ = c.Get(ctx, "stats")
	fmt.Println(forgotten, found)
	// Output:
	// 3 documents true
	// 1 false
}

func BenchmarkGet(b *testing.B) {
	c, ctx := memcache.New(clocktest.New(), memcache.Options{}), b.Context()
	if err := c.Set(ctx, "key", make([]byte, 1024), cache.Options{Tags: []string{"documents"}}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, found, err := c.Get(ctx, "key"); err != nil || !found {
			b.Fatal(found, err)
		}
	}
}

func BenchmarkSet(b *testing.B) {
	c, ctx := memcache.New(clocktest.New(), memcache.Options{}), b.Context()
	keys := make([]string, 4000) // four times what is kept, so that each evicts
	for i := range keys {
		keys[i] = fmt.Sprint("key ", i)
	}
	value, tags := make([]byte, 1024), []string{"documents"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if err := c.Set(ctx, keys[i%len(keys)], value, cache.Options{Tags: tags}); err != nil {
			b.Fatal(err)
		}
	}
}
