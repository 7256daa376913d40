package workflows

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/workflows"
)

func (s *service) cancelExecution(ctx context.Context, c workflows.CancelExecution) (workflows.Execution, error) {
	e, err := s.execution(ctx, c.ID)
	if err != nil {
		return workflows.Execution{}, err
	}
	if e, err = s.stop(ctx, e, nil); err != nil {
		return workflows.Execution{}, err
	}
	return s.view(ctx, e)
}

// stop ends a run before its end: as failed with the fault, or as cancelled. What
// its actions did is undone by a run of its own.
func (s *service) stop(ctx context.Context, e workflow.Execution, fault *domain.Fault) (workflow.Execution, error) {
	if e.Status.Ended() {
		return e, e.Cancel(s.now()) // a Conflict unless it was cancelled
	}
	err := s.Runtime.Cancel(ctx, e.ID.String())
	if errors.Is(err, domain.Conflict) {
		return e, domain.Conflict.Wrap(err, "The execution ended just now; read how.")
	}
	if err != nil && !errors.Is(err, domain.NotFound) {
		return e, err
	}
	known, err := s.replay(ctx, e)
	if err != nil && !errors.Is(err, domain.NotFound) {
		return e, err
	}
	var outcomes []workflow.Named
	if err == nil {
		outcomes = known.walk.progress.Outcomes()
		if err := s.beginUndo(ctx, e, known.walk); err != nil {
			return e, err
		}
	}
	err = s.Unit.Within(ctx, func(ctx context.Context) error {
		if e, err = s.Executions.Get(ctx, e.ID); err != nil || e.Status.Ended() {
			return err
		}
		e.Outcomes = outcomes
		if fault != nil {
			err = e.End(s.now(), outcomes, fault)
		} else {
			err = e.Cancel(s.now())
		}
		if err != nil {
			return err
		}
		return s.tell(ctx, e)
	})
	return e, err
}

// beginUndo has the runtime undo what a cancelled run did. It is begun once.
func (s *service) beginUndo(ctx context.Context, e workflow.Execution, w *walk) error {
	list, err := s.undone(ctx, w)
	if err != nil || len(list) == 0 {
		return err
	}
	body, err := encode(list)
	if err != nil {
		return err
	}
	return s.Runtime.Start(ctx, durable.Start{ID: e.ID.String() + "~undo", Program: undoProgram, Input: body})
}

func (s *service) pauseExecution(ctx context.Context, c workflows.PauseExecution) (workflows.Execution, error) {
	return s.steer(ctx, c.ID, s.Runtime.Pause, (*workflow.Execution).Pause)
}

func (s *service) resumeExecution(ctx context.Context, c workflows.ResumeExecution) (workflows.Execution, error) {
	return s.steer(ctx, c.ID, s.Runtime.Resume, (*workflow.Execution).Resume)
}

// steer has the runtime do something with a run, and notes it.
func (s *service) steer(ctx context.Context, id string, do func(context.Context, string) error, note func(*workflow.Execution) error) (workflows.Execution, error) {
	e, err := s.execution(ctx, id)
	if err != nil {
		return workflows.Execution{}, err
	}
	if tried := e; note(&tried) != nil {
		return workflows.Execution{}, note(&e)
	}
	if err := do(ctx, e.ID.String()); err != nil {
		return workflows.Execution{}, err
	}
	err = s.Unit.Within(ctx, func(ctx context.Context) error {
		if e, err = s.Executions.Get(ctx, e.ID); err != nil {
			return err
		}
		if err := note(&e); err != nil {
			return err
		}
		return s.Executions.Update(ctx, e)
	})
	if err != nil {
		return workflows.Execution{}, err
	}
	return s.view(ctx, e)
}

func (s *service) signalExecution(ctx context.Context, c workflows.SignalExecution) (workflows.Execution, error) {
	e, err := s.execution(ctx, c.ID)
	if err != nil {
		return workflows.Execution{}, err
	}
	if e.Status.Ended() {
		return workflows.Execution{}, domain.Conflict.New(fmt.Sprintf("The execution is %s and waits for nothing.", e.Status))
	}
	payload, err := json.Marshal(c.Payload)
	if err != nil {
		return workflows.Execution{}, domain.Invalid.Wrap(err, "The payload cannot be written as JSON.")
	}
	if err := s.Runtime.Signal(ctx, e.ID.String(), c.Event, payload); err != nil {
		return workflows.Execution{}, err
	}
	if err := s.signalWithin(ctx, e.ID.String(), c.Event, payload); err != nil {
		return workflows.Execution{}, err
	}
	return s.view(ctx, e)
}

// signalWithin hands an event to the iterations and workflows that are under way
// within a run.
func (s *service) signalWithin(ctx context.Context, run, event string, payload []byte) error {
	for _, program := range []string{graphProgram, subProgram} {
		within, err := s.Runtime.List(ctx, durable.Query{Program: program, Prefix: run + "/", Status: durable.Running, Limit: 1000})
		if err != nil {
			return err
		}
		for _, child := range within {
			if err := s.Runtime.Signal(ctx, child.ID, event, payload); err != nil && !errors.Is(err, domain.Conflict) {
				return err
			}
		}
	}
	return nil
}
