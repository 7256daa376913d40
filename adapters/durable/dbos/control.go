package durabledbos

import (
	"context"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/docsteward/docsteward/ports/durable"
)

// A cancelled workflow with a mark is a paused run. The mark is set before the
// workflow is cancelled and taken away after it was resumed, and cancelling takes
// it away first: a crash in between leaves a run that runs, or is paused still.

// Two commands at a time could take the mark from each other: they take turns.

// command calls fn with an engine when no other command is under way, in this
// process or in another.
func (r *Runtime) command(ctx context.Context, fn func(ctx context.Context, e *engine) error) error {
	return r.ask(ctx, func(ctx context.Context, e *engine) error {
		return r.inTurn(ctx, e, func() error { return fn(ctx, e) })
	})
}

func (r *Runtime) inTurn(ctx context.Context, e *engine, do func() error) error {
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if !r.shared() {
		return do()
	}
	turn, err := e.runtime.SystemDB().Pool().BeginTx(ctx, dbos.TxOptions{})
	if err != nil {
		return err
	}
	defer func() { _ = turn.Rollback(context.WithoutCancel(ctx)) }() // the turn ends with the transaction
	if _, err := turn.Exec(ctx, "SELECT pg_advisory_xact_lock(hashtext($1))", "docsteward-commands/"+r.config.Schema); err != nil {
		return err
	}
	return do()
}

// Cancel implements durable.Runtime.
func (r *Runtime) Cancel(ctx context.Context, run string) error {
	return r.command(ctx, func(ctx context.Context, e *engine) error {
		status, err := standing(ctx, e, run)
		switch {
		case err != nil:
			return err
		case status.Ended() && status != durable.Cancelled:
			return durable.EndedRun(run, status)
		}
		return r.family(ctx, e, run, func(run string) error {
			if err := dbos.SetWorkflowAttributes(e.as(ctx), run, nil); err != nil {
				return err
			}
			return r.halt(ctx, e, run)
		})
	})
}

// halt cancels the workflow, unless it has ended, and its execution here.
func (r *Runtime) halt(ctx context.Context, e *engine, run string) error {
	if err := dbos.CancelWorkflow(e.as(ctx), run); err != nil {
		return err
	}
	r.interrupt(run)
	return nil
}

// Pause implements durable.Runtime.
func (r *Runtime) Pause(ctx context.Context, run string) error {
	return r.command(ctx, func(ctx context.Context, e *engine) error {
		if err := unended(ctx, e, run); err != nil {
			return err
		}
		return r.family(ctx, e, run, func(run string) error {
			if status, err := standing(ctx, e, run); err != nil || status != durable.Running {
				return err
			}
			if err := dbos.SetWorkflowAttributes(e.as(ctx), run, map[string]any{"paused": true}); err != nil {
				return err
			}
			return r.halt(ctx, e, run)
		})
	})
}

// Resume implements durable.Runtime.
func (r *Runtime) Resume(ctx context.Context, run string) error {
	return r.command(ctx, func(ctx context.Context, e *engine) error {
		if err := unended(ctx, e, run); err != nil {
			return err
		}
		return r.family(ctx, e, run, func(run string) error {
			status, err := standing(ctx, e, run)
			if err != nil || status != durable.Paused {
				return err
			}
			if _, err := dbos.ResumeWorkflow[payload](e.as(ctx), run, dbos.WithResumeQueue(queue)); err != nil {
				return err
			}
			return dbos.SetWorkflowAttributes(e.as(ctx), run, nil)
		})
	})
}

// unended fails with NotFound or Conflict unless the run may go on.
func unended(ctx context.Context, e *engine, run string) error {
	status, err := standing(ctx, e, run)
	if err == nil && status.Ended() {
		return durable.EndedRun(run, status)
	}
	return err
}

// family does something to a run and then to those that it started, and theirs.
// One that is being started meanwhile looks at its parent afterwards.
func (r *Runtime) family(ctx context.Context, e *engine, run string, do func(run string) error) error {
	known := map[string]bool{run: true}
	for next := []string{run}; len(next) > 0; {
		if err := do(next[0]); err != nil {
			return err
		}
		children, err := childrenOf(ctx, e, next[0])
		if err != nil {
			return err
		}
		next = next[1:]
		for _, child := range children {
			if !known[child] {
				known[child], next = true, append(next, child)
			}
		}
	}
	return nil
}
