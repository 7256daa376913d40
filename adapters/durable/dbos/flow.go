package durabledbos

import (
	"context"
	"errors"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/docsteward/docsteward/adapters/durable/attempt"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// The names of the engine's steps tell ours from its own, and from each other.
const (
	stepPrefix  = "step/"
	childPrefix = "child/"
)

// execution is one going-through of a run's program in this process. Its context
// ends when the run is cancelled or paused; that of the engine, when Work ends.
type execution struct {
	run    string
	ctx    context.Context
	cancel context.CancelFunc
}

// flow is the durable.Flow of one execution.
type flow struct {
	runtime *Runtime
	*execution
	engine dbos.Context
	began  []*pending
	// halted is why the run is to stop here, and broken the fault of a program that
	// does other than what is recorded.
	halted error
	broken *domain.Fault
}

// pending is a step or a child that was started.
type pending struct {
	flow *flow
	// done is closed when outcome and err are there.
	done    chan struct{}
	outcome payload
	err     error
	// launched is closed when a child has been started.
	launched chan struct{}
	// leave ends the waiting for a child that nobody waits for.
	leave context.CancelFunc
}

// Run implements durable.Flow.
func (f *flow) Run() string { return f.run }

// stops reports whether the run is to stop here.
func (f *flow) stops() bool {
	return f.halted != nil || f.broken != nil || f.ctx.Err() != nil || f.engine.Err() != nil
}

// within returns a context that ends with ctx, which is the engine's, or with the
// execution.
func (f *flow) within(ctx context.Context) (context.Context, context.CancelFunc) {
	merged, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(f.ctx, cancel)
	return merged, func() { stop(); cancel() }
}

// halt sorts what the engine says other than an outcome.
func (f *flow) halt(err error) error {
	if errors.Is(err, dbos.ErrStepNondeterminism) || errors.Is(err, &dbos.Error{Code: dbos.ErrorCodeUnexpectedStep}) {
		f.broken = domain.Internal.Wrap(err, "The program makes other calls than those on record; run the version that made them.")
		return f.broken
	}
	f.halted = err
	return durable.ErrStopped
}

// Go implements durable.Flow.
func (f *flow) Go(task durable.Task) durable.Pending {
	return f.begin(stepPrefix+task.Name, func(ctx context.Context) (payload, error) {
		ctx, cancel := f.within(ctx)
		defer cancel()
		output, fault := attempt.Step(valueless{ctx}, f.runtime.config.Clock, f.runtime.registry.Steps, f.run, task)
		return payload{Data: output, Fault: fault}, nil
	})
}

// begin starts work as a step of the engine, unless its outcome is recorded.
func (f *flow) begin(name string, work func(ctx context.Context) (payload, error)) *pending {
	p := &pending{flow: f, done: make(chan struct{}), leave: func() {}}
	if f.stops() {
		close(p.done)
		return p
	}
	outcomes, err := dbos.Go(f.engine, work, dbos.WithStepName(name))
	if err != nil {
		p.err = err
		close(p.done)
		return p
	}
	f.began = append(f.began, p)
	go func() {
		defer close(p.done)
		outcome := <-outcomes
		p.outcome, p.err = outcome.Result, outcome.Err
	}()
	return p
}

// Wait implements durable.Pending.
func (p *pending) Wait() ([]byte, error) {
	<-p.done
	switch {
	case p.err != nil:
		return nil, p.flow.halt(p.err)
	case p.flow.stops():
		return nil, durable.ErrStopped
	case p.outcome.Fault != nil:
		return nil, p.outcome.Fault
	}
	return p.outcome.Data, nil
}

// settle waits for the steps that were started, and for children to be started.
func (f *flow) settle() {
	for _, p := range f.began {
		if p.launched != nil {
			select {
			case <-p.launched:
			case <-p.done:
			}
			p.leave()
		}
		<-p.done
		if p.err != nil && p.launched == nil && !f.stops() {
			_ = f.halt(p.err) // a step that nobody awaited has to be recorded too
		}
	}
}

// Sleep implements durable.Flow.
func (f *flow) Sleep(d time.Duration) error {
	if f.stops() {
		return durable.ErrStopped
	}
	ctx, cancel := f.within(f.engine)
	defer cancel()
	if _, err := dbos.Sleep(dbos.From(f.engine, ctx), d); err != nil {
		return f.halt(err)
	}
	return nil
}

// Receive implements durable.Flow.
func (f *flow) Receive(name string, timeout time.Duration) ([]byte, bool, error) {
	if f.stops() {
		return nil, false, durable.ErrStopped
	}
	ctx, cancel := f.within(f.engine)
	defer cancel()
	signal, err := dbos.Recv[payload](dbos.From(f.engine, ctx), topic(name), timeout)
	switch {
	case err == nil:
		return signal.Data, true, nil
	case errors.Is(err, dbos.ErrTimeout) && ctx.Err() == nil:
		return nil, false, nil
	}
	return nil, false, f.halt(err)
}

// topic is the engine's name for signals of the name: it has a meaning of its own
// for the empty one.
func topic(name string) string { return "signal/" + name }
