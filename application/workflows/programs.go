package workflows

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Names of programs and steps: they are part of what is recorded.
const (
	workflowProgram = "workflow"
	graphProgram    = "graph"
	loopProgram     = "loop"
	timerProgram    = "timer"
	subProgram      = "sub_workflow"
	undoProgram     = "undo"

	noteStep   = "note"
	nowStep    = "now"
	loadStep   = "load"
	finishStep = "finish"
)

// Registry returns the programs and steps of workflows, for a runtime. The Runtime
// of deps is not needed.
func Registry(deps Deps) durable.Registry {
	s := &service{deps}
	registry := durable.Registry{
		Programs: map[string]durable.Program{
			workflowProgram: s.workflowProgram, graphProgram: s.graphProgram, loopProgram: s.loopProgram,
			timerProgram: timer, subProgram: s.subProgram, undoProgram: undoAll,
		},
		Steps: map[string]durable.Step{
			noteStep: note, nowStep: s.nowStep, loadStep: s.loadStep, finishStep: s.finishStep,
		},
	}
	for kind, performer := range deps.Performers {
		registry.Steps[kind] = perform(performer)
	}
	return registry
}

// workflowProgram runs an execution: its actions, what undoes them when it fails,
// and the note of how it ended.
func (s *service) workflowProgram(flow durable.Flow, body []byte) ([]byte, error) {
	input, err := decode[workflowInput](body)
	if err != nil {
		return nil, err
	}
	output, err := s.throughGraph(flow, input.Graph)
	if err != nil {
		return nil, err
	}
	if output.Fault != nil {
		if err := carryOut(flow, output.Undo, output.Fault); err != nil {
			return nil, err
		}
	}
	finish, err := encode(finishInput{Execution: input.Execution, Outcomes: output.Outcomes, Fault: output.Fault})
	if err != nil {
		return nil, err
	}
	return flow.Go(durable.Task{Step: finishStep, Name: "~finish", Input: finish, Retry: patient}).Wait()
}

// patient tries again what must be done at last, for about a day. Never written.
var patient = durable.Retry{Attempts: 300, Delay: time.Second}

// graphProgram runs the actions of an iteration.
func (s *service) graphProgram(flow durable.Flow, body []byte) ([]byte, error) {
	input, err := decode[graphInput](body)
	if err != nil {
		return nil, err
	}
	output, err := s.throughGraph(flow, input)
	if err != nil {
		return nil, err
	}
	return encode(output)
}

// timer waits for a time.
func timer(flow durable.Flow, body []byte) ([]byte, error) {
	input, err := decode[timerInput](body)
	if err != nil {
		return nil, err
	}
	wait := time.Duration(input.Seconds * float64(time.Second))
	if input.Until != "" {
		if wait, err = untilThen(flow, input.Until); err != nil {
			return nil, err
		}
	}
	if err := flow.Sleep(wait); err != nil {
		return nil, err
	}
	return encode(map[string]any{"waited_seconds": wait.Seconds()})
}

func untilThen(flow durable.Flow, until string) (time.Duration, error) {
	then, err := time.Parse(time.RFC3339, until)
	if err != nil {
		return 0, domain.Rejected.Wrap(err, "A wait until an instant needs one in RFC 3339.")
	}
	body, err := flow.Go(durable.Task{Step: nowStep, Name: "now", Retry: patient}).Wait()
	if err != nil {
		return 0, err
	}
	now, err := decode[time.Time](body)
	return max(then.Sub(now), 0), err
}

// subProgram runs another workflow's actions.
func (s *service) subProgram(flow durable.Flow, body []byte) ([]byte, error) {
	loaded, err := flow.Go(durable.Task{Step: loadStep, Name: "~load", Input: body, Retry: durable.Retry{Attempts: 10, Delay: time.Second}}).Wait()
	if err != nil {
		return nil, err
	}
	return s.graphProgram(flow, loaded)
}

// undoAll carries out compensations after a run was cancelled.
func undoAll(flow durable.Flow, body []byte) ([]byte, error) {
	list, err := decode[[]undo](body)
	if err != nil {
		return nil, err
	}
	failed := new(fault)
	if err := carryOut(flow, list, failed); err != nil {
		return nil, err
	}
	if failed.Message != "" {
		return nil, domain.Upstream.New(failed.Message)
	}
	return nil, nil
}

// carryOut carries out compensations one after the other; those that fail are told
// in the fault, and the others go on.
func carryOut(flow durable.Flow, list []undo, into *fault) error {
	for _, u := range list {
		err := u.carryOut(flow)
		if stopped(err) {
			return err
		}
		if err != nil {
			into.Message += " What " + u.Action + " did could not be undone: " + domain.FaultOf(err).Message
		}
	}
	return nil
}

// carryOut carries out one compensation, unless it has a fault in place of its config.
func (u undo) carryOut(flow durable.Flow) error {
	if u.Fault != nil {
		return u.Fault.fault()
	}
	input, err := encode(u.task)
	if err != nil {
		return err
	}
	_, err = flow.Go(durable.Task{
		Step: u.Type, Name: "~undo/" + u.Name, Input: input, Timeout: defaultTimeout, Retry: durable.Retry{Attempts: 10, Delay: time.Second},
	}).Wait()
	return err
}

// note records what it is given.
func note(_ context.Context, call durable.Call) ([]byte, error) { return call.Input, nil }

func (s *service) nowStep(context.Context, durable.Call) ([]byte, error) { return encode(s.now()) }

// perform is the step of the actions of a type.
func perform(performer workflows.Performer) durable.Step {
	return func(ctx context.Context, call durable.Call) ([]byte, error) {
		t, err := decode[task](call.Input)
		if err != nil {
			return nil, err
		}
		meta := usecase.MetaOf(ctx)
		meta.Correlation = t.Correlation
		output, err := performer.Perform(usecase.WithMeta(ctx, meta), workflows.Call{Type: t.Type, Config: t.Config, Key: call.Key, User: t.User})
		if err != nil {
			return nil, err
		}
		return encode(output)
	}
}
