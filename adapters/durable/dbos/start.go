package durabledbos

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// Start implements durable.Runtime.
func (r *Runtime) Start(ctx context.Context, start durable.Start) error {
	return r.start(ctx, start, false)
}

// start begins a run; one that is there is taken as it is, or compared.
func (r *Runtime) start(ctx context.Context, start durable.Start, take bool) error {
	if err := start.Check(); err != nil {
		return err
	}
	if r.registry.Programs[start.Program] == nil {
		return domain.NotFound.New(fmt.Sprintf("There is no program %q.", start.Program))
	}
	return r.ask(ctx, func(ctx context.Context, e *engine) error {
		err := r.insert(ctx, e, start)
		if !errors.Is(err, dbos.ErrWorkflowIDInUse) || take {
			if errors.Is(err, dbos.ErrWorkflowIDInUse) {
				return nil
			}
			return err
		}
		return compare(ctx, e, start)
	})
}

// insert runs the workflow here when this process works, and leaves it in the
// queue otherwise. It fails with ErrWorkflowIDInUse.
func (r *Runtime) insert(ctx context.Context, e *engine, start durable.Start) error {
	if !e.launched.Load() {
		_, err := dbos.Enqueue[payload](e.as(ctx), queue, start.Program, payload{Data: start.Input},
			dbos.WithEnqueueWorkflowID(start.ID), dbos.WithEnqueueWorkflowIDReusePolicy(dbos.WorkflowIDReusePolicyReject),
			dbos.WithEnqueueClassName("named"), dbos.WithEnqueueConfigName(start.Program), dbos.WithEnqueueAuthenticatedUser(start.Parent))
		return err
	}
	// The workflow lives as long as the context that it is run with, which
	// therefore is the engine's; a call that ctx ends may still be carried out.
	began := make(chan error, 1)
	go func() {
		handle, err := dbos.RunWorkflow(e.context, e.workflows[start.Program], payload{Data: start.Input},
			dbos.WithWorkflowID(start.ID), dbos.WithWorkflowIDReusePolicy(dbos.WorkflowIDReusePolicyReject),
			dbos.WithRunInstance(named(start.Program)), dbos.WithAuthenticatedUser(start.Parent))
		if err != nil {
			began <- err
			return
		}
		over := r.watch.mark(start.ID)
		began <- nil
		_, _ = handle.GetResult() // the outcome is read from the store, by whoever waits
		r.watch.clear(start.ID, over)
	}()
	select {
	case err := <-began:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// compare tells a repeated start from another run of the same id.
func compare(ctx context.Context, e *engine, start durable.Start) error {
	there, err := one(ctx, e, start.ID, dbos.WithFilterLoadInput(true), dbos.WithFilterLoadOutput(false))
	if err != nil {
		return err
	}
	if there.Name != start.Program || !bytes.Equal(payloadOf(there.Input).Data, start.Input) {
		return domain.Conflict.New(fmt.Sprintf("The run %q is there already with another program or input; choose another id.", start.ID))
	}
	return nil
}

// Signal implements durable.Runtime. The engine orders signals by the millisecond:
// a signal returns when the next one will bear a later one.
func (r *Runtime) Signal(ctx context.Context, run, name string, value []byte) error {
	return r.ask(ctx, func(ctx context.Context, e *engine) error {
		status, err := standing(ctx, e, run)
		if err != nil {
			return err
		}
		if status.Ended() {
			return durable.EndedRun(run, status)
		}
		if err := dbos.Send(e.as(ctx), run, payload{Data: value}, topic(name)); err != nil {
			return err
		}
		_ = idle(ctx, time.Millisecond+100*time.Microsecond) // it is sent, whatever ctx says
		return nil
	})
}
