package workflows

import (
	"context"
	"errors"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/durable"
)

// sofar is what is recorded of a run.
type sofar struct {
	// walk is nil once the run has ended: its record knows the outcomes.
	walk *walk
	// times are when the steps of actions began and ended, by action.
	times map[string]durable.Record
	// since is when the last recorded step ended, or the run began.
	since time.Time
}

// replay goes through what is recorded of an execution, without doing anything, to
// see where it stands. It fails with NotFound where the runtime has no such run.
func (s *service) replay(ctx context.Context, e workflow.Execution) (sofar, error) {
	run, err := s.Runtime.Describe(ctx, e.ID.String())
	if err != nil {
		return sofar{}, err
	}
	found := sofar{times: timesOf(run, e.Definition), since: run.Started}
	for _, r := range run.Steps {
		if r.Ended.After(found.since) {
			found.since = r.Ended
		}
	}
	if e.Status.Ended() {
		return found, nil
	}
	input, err := decode[workflowInput](run.Input)
	if err != nil {
		return sofar{}, err
	}
	known := newRecorded(run)
	w, err := s.newWalk(known, input.Graph)
	if err != nil {
		return sofar{}, err
	}
	if err := w.through(); err != nil && !stopped(err) {
		return sofar{}, err
	}
	found.walk = w
	return found, nil
}

// timesOf are when the actions of a run began and ended, by action.
func timesOf(run durable.Run, d workflow.Definition) map[string]durable.Record {
	known, times := newRecorded(run).records, make(map[string]durable.Record)
	for _, a := range d.Actions {
		for _, name := range []string{a.ID, childID(run.ID, a.ID)} {
			if r, has := known[name]; has {
				times[a.ID] = r
			}
		}
	}
	return times
}

// undone lists what is to be undone of an execution, that of the runs within it too
// which have not ended.
func (s *service) undone(ctx context.Context, w *walk) ([]undo, error) {
	all := w.undo()
	for _, r := range w.ready {
		within, err := s.undoneWithin(ctx, childID(w.flow.Run(), r.ID))
		if err != nil {
			return nil, err
		}
		all = append(within, all...)
	}
	return all, nil
}

// undoneWithin lists what is to be undone of a run within another.
func (s *service) undoneWithin(ctx context.Context, id string) ([]undo, error) {
	run, err := s.Runtime.Describe(ctx, id)
	if errors.Is(err, domain.NotFound) {
		return nil, nil // it is a step, or was not begun
	}
	if err != nil {
		return nil, err
	}
	known := newRecorded(run)
	switch run.Program {
	case loopProgram:
		_, err = s.loopProgram(known, run.Input)
	case graphProgram, subProgram:
		return s.undoneGraph(ctx, known, run)
	default:
		return nil, nil
	}
	if err != nil && !stopped(err) {
		return nil, err
	}
	var all []undo
	for _, child := range known.children {
		within, err := s.undoneWithin(ctx, child)
		if err != nil {
			return nil, err
		}
		all = append(within, all...)
	}
	return all, nil
}

func (s *service) undoneGraph(ctx context.Context, known *recorded, run durable.Run) ([]undo, error) {
	body := run.Input
	if run.Program == subProgram {
		loaded, has := known.records["~load"]
		if !has || loaded.Fault != nil {
			return nil, nil
		}
		body = loaded.Output
	}
	input, err := decode[graphInput](body)
	if err != nil {
		return nil, err
	}
	w, err := s.newWalk(known, input)
	if err != nil {
		return nil, nil //nolint:nilerr // what cannot begin has done nothing
	}
	if err := w.through(); err != nil && !stopped(err) {
		return nil, err
	}
	return s.undone(ctx, w)
}

// recorded is a flow that does nothing and knows only what was recorded.
type recorded struct {
	run      string
	records  map[string]durable.Record
	children []string
}

func newRecorded(run durable.Run) *recorded {
	known := &recorded{run: run.ID, records: make(map[string]durable.Record, len(run.Steps))}
	for _, r := range run.Steps {
		known.records[r.Name] = r
	}
	return known
}

// Run implements durable.Flow.
func (f *recorded) Run() string { return f.run }

// Go implements durable.Flow.
func (f *recorded) Go(t durable.Task) durable.Pending { return f.look(t.Name) }

// Child implements durable.Flow.
func (f *recorded) Child(id, _ string, _ []byte) durable.Pending {
	f.children = append(f.children, id)
	return f.look(id)
}

// Sleep implements durable.Flow.
func (f *recorded) Sleep(time.Duration) error { return durable.ErrStopped }

// Receive implements durable.Flow: the note behind it knows what came.
func (f *recorded) Receive(string, time.Duration) ([]byte, bool, error) { return nil, true, nil }

func (f *recorded) look(name string) durable.Pending {
	r, has := f.records[name]
	return known{r, has}
}

type known struct {
	record durable.Record
	has    bool
}

// Wait implements durable.Pending.
func (k known) Wait() ([]byte, error) {
	switch {
	case !k.has:
		return nil, durable.ErrStopped
	case k.record.Fault != nil:
		return nil, k.record.Fault
	}
	return k.record.Output, nil
}
