// Package redistest gives tests a Redis: a real one, or one in the process whose
// time they move.
package redistest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"github.com/docsteward/docsteward/adapters/redis/rediskit"
)

// Environment variables that say where tests find Redis, and whether they may
// go without.
const (
	// EnvURL names a running server of which tests may use any key.
	EnvURL = "REDIS_URL"
	// EnvRequire, when "1", makes a missing server a failure.
	EnvRequire = "REQUIRE_LIVE"
)

// Mini starts a Redis in the process and ends it with the test.
func Mini(t testing.TB) (*miniredis.Miniredis, rediskit.Options) {
	t.Helper()
	server := miniredis.RunT(t)
	port, err := strconv.Atoi(server.Port())
	if err != nil {
		t.Fatal(err)
	}
	return server, rediskit.Options{Host: server.Host(), Port: port}
}

// Client returns a client that is closed with the test.
func Client(t testing.TB, o rediskit.Options) *redis.Client {
	t.Helper()
	client := rediskit.Client(o)
	t.Cleanup(func() {
		if err := client.Close(); err != nil {
			t.Errorf("close the client: %v", err)
		}
	})
	return client
}

// Live returns the options of a real server: that of EnvURL, or one that is
// started for the test from the redis-server of this machine. Where there is
// none the test is skipped, or fails when EnvRequire is set.
func Live(t testing.TB) rediskit.Options {
	t.Helper()
	if text := os.Getenv(EnvURL); text != "" {
		return fromURL(t, text)
	}
	program, err := exec.LookPath("redis-server")
	if err != nil {
		if os.Getenv(EnvRequire) == "1" {
			t.Fatalf("no Redis for this test: %v", err)
		}
		t.Skipf("no Redis for this test: %s is not set and %v", EnvURL, err)
	}
	return start(t, program)
}

func fromURL(t testing.TB, text string) rediskit.Options {
	t.Helper()
	address, err := url.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", EnvURL, err)
	}
	o := rediskit.Options{Host: address.Hostname(), TLS: address.Scheme == "rediss"}
	o.Port, _ = strconv.Atoi(address.Port())
	o.Database, _ = strconv.Atoi(strings.Trim(address.Path, "/"))
	o.Password, _ = address.User.Password()
	return o
}

// start runs a server on a socket in a directory of its own.
func start(t testing.TB, program string) rediskit.Options {
	t.Helper()
	directory, err := os.MkdirTemp("", "redis") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(directory, "s")
	command := exec.Command(program, "--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--dir", directory)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := command.Process.Kill(); err != nil {
			t.Errorf("end Redis: %v", err)
		}
		_ = command.Wait() // tells that it was killed
		_ = os.RemoveAll(directory)
	})
	if err := ready(socket); err != nil {
		t.Fatal(err)
	}
	return rediskit.Options{Host: socket}
}

// ready waits until the server answers.
func ready(socket string) error {
	client := redis.NewClient(&redis.Options{Network: "unix", Addr: socket, MaxRetries: 50, MinRetryBackoff: 10 * time.Millisecond, MaxRetryBackoff: 100 * time.Millisecond, DialerRetries: 1})
	defer client.Close()
	if err := client.Ping(context.Background()).Err(); err != nil {
		return fmt.Errorf("redis does not start: %w", err)
	}
	return nil
}
