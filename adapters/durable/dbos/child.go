package durabledbos

import (
	"context"
	"errors"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// errLeft is recorded for a child that nobody waited for.
var errLeft = errors.New("nobody waits for this child")

// Child implements durable.Flow. The child is a run like any other; what the
// parent records is a step that starts it and waits for its end.
func (f *flow) Child(id, program string, input []byte) durable.Pending {
	waiting, leave := context.WithCancel(context.Background())
	launched := make(chan struct{})
	p := f.begin(childPrefix+id, func(ctx context.Context) (payload, error) {
		ctx, cancel := f.within(ctx)
		defer cancel()
		stop := context.AfterFunc(waiting, cancel)
		defer stop()
		ctx = valueless{ctx}
		outcome, over := f.launch(ctx, durable.Start{ID: id, Program: program, Input: input, Parent: f.run})
		close(launched)
		switch {
		case ctx.Err() != nil:
			return payload{}, errLeft
		case over:
			return outcome, nil
		}
		return f.runtime.outcomeOf(ctx, id)
	})
	p.launched, p.leave = launched, leave
	return p
}

// launch starts a child unless it is there, and asks again while the store is
// away. over says that the child cannot be started, for good or because ctx ended.
func (f *flow) launch(ctx context.Context, start durable.Start) (outcome payload, over bool) {
	for {
		err := f.runtime.start(ctx, start, true)
		if err == nil {
			err = f.runtime.heed(ctx, start.Parent, start.ID)
		}
		if err == nil {
			return payload{}, false
		}
		if !durable.Transient(err) {
			return payload{Fault: domain.FaultOf(err)}, true
		}
		if idle(ctx, f.runtime.config.Poll) != nil {
			return payload{}, true
		}
	}
}

// heed does to a child what was done to its parent before the child was there.
func (r *Runtime) heed(ctx context.Context, parent, child string) error {
	status, err := r.standing(ctx, parent)
	if err != nil {
		return err
	}
	switch status {
	case durable.Paused:
		err = r.Pause(ctx, child)
	case durable.Cancelled:
		err = r.Cancel(ctx, child)
	}
	if errors.Is(err, domain.Conflict) {
		return nil // it ended meanwhile
	}
	return err
}

// outcomeOf waits for the end of a child, however long the store is away.
func (r *Runtime) outcomeOf(ctx context.Context, id string) (payload, error) {
	for {
		run, err := r.Wait(ctx, id)
		switch {
		case err == nil && run.Status == durable.Cancelled:
			return payload{Fault: durable.CancelledChild(id)}, nil
		case err == nil:
			return payload{Data: run.Output, Fault: run.Fault}, nil
		case ctx.Err() != nil:
			return payload{}, errLeft
		case !durable.Transient(err):
			return payload{Fault: domain.FaultOf(err)}, nil
		}
		if idle(ctx, r.config.Poll) != nil {
			return payload{}, errLeft
		}
	}
}

// idle waits for the time, or for the end of ctx.
func idle(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
