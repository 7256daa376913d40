package cache_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/memcache"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
)

func open() cache.Cache { return memcache.New(clocktest.New(), memcache.Options{}) }

func ExampleRemember() {
	memo := cache.NewMemo(memcache.New(clocktest.New(), memcache.Options{}), nil)
	ctx, documents := context.Background(), 3
	count := func() {
		n, err := cache.Remember(ctx, memo, "count", cache.Options{Tags: []string{"documents"}}, func(context.Context) (int, error) {
			return documents, nil
		})
		fmt.Println(n, err)
	}
	count()
	documents++
	count()
	memo.Invalidate(ctx, "documents")
	count()
	// Output:
	// 3 <nil>
	// 3 <nil>
	// 4 <nil>
}

func ExampleMatch() {
	fmt.Println(cache.Match("stats:*", "stats:7"), cache.Match("stats:?", "stats:77"))
	// Output: true false
}

func TestMatch(t *testing.T) {
	for _, test := range []struct {
		pattern, key string
		want         bool
	}{
		{"", "", true}, {"", "a", false}, {"*", "", true}, {"**", "abc", true}, {"?", "", false}, {"a*", "a", true},
		{"a*c", "abcbc", true}, {"a*c", "abcb", false}, {"*b*", "abc", true}, {"a?c", "abc", true}, {"a?c", "ac", false},
		{"*aab", "aaaab", true}, {"[a]", "a", false}, {"[a]", "[a]", true}, {`\*`, `\x`, true},
	} {
		if got := cache.Match(test.pattern, test.key); got != test.want {
			t.Errorf("Match(%q, %q) = %v", test.pattern, test.key, got)
		}
	}
}

// slow is a function that callers wait for.
type slow struct {
	calls           atomic.Int64
	began, released chan struct{}
}

func newSlow() *slow { return &slow{began: make(chan struct{}, 100), released: make(chan struct{})} }

func (s *slow) load(ctx context.Context) ([]int, error) {
	n := s.calls.Add(1)
	s.began <- struct{}{}
	select {
	case <-s.released:
		return []int{int(n)}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func TestCallersShareOneLoad(t *testing.T) {
	memo, s := cache.NewMemo(open(), nil), newSlow()
	var group sync.WaitGroup
	answers := make([][]int, 20)
	for i := range answers {
		group.Go(func() {
			var err error
			answers[i], err = cache.Remember(t.Context(), memo, "k", cache.Options{}, s.load)
			if err != nil {
				t.Error(err)
			}
		})
	}
	<-s.began
	close(s.released)
	group.Wait()
	if n := s.calls.Load(); n != 1 {
		t.Errorf("loaded %d times", n)
	}
	answers[0][0] = 7 // is nobody else's
	for _, answer := range answers[1:] {
		if answer[0] != 1 {
			t.Fatalf("got %v", answer)
		}
	}
}

// A caller after Invalidate must not join a load from before it.
func TestInvalidationEndsSharing(t *testing.T) {
	memo, s := cache.NewMemo(open(), nil), newSlow()
	options := cache.Options{Tags: []string{"x"}}
	var group sync.WaitGroup
	group.Go(func() {
		if _, err := cache.Remember(t.Context(), memo, "k", options, s.load); err != nil {
			t.Error(err)
		}
	})
	<-s.began
	memo.Invalidate(t.Context(), "x")
	fresh, err := cache.Remember(t.Context(), memo, "k", options, func(context.Context) ([]int, error) { return []int{42}, nil })
	if err != nil || fresh[0] != 42 {
		t.Errorf("got %v, %v", fresh, err)
	}
	close(s.released)
	group.Wait()
	kept, err := cache.Remember(t.Context(), memo, "k", options, func(context.Context) ([]int, error) { return nil, errors.New("not kept") })
	if err != nil || kept[0] != 42 {
		t.Errorf("the load from before replaced the one after: %v, %v", kept, err)
	}
}

func TestALeaderThatLeavesIsReplaced(t *testing.T) {
	memo, s := cache.NewMemo(open(), nil), newSlow()
	leaving, leave := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		if _, err := cache.Remember(leaving, memo, "k", cache.Options{}, s.load); !errors.Is(err, context.Canceled) {
			t.Errorf("the leader: %v", err)
		}
	})
	<-s.began
	group.Go(func() {
		if _, err := cache.Remember(t.Context(), memo, "k", cache.Options{}, s.load); err != nil {
			t.Errorf("the follower: %v", err)
		}
	})
	leave()
	<-s.began
	close(s.released)
	group.Wait()
}

