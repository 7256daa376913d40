package rediscache_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/redis/rediscache"
	"github.com/docsteward/docsteward/adapters/redis/rediskit"
	"github.com/docsteward/docsteward/adapters/redis/redistest"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/cache"
)

func TestInvalidationsAreHeardByOthers(t *testing.T) {
	server, o := redistest.Mini(t)
	here := rediscache.New(redistest.Client(t, o), "p", 0)
	there := rediscache.New(redistest.Client(t, o), "p", 0)
	ctx, cancel := context.WithCancel(t.Context())
	heard, ended := make(chan []string, 10), make(chan error, 1)
	go func() { ended <- there.Watch(ctx, func(tags ...string) { heard <- tags }) }()
	next := func(want string) {
		t.Helper()
		if tags := <-heard; len(tags) == 0 && want != "" || len(tags) > 0 && tags[0] != want {
			t.Errorf("heard %q, want %q", tags, want)
		}
	}
	next("")
	for _, tag := range []string{"x", "ключ"} {
		if _, err := here.InvalidateTags(ctx, tag); err != nil {
			t.Fatal(err)
		}
		next(tag)
	}
	if err := here.Clear(ctx); err != nil {
		t.Fatal(err)
	}
	next("")
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
	server.Close()
	if err := there.Watch(t.Context(), func(...string) { t.Error("called") }); !errors.Is(err, domain.Unavailable) {
		t.Errorf("without a server: %v", err)
	}
}

func TestFailuresAreUnavailable(t *testing.T) {
	server, o := redistest.Mini(t)
	server.RequireAuth("secret")
	c := rediscache.New(redistest.Client(t, o), "p", 0)
	if err := c.Ping(t.Context()); !errors.Is(err, domain.Unavailable) {
		t.Errorf("without the password: %v", err)
	}
	o.Password, o.Database = "secret", 3
	c = rediscache.New(redistest.Client(t, o), "p", 0)
	if err := c.Set(t.Context(), "k", []byte("v"), cache.Options{Tags: []string{"x"}}); err != nil {
		t.Fatal(err)
	}
	if !server.DB(3).Exists("p:k") || !server.DB(3).Exists("p:tag:x") {
		t.Errorf("the names are %q", server.DB(3).Keys())
	}
	if ttl := server.DB(3).TTL("p:k"); ttl != time.Hour {
		t.Errorf("kept for %v", ttl)
	}
	server.SetError("LOADING the data set")
	if _, _, err := c.Get(t.Context(), "k"); !errors.Is(err, domain.Unavailable) {
		t.Errorf("a server that fails: %v", err)
	}
	o.TLS = true
	server.SetError("")
	if err := rediscache.New(redistest.Client(t, o), "p", 0).Ping(t.Context()); !errors.Is(err, domain.Unavailable) {
		t.Errorf("TLS to a server without: %v", err)
	}
}

// A dead server answers after three attempts with 0.1 and 0.2 s between them.
func TestAttempts(t *testing.T) {
	client := redistest.Client(t, rediskit.Options{Host: "127.0.0.1", Port: 1})
	if o := client.Options(); o.MaxRetries != 2 || o.MinRetryBackoff != 100*time.Millisecond || o.MaxRetryBackoff != 10*time.Second || o.PoolSize != 10 {
		t.Errorf("got %+v", o)
	}
	if err := rediscache.New(client, "p", 0).Ping(t.Context()); !errors.Is(err, domain.Unavailable) {
		t.Errorf("got %v", err)
	}
}

// The server may drop the set of a tag for lack of room; its values are out of
// date after an invalidation all the same.
func TestEvictedTagSets(t *testing.T) {
	server, o := redistest.Mini(t)
	c := rediscache.New(redistest.Client(t, o), "p", 0)
	if err := c.Set(t.Context(), "k", []byte("v"), cache.Options{Tags: []string{"x"}}); err != nil {
		t.Fatal(err)
	}
	server.Del("p:tag:x")
	if n, err := c.InvalidateTags(t.Context(), "x"); n != 0 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if _, found, err := c.Get(t.Context(), "k"); found || err != nil {
		t.Errorf("the value survived its tag, %v", err)
	}
}
