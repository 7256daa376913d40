package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/docsteward/docsteward/adapters/durable/temporal/temporaltest"
)

// temporalQueue is the task queue of the measure.
const temporalQueue = "bench"

// temporal is Temporal's development server, with its records in memory, and a worker
// of the same process.
type temporal struct {
	client client.Client
	length int
	begun  *int
	close  func()
}

// openTemporal starts the server. It fails where the command "temporal" is not on the
// PATH.
func openTemporal(length int) (temporal, error) {
	address, stop, err := temporaltest.Start()
	if err != nil {
		return temporal{}, err
	}
	c, err := client.Dial(client.Options{HostPort: address, Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	if err != nil {
		stop()
		return temporal{}, err
	}
	w := worker.New(c, temporalQueue, worker.Options{})
	w.RegisterWorkflowWithOptions(temporalChain, workflow.RegisterOptions{Name: "chain"})
	w.RegisterActivityWithOptions(temporalEcho, activity.RegisterOptions{Name: "echo"})
	if err := w.Start(); err != nil {
		c.Close()
		stop()
		return temporal{}, err
	}
	return temporal{client: c, length: length, begun: new(int), close: func() {
		w.Stop()
		c.Close()
		stop()
	}}, nil
}

func temporalChain(ctx workflow.Context, length int, value string) (string, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	for range length {
		if err := workflow.ExecuteActivity(ctx, "echo", value).Get(ctx, &value); err != nil {
			return "", err
		}
	}
	return value, nil
}

func temporalEcho(_ context.Context, value string) (string, error) { return value, nil }

// run begins runs, so many at a time, and returns when all have ended.
func (s temporal) run(runs int) error {
	*s.begun++
	return abreast(runs, func(i int) error {
		ctx := context.Background()
		options := client.StartWorkflowOptions{ID: fmt.Sprintf("run-%d-%d", *s.begun, i), TaskQueue: temporalQueue}
		run, err := s.client.ExecuteWorkflow(ctx, options, "chain", s.length, "done")
		if err == nil {
			err = run.Get(ctx, nil)
		}
		return err
	})
}

// besideTemporal measures the same as overWorkflows, beside Temporal's development
// server. Where there is none it says so, and measures nothing.
func besideTemporal(t *table) error {
	for _, measure := range []struct {
		what string
		runs int
	}{
		{"a workflow of 400 steps, beside Temporal's dev server", 1}, {"400 workflows of a step, 32 at a time, beside Temporal", steps},
	} {
		server, err := openTemporal(steps / measure.runs)
		if err != nil {
			fmt.Printf("not measured: %s: %v\n", measure.what, err)
			continue
		}
		ours, theirs, err := twoTurns(measure.runs, server.run)
		server.close()
		if err != nil {
			return err
		}
		ratio := float64(theirs) / float64(ours)
		t.add(measure.what, fmt.Sprintf("%.1f x (%.0f ms, %.0f ms)", ratio, float64(ours.Milliseconds()), float64(theirs.Milliseconds())), "5 x", ratio >= 5)
	}
	return nil
}

// twoTurns measures workflow management and the other side once each, after a turn for
// warming up.
func twoTurns(runs int, other func(runs int) error) (ours, theirs time.Duration, err error) {
	manager, err := openManager()
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, manager.close()) }()
	id, err := manager.define(fmt.Sprint("of ", steps/runs), steps/runs)
	if err != nil {
		return 0, 0, err
	}
	for range 2 {
		start := time.Now()
		if err := manager.run(id, runs); err != nil {
			return 0, 0, err
		}
		middle := time.Now()
		if err := other(runs); err != nil {
			return 0, 0, err
		}
		ours, theirs = middle.Sub(start), time.Since(middle)
	}
	return ours, theirs, nil
}
