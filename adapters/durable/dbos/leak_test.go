package durabledbos_test

import (
	"context"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	durabledbos "github.com/docsteward/docsteward/adapters/durable/dbos"
	"github.com/docsteward/docsteward/ports/durable"
)

// TestNothingIsLeft works several times and counts what still runs afterwards.
func TestNothingIsLeft(t *testing.T) {
	program := func(flow durable.Flow, _ []byte) ([]byte, error) {
		_, _, err := flow.Receive("go", time.Hour)
		return nil, err
	}
	before := runtime.NumGoroutine()
	r := opened(t, durabledbos.Config{SQLite: filepath.Join(t.TempDir(), "runs.db")}, durable.Registry{Programs: map[string]durable.Program{"p": program}})
	for _, id := range []string{"a", "b", "c"} {
		ctx, stop := context.WithCancel(context.Background())
		worked := make(chan error, 1)
		go func() { worked <- r.Work(ctx) }()
		if err := r.Start(ctx, durable.Start{ID: id, Program: "p"}); err != nil {
			t.Fatal(err)
		}
		short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
		_, _ = r.Wait(short, id) // it waits for a signal that nobody sends
		cancel()
		stop()
		if err := <-worked; err != nil {
			t.Error(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 250 {
		if runtime.NumGoroutine() <= before {
			return
		}
		<-tick.C
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("%d goroutines are left of %d:\n%s", runtime.NumGoroutine()-before, before, stacks[:runtime.Stack(stacks, true)])
}
