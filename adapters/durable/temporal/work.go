package durabletemporal

import (
	"context"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/docsteward/docsteward/adapters/durable/attempt"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/durable"
)

// Names of activities: that of every step, and that which waits for a run that was
// there before one wanted it as its child.
const (
	stepActivity = "step"
	waitActivity = "wait"
)

// patienceForPrograms is how long a program may compute without a call of its flow.
const patienceForPrograms = 10 * time.Second

// outcome is the recorded outcome of an activity.
type outcome struct {
	Output []byte
	Fault  []byte `json:",omitempty"`
}

// errLetGo is how an activity ends whose process stops: the server gives it to the
// next one.
var errLetGo = temporal.NewApplicationError("The process stops; the step runs again elsewhere.", "let go") // Never written.

// Work implements durable.Worker.
func (r *Runtime) Work(ctx context.Context) error {
	if !r.working.CompareAndSwap(false, true) {
		return domain.Conflict.New("The runtime works already.")
	}
	defer r.working.Store(false)
	w := worker.New(r.client, r.config.Group, worker.Options{
		WorkerStopTimeout: r.config.Grace, MaxHeartbeatThrottleInterval: r.config.Beat, DefaultHeartbeatThrottleInterval: r.config.Beat,
		DeadlockDetectionTimeout: patienceForPrograms,
	})
	for name := range r.registry.Programs {
		w.RegisterWorkflowWithOptions(r.workflow(name), workflow.RegisterOptions{Name: name})
	}
	w.RegisterActivityWithOptions(r.step(ctx), activity.RegisterOptions{Name: stepActivity})
	w.RegisterActivityWithOptions(r.wait(ctx), activity.RegisterOptions{Name: waitActivity})
	if err := w.Start(); err != nil {
		return domain.Storage.Wrap(err, "The Temporal server does not give out work; try again.").WithRetryAfter(time.Second)
	}
	<-ctx.Done()
	w.Stop()
	return nil
}

// step is the activity that carries out a task while working lasts.
func (r *Runtime) step(working context.Context) func(context.Context, string, durable.Task) (outcome, error) {
	return func(ctx context.Context, run string, task durable.Task) (outcome, error) {
		return r.alive(ctx, working, func(ctx context.Context) ([]byte, *domain.Fault) {
			return attempt.Step(ctx, r.config.Clock, r.registry.Steps, run, task)
		})
	}
}

// wait is the activity that waits for the end of a run.
func (r *Runtime) wait(working context.Context) func(context.Context, string) (outcome, error) {
	return func(ctx context.Context, run string) (outcome, error) {
		return r.alive(ctx, working, func(ctx context.Context) ([]byte, *domain.Fault) {
			ended, err := r.Wait(ctx, run)
			switch {
			case err != nil:
				return nil, domain.FaultOf(err)
			case ended.Status == durable.Cancelled:
				return nil, durable.CancelledChild(run)
			}
			return ended.Output, ended.Fault
		})
	}
}

// alive does the work of an activity, and says all the while that it is under way.
// What ended because it was to stop has no outcome.
func (r *Runtime) alive(ctx, working context.Context, work func(context.Context) ([]byte, *domain.Fault)) (outcome, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(working, cancel)()
	beats := make(chan struct{})
	go func() {
		defer close(beats)
		for clock.Wait(ctx, r.config.Clock, r.config.Beat) {
			activity.RecordHeartbeat(ctx)
		}
	}()
	output, fault := work(ctx)
	stopped := ctx.Err() != nil
	cancel()
	<-beats
	switch {
	case fault == nil:
		return outcome{Output: output}, nil
	case stopped && working.Err() != nil:
		return outcome{}, errLetGo
	case stopped:
		return outcome{}, temporal.NewCanceledError()
	}
	return outcome{Fault: attempt.EncodeFault(fault)}, nil
}
