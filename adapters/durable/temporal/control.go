package durabletemporal

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/durable"
)

// Names of signals. Those of users have a prefix, so that none can be a command.
const (
	controlSignal = "docsteward.control"
	signalPrefix  = "signal."
)

// command is what a run is told to do.
type command struct {
	// Do is pause, resume or adopt.
	Do string
	// Child is the run that is adopted.
	Child string `json:",omitempty"`
	// ID tells this command from others.
	ID string `json:",omitempty"`
}

// Commands.
const (
	pause  = "pause"
	resume = "resume"
	adopt  = "adopt"
)

// Start implements durable.Runtime.
func (r *Runtime) Start(ctx context.Context, start durable.Start) error {
	if err := start.Check(); err != nil {
		return err
	}
	if _, known := r.registry.Programs[start.Program]; !known {
		return domain.NotFound.New(fmt.Sprintf("There is no program %q.", start.Program))
	}
	_, err := r.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: r.workflowID(start.ID), TaskQueue: r.config.Group, WorkflowIDReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		WorkflowExecutionErrorWhenAlreadyStarted: true, Memo: memo(start),
	}, start.Program, start.Input)
	var there *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &there) {
		return r.same(ctx, start)
	}
	if err != nil {
		return r.fault(ctx, start.ID, err)
	}
	if start.Parent != "" {
		return r.adopt(ctx, start)
	}
	return nil
}

// same fails with Conflict unless the run that is there is the one to start.
func (r *Runtime) same(ctx context.Context, start durable.Start) error {
	run, err := r.summary(ctx, start.ID)
	if err != nil {
		return err
	}
	if run.Program != start.Program || !bytes.Equal(run.Input, start.Input) {
		return domain.Conflict.New(fmt.Sprintf("The run %q is there already, with another program or input.", start.ID))
	}
	return nil
}

// adopt tells a run of one that is to be cancelled, paused and resumed with it. A
// parent that has ended will do none of that.
func (r *Runtime) adopt(ctx context.Context, start durable.Start) error {
	err := r.client.SignalWorkflow(ctx, r.workflowID(start.Parent), "", controlSignal, command{Do: adopt, Child: start.ID})
	var none *serviceerror.NotFound
	if errors.As(err, &none) {
		return nil
	}
	return r.fault(ctx, start.Parent, err)
}

// Signal implements durable.Runtime.
func (r *Runtime) Signal(ctx context.Context, run, name string, payload []byte) error {
	return r.refused(ctx, run, r.client.SignalWorkflow(ctx, r.workflowID(run), "", signalPrefix+name, payload))
}

// Pause implements durable.Runtime.
func (r *Runtime) Pause(ctx context.Context, run string) error {
	return r.command(ctx, run, pause)
}

// Resume implements durable.Runtime.
func (r *Runtime) Resume(ctx context.Context, run string) error {
	return r.command(ctx, run, resume)
}

// command tells the run what to do, and returns when that is in its history: while a
// program takes a turn, the server holds back what comes.
func (r *Runtime) command(ctx context.Context, run, do string) error {
	c := command{Do: do, ID: rand.Text()}
	if err := r.refused(ctx, run, r.client.SignalWorkflow(ctx, r.workflowID(run), "", controlSignal, c)); err != nil {
		return err
	}
	for {
		h, err := r.history(ctx, run)
		if err != nil || h.commands[c.ID] {
			return err
		}
		if !clock.Wait(ctx, r.config.Clock, turn) {
			return domain.FaultOf(ctx.Err())
		}
	}
}

// turn is about as long as a program takes a turn.
const turn = 20 * time.Millisecond

// Cancel implements durable.Runtime.
func (r *Runtime) Cancel(ctx context.Context, run string) error {
	known, err := r.summary(ctx, run) // The server would take the command for a run that has ended.
	switch {
	case err != nil:
		return err
	case known.Status == durable.Cancelled:
		return nil
	case known.Status.Ended():
		return durable.EndedRun(run, known.Status)
	}
	return r.fault(ctx, run, r.client.CancelWorkflow(ctx, r.workflowID(run), ""))
}

// refused tells why the server did not take a command: a run that has ended is for
// Temporal one that is not there.
func (r *Runtime) refused(ctx context.Context, run string, err error) error {
	fault := r.fault(ctx, run, err)
	if !errors.Is(fault, domain.NotFound) {
		return fault
	}
	known, err := r.summary(ctx, run)
	if err != nil {
		return err
	}
	return durable.EndedRun(run, known.Status)
}
