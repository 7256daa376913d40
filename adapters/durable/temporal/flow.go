package durabletemporal

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/docsteward/docsteward/adapters/durable/attempt"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// flow is a durable.Flow inside a workflow. Its coroutines run one at a time.
type flow struct {
	runtime *Runtime
	ctx     workflow.Context
	run     string
	paused  bool
	// open counts the steps under way and the children that are being started.
	open int
	// activities are those under way, and children the runs that share what becomes
	// of this one; both in the order in which they were started. Of the children, the
	// adopted were started by others.
	activities []*cuttable
	children   []string
	adopted    []string
}

// cuttable is an activity that a pause ends.
type cuttable struct{ cut workflow.CancelFunc }

// Run implements durable.Flow.
func (f *flow) Run() string { return f.run }

// hold waits while the run is paused. It fails with ErrStopped when it is cancelled.
func (f *flow) hold(ctx workflow.Context) error {
	if workflow.Await(ctx, func() bool { return !f.paused }) != nil || f.ctx.Err() != nil {
		return durable.ErrStopped
	}
	return nil
}

// Go implements durable.Flow.
func (f *flow) Go(task durable.Task) durable.Pending {
	f.open++
	return f.begin(func(ctx workflow.Context) ([]byte, error) {
		defer func() { f.open-- }()
		return f.activity(ctx, f.activityOptions(task.Name, task.Step), stepActivity, f.run, task)
	})
}

// activity runs an activity until it has an outcome: what a pause ended runs again.
func (f *flow) activity(ctx workflow.Context, options workflow.ActivityOptions, name string, arguments ...any) ([]byte, error) {
	call := options.ActivityID
	for try := 1; ; try++ {
		if err := f.hold(ctx); err != nil {
			return nil, err
		}
		options.ActivityID = activityID(call, try)
		var o outcome
		err := f.once(ctx, options, name, arguments, &o)
		switch {
		case err == nil && o.Fault == nil:
			return o.Output, nil
		case err == nil:
			fault, err := attempt.DecodeFault(o.Fault)
			if err != nil {
				return nil, domain.Internal.Wrap(err, "The recorded outcome of a step cannot be read.")
			}
			return nil, fault
		case f.ctx.Err() != nil:
			return nil, durable.ErrStopped
		case !temporal.IsCanceledError(err):
			return nil, domain.Internal.Wrap(err, "The Temporal server gave a step up; look there for the reason.")
		}
	}
}

func (f *flow) once(ctx workflow.Context, options workflow.ActivityOptions, name string, arguments []any, o *outcome) error {
	ctx, cut := workflow.WithCancel(workflow.WithActivityOptions(ctx, options))
	defer cut()
	mine := &cuttable{cut}
	f.activities = append(f.activities, mine)
	defer func() {
		f.activities = slices.DeleteFunc(f.activities, func(other *cuttable) bool { return other == mine })
	}()
	return workflow.ExecuteActivity(ctx, name, arguments...).Get(ctx, o)
}

// Child implements durable.Flow.
func (f *flow) Child(id, program string, input []byte) durable.Pending {
	if err := (durable.Start{ID: id}).Check(); err != nil {
		return failed{err}
	}
	if _, known := f.runtime.registry.Programs[program]; !known {
		return failed{domain.NotFound.New(fmt.Sprintf("There is no program %q.", program))}
	}
	f.open++
	return f.begin(func(ctx workflow.Context) ([]byte, error) { return f.child(ctx, id, program, input) })
}

func (f *flow) child(ctx workflow.Context, id, program string, input []byte) ([]byte, error) {
	started := func() { f.open-- }
	if err := f.hold(ctx); err != nil {
		started()
		return nil, err
	}
	run := workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, f.childOptions(id, input)), program, input)
	err := run.GetChildWorkflowExecution().Get(ctx, nil)
	started()
	var there *temporal.ChildWorkflowExecutionAlreadyStartedError
	if err != nil && !errors.As(err, &there) {
		return nil, f.childFault(id, err)
	}
	f.children = append(f.children, id)
	if err != nil {
		return f.activity(ctx, f.activityOptions(id, "a run that was there already"), waitActivity, id)
	}
	if f.paused {
		workflow.SignalExternalWorkflow(ctx, f.runtime.workflowID(id), "", controlSignal, command{Do: pause})
	}
	var output []byte
	if err := run.Get(ctx, &output); err != nil {
		return nil, f.childFault(id, err)
	}
	return output, nil
}

// Sleep implements durable.Flow.
func (f *flow) Sleep(d time.Duration) error {
	if f.ctx.Err() != nil || workflow.Sleep(f.ctx, d) != nil {
		return durable.ErrStopped
	}
	return f.hold(f.ctx)
}

// Receive implements durable.Flow.
func (f *flow) Receive(name string, timeout time.Duration) (payload []byte, came bool, err error) {
	if err := f.hold(f.ctx); err != nil {
		return nil, false, err
	}
	signals := workflow.GetSignalChannel(f.ctx, signalPrefix+name)
	if !signals.ReceiveAsync(&payload) {
		came, _ = signals.ReceiveWithTimeout(f.ctx, timeout, &payload)
	} else {
		came = true
	}
	if err := f.hold(f.ctx); err != nil {
		return nil, false, err
	}
	return payload, came, nil
}

// begin starts work in a coroutine of its own.
func (f *flow) begin(work func(workflow.Context) ([]byte, error)) durable.Pending {
	p := &pending{flow: f}
	workflow.Go(f.ctx, func(ctx workflow.Context) {
		p.output, p.err = work(ctx)
		p.done = true
	})
	return p
}

// pending is the outcome of work in a coroutine.
type pending struct {
	flow   *flow
	done   bool
	output []byte
	err    error
}

// Wait implements durable.Pending.
func (p *pending) Wait() ([]byte, error) {
	lasting, cancel := workflow.NewDisconnectedContext(p.flow.ctx)
	defer cancel()
	if workflow.Await(lasting, func() bool { return p.done }) != nil {
		return nil, durable.ErrStopped
	}
	if err := p.flow.hold(p.flow.ctx); err != nil {
		return nil, err
	}
	return p.output, p.err
}

// failed is something that could not be started.
type failed struct{ err error }

// Wait implements durable.Pending.
func (f failed) Wait() ([]byte, error) { return nil, f.err }
