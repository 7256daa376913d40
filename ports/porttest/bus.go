package porttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/outbox"
)

// BusEnv is a bus with what feeds it and with the memory of handlers.
type BusEnv struct {
	Bus    bus.Bus
	Inbox  bus.Inbox
	Outbox outbox.Outbox
	Dead   outbox.DeadLetters
	// Settle returns when every event was handled or buried. It moves time on as
	// far as retries need.
	Settle func(t *testing.T)
}

// Bus proves the promises of a bus that is fed by an outbox. open returns an
// empty one each time.
func Bus(t *testing.T, open func(t *testing.T) BusEnv) {
	t.Run("events reach those who asked", func(t *testing.T) { busMatches(t, open(t)) })
	t.Run("order holds within an aggregate", func(t *testing.T) { busOrder(t, open(t)) })
	t.Run("a failed event comes again, before the later ones of its aggregate", func(t *testing.T) { busRetries(t, open(t)) })
	t.Run("a hopeless event is buried with its cause and can be revived", func(t *testing.T) { busBuries(t, open(t)) })
	t.Run("a panic is a failure", func(t *testing.T) { busPanics(t, open(t)) })
	t.Run("with an inbox a repeat changes nothing", func(t *testing.T) { busOnce(t, open(t)) })
	t.Run("of repeats at the same time one works", func(t *testing.T) { busOnceAtOnce(t, open(t)) })
	t.Run("what a handler stores and its memory are committed together", func(t *testing.T) { busOnceCommits(t, open(t)) })
	t.Run("publishing tells how it went", func(t *testing.T) { busPublishes(t, open(t)) })
	t.Run("a subscription needs a name, free, and a pattern", func(t *testing.T) { busRefuses(t, open(t)) })
}

// seen collects events across goroutines.
type seen struct {
	mu  sync.Mutex
	ids []string
}

func (s *seen) handle(_ context.Context, e domain.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids = append(s.ids, e.ID)
	return nil
}

func (s *seen) list() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.ids)
}

func busMatches(t *testing.T, e BusEnv) {
	var things, all, none seen
	must(t, e.Bus.Subscribe("things", "thing.*", things.handle))
	must(t, e.Bus.Subscribe("all", "*", all.handle))
	must(t, e.Bus.Subscribe("none", "other", none.handle))
	second := event("2", "b")
	second.Name = "document.created"
	must(t, e.Outbox.Append(context.Background(), event("1", "a"), second))
	e.Settle(t)
	if len(none.list()) != 0 || !slices.Equal(things.list(), []string{"1"}) || len(all.list()) != 2 {
		t.Errorf("things %q, all %q, none %q", things.list(), all.list(), none.list())
	}
}

func busOrder(t *testing.T, e BusEnv) {
	var mu sync.Mutex
	got := map[string][]string{}
	must(t, e.Bus.Subscribe("s", "*", func(_ context.Context, e domain.Event) error {
		mu.Lock()
		defer mu.Unlock()
		got[e.AggregateID] = append(got[e.AggregateID], e.ID)
		return nil
	}))
	want := map[string][]string{}
	for i := range 200 {
		id, aggregate := fmt.Sprint(i), fmt.Sprint(i%5)
		want[aggregate] = append(want[aggregate], id)
		must(t, e.Outbox.Append(context.Background(), event(id, aggregate)))
	}
	e.Settle(t)
	for aggregate := range want {
		if !slices.Equal(got[aggregate], want[aggregate]) {
			t.Errorf("aggregate %s: got %q, want %q", aggregate, got[aggregate], want[aggregate])
		}
	}
}

func busRetries(t *testing.T, e BusEnv) {
	var calls seen
	left := 3
	must(t, e.Bus.Subscribe("s", "*", func(ctx context.Context, e domain.Event) error {
		if e.ID == "1" && left > 0 {
			left--
			return errors.New("not yet")
		}
		return calls.handle(ctx, e)
	}))
	must(t, e.Outbox.Append(context.Background(), event("1", "a"), event("2", "a")))
	e.Settle(t)
	if got := calls.list(); !slices.Equal(got, []string{"1", "2"}) || left != 0 {
		t.Errorf("handled %q, %d failures left; want 1 before 2", got, left)
	}
}

func busBuries(t *testing.T, e BusEnv) {
	ctx := context.Background()
	var calls seen
	broken := true
	must(t, e.Bus.Subscribe("picky", "*", func(ctx context.Context, e domain.Event) error {
		if e.ID == "1" && broken {
			return errors.New("cannot digest this")
		}
		return calls.handle(ctx, e)
	}))
	must(t, e.Outbox.Append(ctx, event("1", "a"), event("2", "a")))
	e.Settle(t)
	if got := calls.list(); !slices.Equal(got, []string{"2"}) {
		t.Errorf("handled %q, want what lay behind the buried event", got)
	}
	page, err := e.Dead.List(ctx, domain.PageRequest{})
	if err != nil || len(page.Items) != 1 || string(page.Items[0].Event.Payload) != `{"id":"1"}` {
		t.Fatalf("dead letters: %+v, %v", page, err)
	}
	for _, part := range []string{"picky", "cannot digest this"} {
		if !strings.Contains(page.Items[0].Cause, part) {
			t.Errorf("the cause %q does not say %q", page.Items[0].Cause, part)
		}
	}
	broken = false
	must(t, e.Dead.Revive(ctx, "1", noon))
	e.Settle(t)
	if got := calls.list(); !slices.Equal(got, []string{"2", "1"}) {
		t.Errorf("handled %q after the revival", got)
	}
}

