package durabletemporal

import (
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/docsteward/docsteward/adapters/durable/attempt"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// workflow is the workflow that runs a program.
func (r *Runtime) workflow(program string) func(workflow.Context, []byte) ([]byte, error) {
	return func(ctx workflow.Context, input []byte) ([]byte, error) {
		run, err := runIn(workflow.GetInfo(ctx).Memo)
		if err != nil {
			return nil, err
		}
		f := &flow{runtime: r, ctx: ctx, run: run.ID}
		workflow.GoNamed(ctx, "control", f.obey)
		output, err := attempt.Program(r.registry.Programs[program], f, input)
		return f.end(output, err)
	}
}

// end returns the outcome of the program once every step has ended and every child
// was started.
func (f *flow) end(output []byte, err error) ([]byte, error) {
	lasting, cancel := workflow.NewDisconnectedContext(f.ctx)
	defer cancel()
	if failed := workflow.Await(lasting, func() bool { return f.open == 0 }); failed != nil {
		return nil, failed
	}
	if f.hold(f.ctx) != nil {
		f.disown(lasting)
		return nil, f.ctx.Err()
	}
	if err == nil {
		return output, nil
	}
	fault := attempt.Outcome(err)
	return nil, temporal.NewNonRetryableApplicationError(fault.Message, fault.Kind.String(), nil, attempt.EncodeFault(fault))
}

// obey carries out the commands that the run is given.
func (f *flow) obey(ctx workflow.Context) {
	commands := workflow.GetSignalChannel(ctx, controlSignal)
	for {
		var c command
		commands.Receive(ctx, &c)
		f.do(ctx, c)
	}
}

func (f *flow) do(ctx workflow.Context, c command) {
	switch c.Do {
	case pause:
		f.pause(ctx, true)
	case resume:
		f.pause(ctx, false)
	case adopt:
		f.adopt(ctx, c.Child)
	}
}

// pause holds or lets go of the run and its children.
func (f *flow) pause(ctx workflow.Context, paused bool) {
	if f.paused == paused {
		return
	}
	f.paused = paused
	_ = workflow.UpsertTypedSearchAttributes(ctx, pausedKey.ValueSet(paused)) // The list then lags, which it may.
	do := resume
	if paused {
		do = pause
		for _, a := range f.activities {
			a.cut()
		}
	}
	for _, child := range f.children {
		workflow.SignalExternalWorkflow(ctx, f.runtime.workflowID(child), "", controlSignal, command{Do: do})
	}
}

// adopt has a run share what becomes of this one.
func (f *flow) adopt(ctx workflow.Context, child string) {
	f.children, f.adopted = append(f.children, child), append(f.adopted, child)
	if f.paused {
		workflow.SignalExternalWorkflow(ctx, f.runtime.workflowID(child), "", controlSignal, command{Do: pause})
	}
}

// disown cancels the runs that the cancelled run adopted, and those that it was still
// to adopt. Its children hear of it from the server.
func (f *flow) disown(ctx workflow.Context) {
	commands := workflow.GetSignalChannel(ctx, controlSignal)
	for c := (command{}); commands.ReceiveAsync(&c); c = (command{}) {
		f.do(ctx, c)
	}
	for _, child := range f.adopted {
		_ = workflow.RequestCancelExternalWorkflow(ctx, f.runtime.workflowID(child), "").Get(ctx, nil) // It may have ended.
	}
}

// activityOptions are those of an activity of this call. The server tries again what
// has no outcome, for as long as it takes.
func (f *flow) activityOptions(name, summary string) workflow.ActivityOptions {
	return workflow.ActivityOptions{
		ActivityID: name, Summary: summary, StartToCloseTimeout: maxStep, HeartbeatTimeout: f.runtime.config.Lease, WaitForCancellation: true,
		RetryPolicy: &temporal.RetryPolicy{InitialInterval: 100 * time.Millisecond, BackoffCoefficient: 1.5, MaximumInterval: 5 * time.Second},
	}
}

// maxStep is how long a step may take that has no limit of its own: Temporal wants
// one. A dead process is told by its silence long before.
const maxStep = 365 * 24 * time.Hour

// childOptions are those of a child, which goes on when its parent has ended.
func (f *flow) childOptions(id string, input []byte) workflow.ChildWorkflowOptions {
	return workflow.ChildWorkflowOptions{
		WorkflowID: f.runtime.workflowID(id), ParentClosePolicy: enumspb.PARENT_CLOSE_POLICY_ABANDON, WaitForCancellation: true,
		WorkflowIDReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE, Memo: memo(durable.Start{ID: id, Input: input}),
	}
}

// childFault is the fault that the error of a child means.
func (f *flow) childFault(id string, err error) error {
	if f.ctx.Err() != nil {
		return durable.ErrStopped
	}
	if temporal.IsCanceledError(err) {
		return durable.CancelledChild(id)
	}
	return faultOf(err)
}

// faultOf is the fault that a workflow ended with.
func faultOf(err error) *domain.Fault {
	if failed, ok := applicationError(err); ok && failed.HasDetails() {
		var text []byte
		if failed.Details(&text) == nil {
			if fault, err := attempt.DecodeFault(text); err == nil {
				return fault
			}
		}
	}
	return domain.Internal.Wrap(err, "The run was ended at the Temporal server; look there for the reason.")
}
