package durabletemporal_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	durabletemporal "github.com/docsteward/docsteward/adapters/durable/temporal"
	"github.com/docsteward/docsteward/adapters/durable/temporal/temporaltest"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/porttest"
)

// groups tells the runs of one case from those of another.
var groups atomic.Int64

// opened opens a runtime of a group of its own.
func opened(t testing.TB, address string, registry durable.Registry) *durabletemporal.Runtime {
	t.Helper()
	runtime, err := durabletemporal.Open(context.Background(), durabletemporal.Config{
		Address: address, Group: fmt.Sprintf("test-%d-%d", os.Getpid(), groups.Add(1)), Clock: systemclock.Clock{},
		Beat: 50 * time.Millisecond, Lease: 5 * time.Second, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
	}, registry)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = runtime.Close() })
	return runtime
}

func TestServer(t *testing.T) {
	address := temporaltest.Server(t)
	porttest.Durable(t, func(t *testing.T, registry durable.Registry) porttest.DurableEnv {
		runtime := opened(t, address, registry)
		return porttest.DurableEnv{Runtime: runtime, Worker: runtime, MaxBytes: 1 << 20, Lags: true}
	})
}

// TestARunIsCancelledWithItsParent starts a run beside its parent, not within it.
func TestARunIsCancelledWithItsParent(t *testing.T) {
	address := temporaltest.Server(t)
	waits := func(flow durable.Flow, _ []byte) ([]byte, error) {
		_, _, err := flow.Receive("go", time.Hour)
		return nil, err
	}
	runtime := opened(t, address, durable.Registry{Programs: map[string]durable.Program{"p": waits}})
	working, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- runtime.Work(working) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for _, start := range []durable.Start{{ID: "parent", Program: "p"}, {ID: "beside", Program: "p", Parent: "parent"}} {
		if err := runtime.Start(ctx, start); err != nil {
			t.Fatal(err)
		}
	}
	if err := runtime.Cancel(ctx, "parent"); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"parent", "beside"} {
		if run, err := runtime.Wait(ctx, id); err != nil || run.Status != durable.Cancelled {
			t.Errorf("%s is %s, %v", id, run.Status, err)
		}
	}
}

func TestAConfigurationThatCannotBeIsRefused(t *testing.T) {
	_, err := durabletemporal.Open(t.Context(), durabletemporal.Config{Clock: systemclock.Clock{}}, durable.Registry{})
	if domain.FaultOf(err).Kind != domain.Invalid {
		t.Errorf("without an address: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = durabletemporal.Open(ctx, durabletemporal.Config{Clock: systemclock.Clock{}, Address: "127.0.0.1:1"}, durable.Registry{})
	if domain.FaultOf(err).Kind != domain.Storage {
		t.Errorf("without a server: %v", err)
	}
}
