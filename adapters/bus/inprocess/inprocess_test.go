package inprocess_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/bus/inprocess"
	"github.com/docsteward/docsteward/adapters/bus/relay"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/porttest"
)

// box is all sides of an outbox.
type box interface {
	outbox.Outbox
	outbox.Source
	outbox.DeadLetters
}

func env(box box, inbox bus.Inbox, clock *clocktest.Manual, wake relay.Waker) porttest.BusEnv {
	var b inprocess.Bus
	r := relay.New(box, &b, wake, clock, func() float64 { return 0.5 }, slog.New(slog.DiscardHandler), relay.Config{Batch: 16})
	return porttest.BusEnv{Bus: &b, Inbox: inbox, Outbox: box, Dead: box, Settle: func(t *testing.T) {
		for {
			if err := r.Drain(context.Background()); err != nil {
				t.Fatal(err)
			}
			n, err := box.Waiting(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if n == 0 {
				return
			}
			clock.Advance(time.Minute)
		}
	}}
}

func overSQL(db *sqlkit.DB) porttest.BusEnv {
	clock, wake := clocktest.New(), relay.NewWaker()
	return env(sqlkit.NewOutbox(db, wake.Wake), sqlkit.NewInbox(db, clock), clock, wake)
}

func TestBusSuite(t *testing.T) {
	t.Run("memory", func(t *testing.T) {
		porttest.Bus(t, func(*testing.T) porttest.BusEnv {
			db, clock, wake := memkit.New(), clocktest.New(), relay.NewWaker()
			return env(memkit.NewOutbox(db, wake.Wake), memkit.NewInbox(db, clock), clock, wake)
		})
	})
	t.Run("sqlite", func(t *testing.T) {
		porttest.Bus(t, func(t *testing.T) porttest.BusEnv { return overSQL(sqltest.SQLite(t, nil)) })
	})
	t.Run("postgres", func(t *testing.T) {
		porttest.Bus(t, func(t *testing.T) porttest.BusEnv { return overSQL(sqltest.Postgres(t, nil)) })
	})
}

func ExampleBus() {
	var b inprocess.Bus
	_ = b.Subscribe("greeter", "document.*", func(_ context.Context, e domain.Event) error {
		fmt.Println(e.Name, e.AggregateID)
		return nil
	})
	fmt.Println(b.Publish(context.Background(), domain.Event{ID: "1", Name: "document.created", AggregateID: "d1"}))
	// Output:
	// document.created d1
	// <nil>
}

func TestPublishNamesTheHandlerThatFailed(t *testing.T) {
	var b inprocess.Bus
	reached := false
	_ = b.Subscribe("first", "*", func(context.Context, domain.Event) error { return errors.New("no") })
	_ = b.Subscribe("second", "*", func(context.Context, domain.Event) error { reached = true; return nil })
	err := b.Publish(context.Background(), domain.Event{ID: "1", Name: "a"})
	if !errors.Is(err, domain.Upstream) || !strings.Contains(err.Error(), "first: no") || !reached {
		t.Errorf("got %v, second reached: %v", err, reached)
	}
}