func busPanics(t *testing.T, e BusEnv) {
	var calls seen
	first := true
	must(t, e.Bus.Subscribe("s", "*", func(ctx context.Context, e domain.Event) error {
		if first {
			first = false
			panic("boom")
		}
		return calls.handle(ctx, e)
	}))
	must(t, e.Outbox.Append(context.Background(), event("1", "a")))
	e.Settle(t)
	if got := calls.list(); !slices.Equal(got, []string{"1"}) {
		t.Errorf("handled %q, want the event again after the panic", got)
	}
}

func busOnce(t *testing.T, e BusEnv) {
	ctx := context.Background()
	var effects seen
	failures := 2
	must(t, e.Bus.Subscribe("steady", "*", bus.Once(e.Inbox, "steady", effects.handle)))
	must(t, e.Bus.Subscribe("shaky", "*", func(context.Context, domain.Event) error {
		if failures > 0 {
			failures--
			return errors.New("not yet")
		}
		return nil
	}))
	must(t, e.Outbox.Append(ctx, event("1", "a")))
	e.Settle(t)
	if got := effects.list(); !slices.Equal(got, []string{"1"}) || failures != 0 {
		t.Errorf("effects %q, want one", got)
	}
	reason := errors.New("no")
	if err := e.Inbox.Once(ctx, "h", "x", func(context.Context) error { return reason }); !errors.Is(err, reason) {
		t.Errorf("got %v, want the error of fn", err)
	}
	runs := 0
	for range 2 {
		must(t, e.Inbox.Once(ctx, "h", "x", func(context.Context) error { runs++; return nil }))
	}
	must(t, e.Inbox.Once(ctx, "other", "x", func(context.Context) error { runs++; return nil }))
	if runs != 2 {
		t.Errorf("ran %d times, want once per handler after the failure", runs)
	}
	if n, err := e.Inbox.Forget(ctx, noon.AddDate(1000, 0, 0)); err != nil || n != 3 {
		t.Errorf("Forget = %d, %v; want 3", n, err)
	}
}

func busOnceAtOnce(t *testing.T, e BusEnv) {
	var runs atomic.Int64
	var calls sync.WaitGroup
	for range 8 {
		calls.Go(func() {
			err := e.Inbox.Once(context.Background(), "h", "x", func(context.Context) error { runs.Add(1); return nil })
			if err != nil {
				t.Error(err)
			}
		})
	}
	calls.Wait()
	if runs.Load() != 1 {
		t.Errorf("ran %d times, want once", runs.Load())
	}
}

func busOnceCommits(t *testing.T, e BusEnv) {
	ctx, reason := context.Background(), errors.New("no")
	var stored seen
	must(t, e.Bus.Subscribe("s", "*", stored.handle))
	once := func(last error) error {
		return e.Inbox.Once(ctx, "h", "x", func(ctx context.Context) error {
			return errors.Join(e.Outbox.Append(ctx, event("1", "a")), last)
		})
	}
	if err := once(reason); !errors.Is(err, reason) {
		t.Errorf("got %v, want the error of fn", err)
	}
	e.Settle(t)
	if got := stored.list(); len(got) != 0 {
		t.Errorf("%q was stored by a handler that failed", got)
	}
	must(t, errors.Join(once(nil), once(nil)))
	e.Settle(t)
	if got := stored.list(); !slices.Equal(got, []string{"1"}) {
		t.Errorf("%q was stored, want it once", got)
	}
}

// busPublishes takes nil for an answer where a handler fails: the bus may have
// stored the event.
func busPublishes(t *testing.T, e BusEnv) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	must(t, e.Bus.Publish(ctx, event("1", "a")))
	must(t, e.Bus.Subscribe("s", "*", func(context.Context, domain.Event) error { return domain.NotFound.New("no") }))
	if err := e.Bus.Publish(ctx, event("2", "a")); err != nil && !errors.Is(err, domain.Upstream) {
		t.Errorf("a handler failed: got %v, want Upstream", err)
	}
	must(t, e.Bus.Subscribe("ends", "*", func(context.Context, domain.Event) error { cancel(); return nil }))
	must(t, e.Bus.Subscribe("last", "*", func(context.Context, domain.Event) error { return nil }))
	if err := e.Bus.Publish(ctx, event("3", "a")); err != nil && !errors.Is(err, domain.Timeout) {
		t.Errorf("the context ended meanwhile: got %v, want Timeout", err)
	}
	if err := e.Bus.Publish(ctx, event("4", "a")); !errors.Is(err, domain.Timeout) {
		t.Errorf("an ended context: got %v, want Timeout", err)
	}
}

func busRefuses(t *testing.T, e BusEnv) {
	var s seen
	must(t, e.Bus.Subscribe("s", "*", s.handle))
	if err := e.Bus.Subscribe("s", "a", s.handle); !errors.Is(err, domain.Conflict) {
		t.Errorf("a taken name: got %v, want Conflict", err)
	}
	for _, c := range [][2]string{{"", "a"}, {"x", ""}, {"x", "a..b"}} {
		if err := e.Bus.Subscribe(c[0], c[1], s.handle); !errors.Is(err, domain.Invalid) {
			t.Errorf("Subscribe(%q, %q): got %v, want Invalid", c[0], c[1], err)
		}
	}
}
