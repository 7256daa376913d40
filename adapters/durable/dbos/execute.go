package durabledbos

import (
	"context"
	"fmt"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/docsteward/docsteward/adapters/durable/attempt"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// workflow is the program as the engine runs it.
func (r *Runtime) workflow(program durable.Program) dbos.Workflow[payload, payload] {
	return func(ctx dbos.Context, input payload) (payload, error) {
		run, err := dbos.GetWorkflowID(ctx)
		if err != nil {
			return payload{}, err
		}
		now := r.begin(run)
		defer r.finish(now)
		f := &flow{runtime: r, execution: now, engine: ctx}
		output, err := attempt.Program(program, f, input.Data)
		f.settle()
		return r.conclude(f, output, err)
	}
}

// conclude says what the engine is to record: an outcome, or that this execution
// has none, because the run was taken from it.
func (r *Runtime) conclude(f *flow, output []byte, err error) (payload, error) {
	switch {
	case f.broken != nil:
		return failed(f.broken)
	case f.stops():
		if f.ctx.Err() == nil && f.engine.Err() == nil {
			r.config.Log.Error("a run is taken up again, since the store failed it", "run", f.run, "error", f.halted)
			r.strand(f.run)
		}
		return payload{}, fmt.Errorf("the run stops here: %w", dbos.ErrConflictingWorkflowID)
	case err != nil:
		return failed(attempt.Outcome(err))
	}
	return payload{Data: output}, nil
}

// failed is the outcome of a run that failed; the engine's error says only that.
func failed(fault *domain.Fault) (payload, error) {
	return payload{Fault: fault}, &dbos.Error{Code: dbos.ErrorCodeWorkflowExecution, Message: fault.Message}
}

func (r *Runtime) begin(run string) *execution {
	ctx, cancel := context.WithCancel(context.Background())
	now := &execution{run: run, ctx: ctx, cancel: cancel}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.active[now] = true
	return now
}

func (r *Runtime) finish(now *execution) {
	now.cancel()
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.active, now)
}

// interrupt ends the contexts of the runs' executions in this process. The store
// holds by then that they may record nothing.
func (r *Runtime) interrupt(runs ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for now := range r.active {
		for _, run := range runs {
			if now.run == run {
				now.cancel()
			}
		}
	}
}

// strand remembers a run that has to be taken up again.
func (r *Runtime) strand(run string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stranded[run] = true
}
