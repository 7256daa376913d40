// Package temporaltest gives tests a Temporal server.
package temporaltest

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
)

// patience is how long a server may take to answer first.
const patience = time.Minute

// Server returns the address of a Temporal server: that of TEMPORAL_ADDRESS, or that
// of a development server of the command "temporal", which ends with the test. Where
// there is neither the test is skipped, in CI too, for no package manager has the
// command.
func Server(t testing.TB) string {
	t.Helper()
	if given := os.Getenv("TEMPORAL_ADDRESS"); given != "" {
		return given
	}
	address, stop, err := Start()
	if err != nil {
		t.Skipf("there is no Temporal server: %v; set TEMPORAL_ADDRESS, or put the command temporal on the PATH", err)
	}
	t.Cleanup(stop)
	return address
}

// Start starts a development server, whose records end with it.
func Start() (address string, stop func(), err error) {
	command, err := exec.LookPath("temporal")
	if err != nil {
		return "", nil, err
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	server := exec.Command(command, "server", "start-dev", "--headless", "--port", strconv.Itoa(port), "--log-level", "error")
	if err := server.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	}
	address = fmt.Sprint("127.0.0.1:", port)
	if err := answers(address); err != nil {
		stop()
		return "", nil, err
	}
	return address, stop, nil
}

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
	ctx, cancel := context.WithTimeout(context.Background(), patience)
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