func TestAPanicReleasesTheOthers(t *testing.T) {
	memo := cache.NewMemo(open(), nil)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_, _ = cache.Remember(t.Context(), memo, "k", cache.Options{}, func(context.Context) (int, error) { panic("no") })
	}()
	if n, err := cache.Remember(t.Context(), memo, "k", cache.Options{}, func(context.Context) (int, error) { return 1, nil }); n != 1 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
}

func TestErrorsAreNotKept(t *testing.T) {
	memo, reason := cache.NewMemo(open(), nil), domain.NotFound.New("none")
	if _, err := cache.Remember(t.Context(), memo, "k", cache.Options{}, func(context.Context) (int, error) { return 0, reason }); !errors.Is(err, reason) {
		t.Errorf("got %v", err)
	}
	if n, err := cache.Remember(t.Context(), memo, "k", cache.Options{}, func(context.Context) (int, error) { return 2, nil }); n != 2 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
}

// broken is a cache of which every call fails.
type broken struct{ cache.Cache }

var errBroken = domain.Unavailable.New("broken")

func (broken) Get(context.Context, string) (cache.Entry, bool, error) {
	return cache.Entry{}, false, errBroken
}
func (broken) InvalidateTags(context.Context, ...string) (int, error) { return 0, errBroken }

// halfBroken reads and does not write.
type halfBroken struct{ cache.Cache }

func (halfBroken) Set(context.Context, string, []byte, cache.Options) error { return errBroken }

func TestAFailingCacheFailsNothing(t *testing.T) {
	for name, c := range map[string]cache.Cache{"broken": broken{open()}, "half": halfBroken{open()}} {
		var failures []string
		memo := cache.NewMemo(c, func(_ context.Context, call string, err error) {
			if errors.Is(err, errBroken) {
				failures = append(failures, call)
			}
		})
		for want := range 2 {
			got, err := cache.Remember(t.Context(), memo, "k", cache.Options{}, func(context.Context) (int, error) { return want, nil })
			if got != want || err != nil {
				t.Errorf("%s: got %d, %v", name, got, err)
			}
		}
		memo.Invalidate(t.Context(), "x")
		if len(failures) < 2 {
			t.Errorf("%s: failures %q were told", name, failures)
		}
	}
}

func TestWhatCannotBeKeptIsStillReturned(t *testing.T) {
	c := open()
	if err := c.Set(t.Context(), "k", []byte("not JSON"), cache.Options{}); err != nil {
		t.Fatal(err)
	}
	memo := cache.NewMemo(c, nil)
	if n, err := cache.Remember(t.Context(), memo, "k", cache.Options{}, func(context.Context) (int, error) { return 3, nil }); n != 3 || err != nil {
		t.Errorf("over an unreadable value: %d, %v", n, err)
	}
	f, err := cache.Remember(t.Context(), memo, "f", cache.Options{}, func(context.Context) (func() int, error) {
		return func() int { return 4 }, nil
	})
	if err != nil || f() != 4 {
		t.Errorf("a value without JSON: %v", err)
	}
}

func TestInvalidateOutlivesItsCaller(t *testing.T) {
	memo := cache.NewMemo(open(), nil)
	load := func(n int) int {
		got, err := cache.Remember(t.Context(), memo, "k", cache.Options{Tags: []string{"x"}}, func(context.Context) (int, error) { return n, nil })
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	load(1)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	memo.Invalidate(gone, "x")
	if got := load(2); got != 2 {
		t.Errorf("got %d", got)
	}
}

func BenchmarkRememberHit(b *testing.B) {
	memo := cache.NewMemo(open(), nil)
	type answer struct {
		Name  string
		Items []int
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cache.Remember(b.Context(), memo, "k", cache.Options{}, func(context.Context) (answer, error) {
			return answer{"a", []int{1, 2, 3}}, nil
		}); err != nil {
			b.Fatal(err)
		}
	}
}
