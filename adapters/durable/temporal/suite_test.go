package durabletemporal_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	durabletemporal "github.com/docsteward/docsteward/adapters/durable/temporal"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	stopServer()
	os.Exit(code)
}

// stopServer ends the development server, if one was started.
var stopServer = func() {}

// address is that of a Temporal server: TEMPORAL_ADDRESS, or a development server of
// the command "temporal", which is started once. Without either the test is skipped,
// also in CI: the command is not in the package managers.
func address(t testing.TB) string {
	t.Helper()
	given, err := server()
	if err != nil {
		t.Skipf("no Temporal server: %v; set TEMPORAL_ADDRESS, or put the command temporal on the PATH", err)
	}
	return given
}

var server = sync.OnceValues(func() (string, error) {
	if given := os.Getenv("TEMPORAL_ADDRESS"); given != "" {
		return given, nil
	}
	command, err := exec.LookPath("temporal")
	if err != nil {
		return "", err
	}
	port, err := freePort()
	if err != nil {
		return "", err
	}
	dev := exec.Command(command, "server", "start-dev", "--headless", "--port", strconv.Itoa(port), "--log-level", "error")
	if err := dev.Start(); err != nil {
		return "", err
	}
	stopServer = func() {
		_ = dev.Process.Kill()
		_ = dev.Wait()
	}
	address := fmt.Sprint("127.0.0.1:", port)
	return address, answers(address)
})

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// answers waits until the server does.
func answers(address string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		c, err := client.DialContext(ctx, client.Options{HostPort: address, Logger: slog.New(slog.DiscardHandler)})
		if err == nil {
			c.Close()
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return err
		}
	}
}

// groups tells the runs of one case from those of another.
var groups atomic.Int64

// opened opens a runtime of a group of its own.
func opened(t testing.TB, registry durable.Registry) *durabletemporal.Runtime {
	t.Helper()
	runtime, err := durabletemporal.Open(context.Background(), durabletemporal.Config{
		Address: address(t), Group: fmt.Sprintf("test-%d-%d", os.Getpid(), groups.Add(1)), Clock: systemclock.Clock{},
		Beat: 50 * time.Millisecond, Lease: 5 * time.Second, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
	}, registry)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = runtime.Close() })
	return runtime
}

func TestServer(t *testing.T) {
	address(t)
	porttest.Durable(t, func(t *testing.T, registry durable.Registry) porttest.DurableEnv {
		runtime := opened(t, registry)
		return porttest.DurableEnv{Runtime: runtime, Worker: runtime, MaxBytes: 1 << 20, Lags: true}
	})
}
