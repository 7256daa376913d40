package durabledbos_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	durabledbos "github.com/docsteward/docsteward/adapters/durable/dbos"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// worked runs Work until the test is over.
func worked(t *testing.T, worker durable.Worker) context.Context {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- worker.Work(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("Work returned %v, want nil", err)
		}
	})
	bounded, cancel := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	return bounded
}

// TestStoreAway stops the database while a step runs: calls fail with Storage, and
// when it is back the run goes on.
func TestStoreAway(t *testing.T) {
	server := sqltest.StartPostgres(t)
	began, let := make(chan string, 8), make(chan struct{})
	registry := durable.Registry{
		Programs: map[string]durable.Program{"p": func(flow durable.Flow, input []byte) ([]byte, error) {
			if _, err := flow.Go(durable.Task{Step: "s", Name: "first"}).Wait(); err != nil {
				return nil, err
			}
			return flow.Go(durable.Task{Step: "s", Name: "second", Input: input}).Wait()
		}},
		Steps: map[string]durable.Step{"s": func(ctx context.Context, call durable.Call) ([]byte, error) {
			began <- call.Name
			if call.Name == "first" {
				return nil, nil
			}
			select {
			case <-let:
				return call.Input, nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}},
	}
	config := durabledbos.Config{Postgres: server.DSN, Schema: "runs", Executor: "one", Lease: 2 * time.Second, Patience: 500 * time.Millisecond, Grace: time.Second}
	runtime := opened(t, config, registry)
	ctx := worked(t, runtime)
	if err := runtime.Start(ctx, durable.Start{ID: "run", Program: "p", Input: []byte(`1`)}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"first", "second"} {
		if got := <-began; got != want {
			t.Fatalf("%s began, want %s", got, want)
		}
	}
	server.Stop(t)
	err := runtime.Start(ctx, durable.Start{ID: "other", Program: "p"})
	if fault := domain.FaultOf(err); fault == nil || fault.Kind != domain.Storage || fault.RetryAfter == 0 {
		t.Errorf("a start without a store: got %v, want Storage with a time to come back", err)
	}
	if _, err := runtime.Describe(ctx, "run"); !errors.Is(err, domain.Storage) {
		t.Errorf("a description without a store: got %v, want Storage", err)
	}
	server.Start(t)
	close(let)
	run, err := runtime.Wait(ctx, "run")
	for errors.Is(err, domain.Storage) {
		run, err = runtime.Wait(ctx, "run")
	}
	if err != nil || run.Status != durable.Succeeded || string(run.Output) != `1` {
		t.Errorf("the run is %s with %s, %v, %v", run.Status, run.Output, run.Fault, err)
	}
	for len(began) > 0 {
		if name := <-began; name == "first" {
			t.Error("a step ran again though its outcome was recorded")
		}
	}
}

// TestFullDisk fills the disk while a step runs: its outcome cannot be recorded,
// and the run goes on by itself when there is room again.
func TestFullDisk(t *testing.T) {
	directory := sqltest.SmallDisk(t, 4<<20)
	began, let := make(chan bool, 1), make(chan struct{})
	registry := durable.Registry{
		Programs: map[string]durable.Program{"p": func(flow durable.Flow, input []byte) ([]byte, error) {
			return flow.Go(durable.Task{Step: "s", Name: "s", Input: input}).Wait()
		}},
		Steps: map[string]durable.Step{"s": func(context.Context, durable.Call) ([]byte, error) {
			select {
			case began <- true:
			default:
			}
			<-let
			return bigText(), nil
		}},
	}
	told := make(complaints, 64)
	runtime := opened(t, durabledbos.Config{SQLite: filepath.Join(directory, "runs.db"), Log: slog.New(slog.NewTextHandler(told, nil))}, registry)
	ctx := worked(t, runtime)
	if err := runtime.Start(ctx, durable.Start{ID: "run", Program: "p", Input: []byte(`1`)}); err != nil {
		t.Fatal(err)
	}
	<-began
	ballast := filepath.Join(directory, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 8<<20), 0o600); err == nil {
		t.Fatal("the disk takes more than it should")
	}
	close(let)
	for line := ""; !strings.Contains(line, "a run is taken up again"); {
		line = <-told
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	run, err := runtime.Wait(ctx, "run")
	if err != nil || run.Status != durable.Succeeded || len(run.Output) != len(bigText()) {
		t.Errorf("the run is %s with %d bytes, %v, %v", run.Status, len(run.Output), run.Fault, err)
	}
}

// complaints holds the lines of a log, as far as there is room.
type complaints chan string

// Write implements io.Writer.
func (c complaints) Write(line []byte) (int, error) {
	select {
	case c <- string(line):
	default:
	}
	return len(line), nil
}

func bigText() []byte {
	text := make([]byte, 512<<10)
	for i := range text {
		text[i] = 'x'
	}
	return text
}

func TestConfigurationsThatCannotBe(t *testing.T) {
	for name, config := range map[string]durabledbos.Config{
		"none":        {Clock: systemclock.Clock{}},
		"both":        {SQLite: "a", Postgres: "b", Schema: "c", Executor: "d", Clock: systemclock.Clock{}},
		"no schema":   {Postgres: "b", Executor: "d", Clock: systemclock.Clock{}},
		"no executor": {Postgres: "b", Schema: "c", Clock: systemclock.Clock{}},
		"no clock":    {SQLite: filepath.Join(t.TempDir(), "a")},
	} {
		if _, err := durabledbos.Open(context.Background(), config, durable.Registry{}); !errors.Is(err, domain.Invalid) {
			t.Errorf("%s: got %v, want Invalid", name, err)
		}
	}
	t.Setenv("DBOS__VMID", "another")
	config := durabledbos.Config{SQLite: filepath.Join(t.TempDir(), "a"), Clock: systemclock.Clock{}}
	if _, err := durabledbos.Open(context.Background(), config, durable.Registry{}); !errors.Is(err, domain.Invalid) {
		t.Errorf("an environment that names another executor: got %v, want Invalid", err)
	}
}
