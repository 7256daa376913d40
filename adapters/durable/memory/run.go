package durablemem

import (
	"context"
	"slices"
	"time"

	"github.com/docsteward/docsteward/adapters/durable/attempt"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// run is a run with what is kept of it. The runtime's lock guards it.
type run struct {
	durable.Run
	parent string
	// records holds what calls of the flow came to, by the number of the call.
	records map[int]*record
	signals map[string][][]byte
	// changed is closed and replaced with each signal and each end.
	changed chan struct{}
	// now is the execution under way, or nil.
	now *execution
}

// record is the outcome of one call of a flow.
type record struct {
	durable.Record
	// hidden is a sleep or a receipt, which Describe does not show.
	hidden bool
	// wake is when the sleep or the wait ends.
	wake time.Time
	// came says that a signal was taken; Output holds it.
	came, done bool
}

// execution is one going-through of a program.
type execution struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func newRun(start durable.Start, now time.Time) *run {
	return &run{
		Run: durable.Run{ID: start.ID, Program: start.Program, Status: durable.Running,
			Input: slices.Clone(start.Input), Started: now},
		parent: start.Parent, records: map[int]*record{}, signals: map[string][][]byte{}, changed: make(chan struct{}),
	}
}

// tell wakes those who wait for a change.
func (r *run) tell() {
	close(r.changed)
	r.changed = make(chan struct{})
}

// halt ends the execution under way; what it still does is not recorded.
func (r *run) halt() {
	if r.now != nil {
		r.now.cancel()
		r.now = nil
	}
}

// end records how the run ended.
func (r *run) end(status durable.Status, output []byte, fault *domain.Fault, now time.Time) {
	r.halt()
	r.Status, r.Output, r.Fault, r.Ended = status, output, fault, now
	r.tell()
}

// execute goes through the program of a run that is Running. The caller holds
// the lock.
func (r *Runtime) execute(run *run) {
	program := r.registry.Programs[run.Program]
	if r.working == nil || r.working.Err() != nil || run.Status != durable.Running || run.now != nil || program == nil {
		return
	}
	// The end of Work ends executions one lock later, so that none records what
	// a step said of its ended context.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.working))
	now := &execution{ctx: ctx, cancel: cancel}
	run.now = now
	r.active.Go(func() {
		defer cancel()
		f := &flow{runtime: r, run: run, now: now}
		output, err := attempt.Program(program, f, run.Input)
		f.settle()
		r.mu.Lock()
		defer r.mu.Unlock()
		if run.now != now {
			return
		}
		if err != nil {
			run.end(durable.Failed, nil, attempt.Outcome(err), r.clock.Now())
			return
		}
		run.end(durable.Succeeded, output, nil, r.clock.Now())
	})
}
