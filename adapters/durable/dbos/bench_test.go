package durabledbos_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	durabledbos "github.com/docsteward/docsteward/adapters/durable/dbos"
	"github.com/docsteward/docsteward/ports/durable"
)

// The benchmarks do the same work through the port and on the bare engine. The bar
// is 0.6 times the speed of the bare one.

// BenchmarkChain400 is one run of 400 steps, one after the other.
func BenchmarkChain400(b *testing.B) { compareRuns(b, 1, 1, 400) }

// Benchmark400OneStep is 400 runs of one step each, of which 32 are in flight.
func Benchmark400OneStep(b *testing.B) { compareRuns(b, 400, 32, 1) }

// compareRuns goes through runs of so many steps, so many at a time, per op.
func compareRuns(b *testing.B, runs, flight, steps int) {
	for name, open := range map[string]func(b *testing.B, steps int) func(id string) error{"ours": oursRun, "bare": bareRun} {
		b.Run(name, func(b *testing.B) {
			run := open(b, steps)
			for n := 0; b.Loop(); n++ {
				abreast(b, runs, flight, func(i int) error { return run(fmt.Sprintf("run-%d-%d", n, i)) })
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(runs*steps), "us/step")
		})
	}
}

// abreast does something n times, so many at a time.
func abreast(b *testing.B, n, flight int, do func(i int) error) {
	next := make(chan int)
	var all sync.WaitGroup
	for range flight {
		all.Go(func() {
			for i := range next {
				if err := do(i); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
}

func oursRun(b *testing.B, steps int) func(id string) error {
	program := func(flow durable.Flow, value []byte) ([]byte, error) {
		for i := range steps {
			var err error
			if value, err = flow.Go(durable.Task{Step: "s", Name: fmt.Sprint("s", i), Input: value}).Wait(); err != nil {
				return nil, err
			}
		}
		return value, nil
	}
	step := func(_ context.Context, call durable.Call) ([]byte, error) { return call.Input, nil }
	runtime := opened(b, durabledbos.Config{SQLite: filepath.Join(b.TempDir(), "runs.db")},
		durable.Registry{Programs: map[string]durable.Program{"p": program}, Steps: map[string]durable.Step{"s": step}})
	ctx, stop := context.WithCancel(context.Background())
	worked := make(chan error, 1)
	go func() { worked <- runtime.Work(ctx) }()
	b.Cleanup(func() {
		stop()
		<-worked
	})
	run := func(id string) error {
		if err := runtime.Start(ctx, durable.Start{ID: id, Program: "p", Input: []byte(`"in"`)}); err != nil {
			return err
		}
		_, err := runtime.Wait(ctx, id)
		return err
	}
	if err := run("warm"); err != nil { // Work has begun when it has ended
		b.Fatal(err)
	}
	return run
}

func bareRun(b *testing.B, steps int) func(id string) error {
	ctx, err := dbos.NewContext(context.Background(), dbos.Config{AppName: "bench", DatabaseURL: "sqlite:" + filepath.Join(b.TempDir(), "runs.db"),
		ApplicationVersion: "1", Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	program := func(ctx dbos.Context, value string) (string, error) {
		for range steps {
			var err error
			value, err = dbos.RunAsStep(ctx, func(context.Context) (string, error) { return value, nil })
			if err != nil {
				return "", err
			}
		}
		return value, nil
	}
	dbos.RegisterWorkflow(ctx, program)
	if err := dbos.Launch(ctx); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = dbos.Shutdown(ctx, 10*time.Second) })
	return func(id string) error {
		handle, err := dbos.RunWorkflow(ctx, program, "in", dbos.WithWorkflowID(id))
		if err == nil {
			_, err = handle.GetResult()
		}
		return err
	}
}
