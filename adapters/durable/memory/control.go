package durablemem

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// Signal implements durable.Runtime.
func (r *Runtime) Signal(ctx context.Context, id, name string, payload []byte) error {
	return r.change(ctx, id, func(run *run) {
		run.signals[name] = append(run.signals[name], slices.Clone(payload))
		run.tell()
	})
}

// change does something to a run that has not ended.
func (r *Runtime) change(ctx context.Context, id string, change func(*run)) error {
	if err := ctx.Err(); err != nil {
		return domain.FaultOf(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	run, err := r.find(id)
	if err != nil {
		return err
	}
	if run.Status.Ended() {
		return durable.EndedRun(id, run.Status)
	}
	change(run)
	return nil
}

// Cancel implements durable.Runtime.
func (r *Runtime) Cancel(ctx context.Context, id string) error {
	r.mu.Lock()
	there := r.runs[id]
	again := there != nil && there.Status == durable.Cancelled
	r.mu.Unlock()
	if again && ctx.Err() == nil {
		return nil
	}
	return r.change(ctx, id, func(*run) {
		for _, member := range r.family(id) {
			if !member.Status.Ended() {
				member.end(durable.Cancelled, nil, nil, r.clock.Now())
			}
		}
	})
}

// Pause implements durable.Runtime.
func (r *Runtime) Pause(ctx context.Context, id string) error {
	return r.change(ctx, id, func(*run) {
		for _, member := range r.family(id) {
			if member.Status == durable.Running {
				member.Status = durable.Paused
				member.halt()
			}
		}
	})
}

// Resume implements durable.Runtime.
func (r *Runtime) Resume(ctx context.Context, id string) error {
	return r.change(ctx, id, func(*run) {
		for _, member := range r.family(id) {
			if member.Status == durable.Paused {
				member.Status = durable.Running
				r.execute(member)
			}
		}
	})
}

// Describe implements durable.Runtime.
func (r *Runtime) Describe(ctx context.Context, id string) (durable.Run, error) {
	if err := ctx.Err(); err != nil {
		return durable.Run{}, domain.FaultOf(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	run, err := r.find(id)
	if err != nil {
		return durable.Run{}, err
	}
	described := copied(run)
	for _, number := range slices.Sorted(maps.Keys(run.records)) {
		if each := run.records[number]; each.done && !each.hidden {
			shown := each.Record
			shown.Output = slices.Clone(shown.Output)
			described.Steps = append(described.Steps, shown)
		}
	}
	return described, nil
}

func copied(run *run) durable.Run {
	c := run.Run
	c.Input, c.Output = slices.Clone(c.Input), slices.Clone(c.Output)
	return c
}

// List implements durable.Runtime.
func (r *Runtime) List(ctx context.Context, query durable.Query) ([]durable.Run, error) {
	if err := ctx.Err(); err != nil {
		return nil, domain.FaultOf(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	var found []durable.Run
	for _, run := range slices.Backward(r.order) {
		if (query.Program == "" || run.Program == query.Program) && strings.HasPrefix(run.ID, query.Prefix) &&
			(query.Status == "" || run.Status == query.Status) {
			found = append(found, copied(run))
		}
	}
	from := min(max(query.Offset, 0), len(found))
	return found[from:min(from+query.Bound(), len(found))], nil
}

// Wait implements durable.Runtime.
func (r *Runtime) Wait(ctx context.Context, id string) (durable.Run, error) {
	for {
		r.mu.Lock()
		run, err := r.find(id)
		if err != nil {
			r.mu.Unlock()
			return durable.Run{}, err
		}
		changed, ended, current := run.changed, run.Status.Ended(), copied(run)
		r.mu.Unlock()
		if err := ctx.Err(); err != nil {
			return durable.Run{}, domain.FaultOf(err)
		}
		if ended {
			return current, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
		}
	}
}
