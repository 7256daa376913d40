package durabledbos

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/docsteward/docsteward/domain"
)

// Work implements durable.Worker. While the store is away it tries again; on
// PostgreSQL it works only while it holds the lease of its executor.
func (r *Runtime) Work(ctx context.Context) error {
	r.mu.Lock()
	if r.working || r.engine == nil {
		r.mu.Unlock()
		return domain.Conflict.New("This runtime works already, or is closed.")
	}
	r.working = true
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.working = false
	}()
	for ctx.Err() == nil {
		if err := r.session(ctx); err != nil && ctx.Err() == nil {
			r.config.Log.Error("durable runs stand still; it is tried again", "error", err)
			_ = idle(ctx, time.Second)
		}
	}
	return nil
}

// session works with one engine until ctx ends or the lease is lost.
func (r *Runtime) session(ctx context.Context) error {
	e, err := r.fresh(ctx)
	if err != nil {
		return err
	}
	held, err := r.acquire(ctx, e)
	if err != nil {
		return err
	}
	defer r.release(held)
	if err := r.launch(e); err != nil {
		r.retire(e)
		return err
	}
	tending, end := context.WithCancel(ctx)
	var tended sync.WaitGroup
	tended.Go(func() { r.tend(tending, e) })
	err = r.keep(ctx, e, held)
	end()
	r.retire(e) // ends what tending may wait for
	tended.Wait()
	return err
}

// launch lets the engine run workflows: first those that this executor left.
func (r *Runtime) launch(e *engine) error {
	if err := dbos.Launch(e.context); err != nil {
		return err
	}
	e.launched.Store(true)
	return nil
}

// fresh returns the engine, or a new one when the last one is closed.
func (r *Runtime) fresh(ctx context.Context) (*engine, error) {
	r.mu.Lock()
	e := r.engine
	r.mu.Unlock()
	if !e.closed.Load() {
		return e, nil
	}
	made, err := r.open(ctx)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.engine = made
	return made, nil
}

// retire ends what the engine runs and puts a new one in its place, for the calls
// that come without Work.
func (r *Runtime) retire(e *engine) {
	if err := e.close(r.config.Grace); err != nil {
		r.config.Log.Error("a step did not heed the end of its context", "error", err)
	}
	r.mu.Lock()
	clear(r.stranded)
	r.mu.Unlock()
	if _, err := r.fresh(context.Background()); err != nil {
		r.config.Log.Error("the store of the runs is away", "error", err)
	}
}

// keep holds the lease until ctx ends, or fails when it is lost.
func (r *Runtime) keep(ctx context.Context, e *engine, held *lease) error {
	if held == nil {
		<-ctx.Done()
		return nil
	}
	for idle(ctx, r.config.Lease/6) == nil {
		if err := r.renew(ctx, e, held); err != nil {
			return err
		}
	}
	return nil
}

// tend looks after the runs until ctx ends. It tells once of a store that is away.
func (r *Runtime) tend(ctx context.Context, e *engine) {
	for away := false; idle(ctx, r.config.Poll) == nil; {
		err := r.tendOnce(ctx, e)
		if err != nil && !away && ctx.Err() == nil {
			r.config.Log.Error("the store of the runs is away", "error", err)
		}
		away = err != nil
	}
}

func (r *Runtime) tendOnce(ctx context.Context, e *engine) error {
	limited, cancel := context.WithTimeout(ctx, r.config.Patience)
	defer cancel()
	for _, duty := range []func(context.Context, *engine) error{r.heedOthers, r.takeUpStranded, r.takeOver} {
		if err := duty(limited, e); err != nil {
			return err
		}
	}
	return nil
}

// heedOthers ends the executions here of runs that were cancelled or paused by
// other processes.
func (r *Runtime) heedOthers(ctx context.Context, e *engine) error {
	running := r.running()
	if !r.shared() || len(running) == 0 {
		return nil
	}
	gone, err := dbos.ListWorkflows(e.as(ctx), dbos.WithFilterWorkflowIDs(running...), dbos.WithFilterStatus(dbos.WorkflowStatusCancelled),
		dbos.WithFilterLoadInput(false), dbos.WithFilterLoadOutput(false))
	for _, each := range gone {
		r.interrupt(each.ID)
	}
	return err
}

// takeUpStranded takes up the runs that the store failed under the way.
func (r *Runtime) takeUpStranded(ctx context.Context, e *engine) error {
	r.mu.Lock()
	runs := slices.Collect(maps.Keys(r.stranded))
	r.mu.Unlock()
	for _, run := range runs {
		if err := r.inTurn(ctx, e, func() error { return r.takeUp(ctx, e, run) }); err != nil {
			return err
		}
		r.mu.Lock()
		delete(r.stranded, run)
		r.mu.Unlock()
	}
	return nil
}

// running returns the ids of the runs that are under way here.
func (r *Runtime) running() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	ids := map[string]bool{}
	for now := range r.active {
		if now.ctx.Err() == nil {
			ids[now.run] = true
		}
	}
	return slices.Collect(maps.Keys(ids))
}

// takeUp puts a run back into the queue, unless it was paused, runs again or
// belongs to another executor by now. No command is under way meanwhile.
func (r *Runtime) takeUp(ctx context.Context, e *engine, run string) error {
	there, err := one(ctx, e, run, dbos.WithFilterLoadInput(false), dbos.WithFilterLoadOutput(false))
	if err != nil {
		return err
	}
	if there.Status != dbos.WorkflowStatusPending || there.ExecutorID != r.config.Executor || slices.Contains(r.running(), run) {
		return nil
	}
	_, err = dbos.ResumeWorkflow[payload](e.as(ctx), run, dbos.WithResumeQueue(queue))
	return err
}
