package relay_test

import (
	"context"
	"log/slog"
	"testing"

	"go.uber.org/goleak"

	"github.com/docsteward/docsteward/adapters/bus/inprocess"
	"github.com/docsteward/docsteward/adapters/bus/relay"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func happened(id string) domain.Event {
	return domain.Event{ID: id, Name: "a.b", Aggregate: "a", AggregateID: "1"}
}

// TestRunWakesAtCommitAndLosesNothingAtTheEnd holds the clock still, so that only
// the waker can bring the first event. The second races with the end of the relay:
// it is handled by the grace of Run or is still there for the next to drain.
func TestRunWakesAtCommitAndLosesNothingAtTheEnd(t *testing.T) {
	clock, wake := clocktest.New(), relay.NewWaker()
	box := memkit.NewOutbox(memkit.New(), wake.Wake)
	var b inprocess.Bus
	handled := make(chan string, 2)
	if err := b.Subscribe("s", "*", func(_ context.Context, e domain.Event) error { handled <- e.ID; return nil }); err != nil {
		t.Fatal(err)
	}
	r := relay.New(box, &b, wake, clock, func() float64 { return 0 }, slog.New(slog.DiscardHandler), relay.Config{})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- r.Run(ctx) }()

	clock.AwaitTimers(1)
	if err := box.Append(context.Background(), happened("1")); err != nil {
		t.Fatal(err)
	}
	if id := <-handled; id != "1" {
		t.Errorf("handled %s, want 1", id)
	}
	stop()
	if err := box.Append(context.Background(), happened("2")); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Errorf("Run = %v", err)
	}
	if err := r.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
	if id := <-handled; id != "2" {
		t.Errorf("handled %s, want 2", id)
	}
}
