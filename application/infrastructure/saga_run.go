package infrastructure

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/saga"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/infrastructure"
)

// stepRun and undoRun are the ids of the runs of a saga. A step is named by its place,
// since its own id may be any text.
func stepRun(one saga.Saga, step string) string {
	place := slices.IndexFunc(one.Steps, func(s saga.Step) bool { return s.ID == step })
	return fmt.Sprintf("saga/%s/%d", one.ID, place)
}

func undoRun(id string) string { return "saga/" + id + "/undo" }

func (s *service) executeStep(ctx context.Context, c infrastructure.ExecuteStep) (infrastructure.Saga, error) {
	one, err := s.saga(ctx, c.ID)
	if err != nil {
		return infrastructure.Saga{}, err
	}
	step, err := one.Step(c.Step)
	if err != nil {
		return infrastructure.Saga{}, err
	}
	if step.Status == saga.StepCompleted {
		return sagaView(one, s.now()), nil
	}
	if wrong := s.Caller.Check(step.Do); wrong != "" && one.Status == saga.Started {
		return infrastructure.Saga{}, domain.Rejected.New("The step " + step.ID + " cannot be executed: " + wrong)
	}
	if one, err = s.change(ctx, c.ID, func(one *saga.Saga, now time.Time) error { return one.Begin(step.ID, now) }); err != nil {
		return infrastructure.Saga{}, err
	}
	if err := s.startStep(ctx, one, step.ID); err != nil {
		return infrastructure.Saga{}, err
	}
	return s.await(ctx, c.ID, stepRun(one, step.ID))
}

func (s *service) compensateSaga(ctx context.Context, c infrastructure.CompensateSaga) (infrastructure.Saga, error) {
	reason := fmt.Sprintf("Compensated by %s.", author(ctx))
	if c.Reason != "" {
		reason = c.Reason
	}
	one, err := s.change(ctx, c.ID, func(one *saga.Saga, _ time.Time) error { return one.Compensate(reason) })
	if err != nil {
		return infrastructure.Saga{}, err
	}
	if err := s.startUndo(ctx, one); err != nil {
		return infrastructure.Saga{}, err
	}
	return s.await(ctx, c.ID, undoRun(one.ID.String()))
}

// startStep begins the run that executes a step, unless there is one.
func (s *service) startStep(ctx context.Context, one saga.Saga, step string) error {
	return s.start(ctx, stepRun(one, step), stepProgram, sagaInput{Saga: one.ID.String(), Step: step})
}

// startUndo begins the run that undoes the saga, unless there is one.
func (s *service) startUndo(ctx context.Context, one saga.Saga) error {
	return s.start(ctx, undoRun(one.ID.String()), undoProgram, sagaInput{Saga: one.ID.String()})
}

func (s *service) start(ctx context.Context, run, program string, input sagaInput) error {
	body, err := json.Marshal(input)
	if err != nil {
		return domain.Internal.Wrap(err, "The input of the saga cannot be written.")
	}
	return s.Runtime.Start(ctx, durable.Start{ID: run, Program: program, Input: body})
}

// await waits for the end of a run and reads the saga afterwards. When ctx ends first
// the run goes on.
func (s *service) await(ctx context.Context, id, run string) (infrastructure.Saga, error) {
	ended, err := s.Runtime.Wait(ctx, run)
	switch {
	case ctx.Err() != nil:
		return infrastructure.Saga{}, domain.Timeout.Wrap(ctx.Err(), "The saga goes on without you; read it with GET /api/v1/infrastructure/sagas/"+id+".")
	case err != nil:
		return infrastructure.Saga{}, err
	case ended.Fault != nil:
		return infrastructure.Saga{}, ended.Fault
	}
	return s.getSaga(ctx, infrastructure.GetSaga{ID: id})
}
