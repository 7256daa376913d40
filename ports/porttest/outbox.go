package porttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/tx"
)

// OutboxEnv is the three sides of one outbox and its unit of work.
type OutboxEnv struct {
	Outbox      outbox.Outbox
	Source      outbox.Source
	DeadLetters outbox.DeadLetters
	Unit        tx.Unit
	// Notified counts the calls of the hook that the outbox was given.
	Notified func() int
}

// noon is the instant at which the cases begin.
var noon = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

// Outbox proves the promises of an outbox. open returns an empty one each time.
func Outbox(t *testing.T, open func(t *testing.T) OutboxEnv) {
	t.Run("gives back every byte in order", func(t *testing.T) { outboxOrder(t, open(t)) })
	t.Run("takes part in the transaction", func(t *testing.T) { outboxTransaction(t, open(t)) })
	t.Run("refuses what cannot be delivered", func(t *testing.T) { outboxRefuses(t, open(t)) })
	t.Run("a claim hides until its lease ends", func(t *testing.T) { outboxLease(t, open(t)) })
	t.Run("a failing event blocks its aggregate only", func(t *testing.T) { outboxPostpone(t, open(t)) })
	t.Run("a buried event frees its aggregate", func(t *testing.T) { outboxBury(t, open(t)) })
	t.Run("dead letters are listed latest first", func(t *testing.T) { outboxLetters(t, open(t)) })
	t.Run("claims at the same time share nothing", func(t *testing.T) { outboxClaims(t, open(t)) })
}

func event(id, aggregate string) domain.Event {
	return domain.Event{ID: id, Name: "thing.happened", Aggregate: "thing", AggregateID: aggregate, Version: 3,
		At: noon, Correlation: "c", Payload: []byte(`{"id":"` + id + `"}`)}
}

func (e OutboxEnv) claim(t *testing.T, now time.Time, want ...string) []outbox.Entry {
	t.Helper()
	entries, err := e.Source.Claim(context.Background(), now, now.Add(time.Minute), 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Event.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("claimed %q, want %q", got, want)
	}
	return entries
}

func outboxOrder(t *testing.T, e OutboxEnv) {
	ctx := context.Background()
	odd := event("2", "b")
	odd.Payload = []byte{0, 0xff, '\n'}
	odd.AggregateID, odd.Correlation, odd.Version = "ü'--", "", 0
	odd.At = time.Date(2026, 1, 5, 13, 0, 0, 123456789, time.FixedZone("", 3600))
	bare := event("3", "a")
	bare.Payload = nil
	must(t, e.Outbox.Append(ctx))
	must(t, e.Outbox.Append(ctx, event("1", "a"), odd))
	must(t, e.Outbox.Append(ctx, bare))
	if n, err := e.Source.Waiting(ctx); n != 3 || err != nil {
		t.Errorf("Waiting = %d, %v; want 3", n, err)
	}
	entries := e.claim(t, noon, "1", "2", "3")
	got := entries[1].Event
	if got.At != odd.At.UTC().Truncate(time.Microsecond) || string(got.Payload) != string(odd.Payload) || got.AggregateID != odd.AggregateID {
		t.Errorf("got %+v, want %+v", got, odd)
	}
	if first := entries[0]; first.Event.Version != 3 || first.Event.Correlation != "c" || first.Event.Name != "thing.happened" || first.Attempts != 0 {
		t.Errorf("got %+v", first)
	}
	if len(entries[2].Event.Payload) != 0 {
		t.Errorf("an absent payload came back as %q", entries[2].Event.Payload)
	}
	must(t, e.Source.Delivered(ctx, "1", "2", "3"))
	must(t, e.Source.Delivered(ctx, "1", "unknown"))
	e.claim(t, noon.Add(time.Hour))
}

func outboxTransaction(t *testing.T, e OutboxEnv) {
	ctx, reason := context.Background(), errors.New("no")
	before := e.Notified()
	err := e.Unit.Within(ctx, func(ctx context.Context) error {
		return errors.Join(e.Outbox.Append(ctx, event("1", "a")), reason)
	})
	if !errors.Is(err, reason) {
		t.Errorf("got %v", err)
	}
	if e.Notified() != before {
		t.Error("a rolled back transaction woke the relay")
	}
	e.claim(t, noon)
	must(t, e.Unit.Within(ctx, func(ctx context.Context) error {
		err := e.Outbox.Append(ctx, event("1", "a"))
		if e.Notified() != before {
			t.Error("the relay was woken before the commit")
		}
		return err
	}))
	if e.Notified() != before+1 {
		t.Errorf("woken %d times, want once", e.Notified()-before)
	}
	e.claim(t, noon, "1")
}

func outboxRefuses(t *testing.T, e OutboxEnv) {
	ctx := context.Background()
	for _, blank := range []func(*domain.Event){
		func(e *domain.Event) { e.ID = "" }, func(e *domain.Event) { e.Name = "" },
		func(e *domain.Event) { e.Aggregate = "" }, func(e *domain.Event) { e.AggregateID = "" },
	} {
		bad := event("bad", "a")
		blank(&bad)
		if err := e.Outbox.Append(ctx, event("good", "a"), bad); !errors.Is(err, domain.Invalid) {
			t.Errorf("%+v: got %v, want Invalid", bad, err)
		}
	}
	must(t, e.Outbox.Append(ctx, event("1", "a")))
	if err := e.Outbox.Append(ctx, event("2", "a"), event("1", "a")); !errors.Is(err, domain.Conflict) {
		t.Errorf("a taken id: got %v, want Conflict", err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if err := e.Outbox.Append(ended, event("3", "a")); !errors.Is(err, domain.Timeout) {
		t.Errorf("an ended context: got %v, want Timeout", err)
	}
	e.claim(t, noon, "1")
}

func outboxLease(t *testing.T, e OutboxEnv) {
	ctx := context.Background()
	must(t, e.Outbox.Append(ctx, event("1", "a"), event("2", "b")))
	e.claim(t, noon, "1", "2")
	must(t, e.Outbox.Append(ctx, event("3", "a"), event("4", "c")))
	e.claim(t, noon.Add(59*time.Second), "4")
	must(t, e.Source.Release(ctx, noon, "2", "unknown"))
	e.claim(t, noon.Add(59*time.Second), "2")
	entries := e.claim(t, noon.Add(time.Minute), "1", "3")
	if entries[0].Attempts != 0 {
		t.Errorf("a lapsed lease counts as an attempt: %d", entries[0].Attempts)
	}
}

func outboxPostpone(t *testing.T, e OutboxEnv) {
	ctx := context.Background()
	must(t, e.Outbox.Append(ctx, event("1", "a"), event("2", "b"), event("3", "a")))
	e.claim(t, noon, "1", "2", "3")
	must(t, e.Source.Postpone(ctx, "1", noon.Add(10*time.Second), "broken"))
	must(t, e.Source.Release(ctx, noon, "3"))
	must(t, e.Source.Delivered(ctx, "2"))
	must(t, e.Outbox.Append(ctx, event("4", "b")))
	e.claim(t, noon.Add(9*time.Second), "4")
	entries := e.claim(t, noon.Add(10*time.Second), "1", "3")
	if entries[0].Attempts != 1 || entries[1].Attempts != 0 {
		t.Errorf("attempts %d and %d, want 1 and 0", entries[0].Attempts, entries[1].Attempts)
	}
	if err := e.Source.Postpone(ctx, "2", noon, ""); !errors.Is(err, domain.NotFound) {
		t.Errorf("postponing the delivered: got %v, want NotFound", err)
	}
}

func outboxBury(t *testing.T, e OutboxEnv) {
	ctx := context.Background()
	must(t, e.Outbox.Append(ctx, event("1", "a"), event("2", "a")))
	must(t, e.Source.Postpone(ctx, "1", noon, "first"))
	e.claim(t, noon, "1", "2")
	must(t, e.Source.Bury(ctx, "1", noon, "hopeless\x00\xff"))
	must(t, e.Source.Release(ctx, noon, "2"))
	e.claim(t, noon, "2")
	if err := e.Source.Bury(ctx, "1", noon, ""); !errors.Is(err, domain.NotFound) {
		t.Errorf("burying twice: got %v, want NotFound", err)
	}
	page, err := e.DeadLetters.List(ctx, domain.PageRequest{})
	if err != nil || page.Total != 1 {
		t.Fatalf("letters: %+v, %v", page, err)
	}
	letter := page.Items[0]
	if letter.Event.ID != "1" || string(letter.Event.Payload) != `{"id":"1"}` || letter.Attempts != 2 || len(letter.Cause) < 8 || letter.Cause[:8] != "hopeless" || letter.BuriedAt != noon {
		t.Errorf("got %+v", letter)
	}
	woken := e.Notified()
	must(t, e.DeadLetters.Revive(ctx, "1", noon))
	if e.Notified() != woken+1 {
		t.Error("reviving a letter woke nobody")
	}
	entries := e.claim(t, noon.Add(time.Hour), "2", "1")
	if len(entries) == 2 && entries[1].Attempts != 0 {
		t.Errorf("a revived letter has %d attempts, want 0", entries[1].Attempts)
	}
	for _, err := range []error{e.DeadLetters.Revive(ctx, "1", noon), e.DeadLetters.Discard(ctx, "1")} {
		if !errors.Is(err, domain.NotFound) {
			t.Errorf("a letter that is gone: got %v, want NotFound", err)
		}
	}
}

func outboxLetters(t *testing.T, e OutboxEnv) {
	ctx := context.Background()
	for i := range 5 {
		id := fmt.Sprint(i)
		must(t, e.Outbox.Append(ctx, event(id, id)))
		must(t, e.Source.Bury(ctx, id, noon.Add(time.Duration(i/2)*time.Second), "no"))
	}
	must(t, e.DeadLetters.Discard(ctx, "3"))
	var got []string
	for offset := range 4 {
		page, err := e.DeadLetters.List(ctx, domain.PageRequest{Limit: 1, Offset: offset})
		if err != nil || page.Total != 4 || len(page.Items) != 1 {
			t.Fatalf("page %d: %+v, %v", offset, page, err)
		}
		got = append(got, page.Items[0].Event.ID)
	}
	if want := []string{"4", "2", "0", "1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func outboxClaims(t *testing.T, e OutboxEnv) {
	ctx := context.Background()
	const events = 60
	for i := range events {
		must(t, e.Outbox.Append(ctx, event(fmt.Sprint(i), fmt.Sprint(i%7))))
	}
	var group sync.WaitGroup
	var mu sync.Mutex
	times := map[string]int{}
	for range 6 {
		group.Go(func() {
			for {
				entries, err := e.Source.Claim(ctx, noon, noon.Add(time.Minute), 5)
				if err != nil {
					t.Error(err)
					return
				}
				if len(entries) == 0 {
					return
				}
				mu.Lock()
				for _, entry := range entries {
					times[entry.Event.ID]++
				}
				mu.Unlock()
				for _, entry := range entries {
					if err := e.Source.Delivered(ctx, entry.Event.ID); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	group.Wait()
	if len(times) != events {
		t.Errorf("%d of %d events were claimed", len(times), events)
	}
	for id, n := range times {
		if n != 1 {
			t.Errorf("event %s was claimed %d times", id, n)
		}
	}
}
