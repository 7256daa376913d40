package infrastructure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/saga"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Names of programs and steps: they are part of what is recorded.
const (
	stepProgram = "saga_step"
	undoProgram = "saga_undo"

	callStep    = "saga_call"
	firstStep   = "saga_first"
	advanceStep = "saga_advance"
)

// stepTimeout is how long one attempt of a call may take.
const stepTimeout = 30 * time.Second

// Retries of calls, and of what must be noted at last, for about a day. Never written.
var (
	doing   = durable.Retry{Attempts: 3, Delay: time.Second}
	undoing = durable.Retry{Attempts: 10, Delay: time.Second}
	patient = durable.Retry{Attempts: 300, Delay: time.Second}
)

// sagaInput is what a run works on.
type sagaInput struct {
	Saga string `json:"saga"`
	Step string `json:"step,omitempty"`
}

// sagaMove is how a call ended. The one without a step asks for the first call.
type sagaMove struct {
	Saga string `json:"saga"`
	Step string `json:"step,omitempty"`
	Undo bool   `json:"undo,omitempty"`
	// Cause says why the call failed; empty when it did not.
	Cause string `json:"cause,omitempty"`
}

// sagaCall is a call to make.
type sagaCall struct {
	Step        string         `json:"step"`
	Undo        bool           `json:"undo,omitempty"`
	Service     string         `json:"service"`
	Operation   string         `json:"operation"`
	Parameters  map[string]any `json:"parameters,omitempty"`
	User        string         `json:"user,omitempty"`
	Correlation string         `json:"correlation,omitempty"`
}

// sagaNext is what comes after a move.
type sagaNext struct {
	// Call is the next one to make; nil when there is none.
	Call *sagaCall `json:"call,omitempty"`
	// Undo tells that the saga is to be undone.
	Undo bool `json:"undo,omitempty"`
}

// Programs returns the programs and steps of sagas, for a runtime. The Runtime of deps
// is not needed.
func Programs(deps Deps) durable.Registry {
	s := &service{deps}
	return durable.Registry{
		Programs: map[string]durable.Program{stepProgram: executeOne, undoProgram: undoAll},
		Steps:    map[string]durable.Step{callStep: s.call, firstStep: s.first, advanceStep: s.advance},
	}
}

// executeOne calls a step and notes how that ended. When it failed, what was done
// before is undone by a run of its own, of which there is one only.
func executeOne(flow durable.Flow, body []byte) ([]byte, error) {
	var input sagaInput
	if err := json.Unmarshal(body, &input); err != nil {
		return nil, domain.Internal.Wrap(err, "The input of the saga cannot be read.")
	}
	next, err := ask(flow, firstStep, "~first", sagaMove{Saga: input.Saga, Step: input.Step})
	if err != nil || next.Call == nil {
		return nil, err
	}
	move, err := carryOut(flow, input.Saga, *next.Call)
	if err != nil {
		return nil, err
	}
	next, err = ask(flow, advanceStep, "~note", move)
	if err != nil || !next.Undo {
		return nil, err
	}
	whole, err := json.Marshal(sagaInput{Saga: input.Saga})
	if err != nil {
		return nil, domain.Internal.Wrap(err, "The input of the saga cannot be written.")
	}
	return flow.Child(undoRun(input.Saga), undoProgram, whole).Wait()
}

// undoAll undoes what was done, the last first. What comes next it asks the saga, which
// knows what was undone already.
func undoAll(flow durable.Flow, body []byte) ([]byte, error) {
	var input sagaInput
	if err := json.Unmarshal(body, &input); err != nil {
		return nil, domain.Internal.Wrap(err, "The input of the saga cannot be read.")
	}
	move := sagaMove{Saga: input.Saga}
	for n := 0; ; n++ {
		next, err := ask(flow, advanceStep, fmt.Sprint("~next/", n), move)
		if err != nil || next.Call == nil {
			return nil, err
		}
		if move, err = carryOut(flow, input.Saga, *next.Call); err != nil {
			return nil, err
		}
	}
}

// ask hands a move to a step and returns what comes next.
func ask(flow durable.Flow, step, name string, move sagaMove) (sagaNext, error) {
	body, err := json.Marshal(move)
	if err != nil {
		return sagaNext{}, domain.Internal.Wrap(err, "The move of the saga cannot be written.")
	}
	answer, err := flow.Go(durable.Task{Step: step, Name: name, Input: body, Retry: patient}).Wait()
	if err != nil {
		return sagaNext{}, err
	}
	var next sagaNext
	if err := json.Unmarshal(answer, &next); err != nil {
		return sagaNext{}, domain.Internal.Wrap(err, "The next call of the saga cannot be read.")
	}
	return next, nil
}

// carryOut makes a call and returns how it ended. It fails only when the run stops.
func carryOut(flow durable.Flow, id string, call sagaCall) (sagaMove, error) {
	body, err := json.Marshal(call)
	if err != nil {
		return sagaMove{}, domain.Internal.Wrap(err, "The call of the saga cannot be written.")
	}
	name, retry := "do/"+call.Step, doing
	if call.Undo {
		name, retry = "undo/"+call.Step, undoing
	}
	_, err = flow.Go(durable.Task{Step: callStep, Name: name, Key: "saga/" + id + "/" + name, Input: body, Retry: retry, Timeout: stepTimeout}).Wait()
	move := sagaMove{Saga: id, Step: call.Step, Undo: call.Undo}
	switch {
	case errors.Is(err, durable.ErrStopped):
		return sagaMove{}, err
	case err != nil:
		move.Cause = domain.FaultOf(err).Message
		if move.Cause == "" {
			move.Cause = domain.FaultOf(err).Kind.String()
		}
	}
	return move, nil
}

// call is the step that calls an operation.
func (s *service) call(ctx context.Context, call durable.Call) ([]byte, error) {
	var c sagaCall
	if err := json.Unmarshal(call.Input, &c); err != nil {
		return nil, domain.Internal.Wrap(err, "The call of the saga cannot be read.")
	}
	meta := usecase.MetaOf(ctx)
	meta.Correlation = c.Correlation
	err := s.Caller.Call(usecase.WithMeta(ctx, meta), saga.Call{Service: c.Service, Operation: c.Operation, Parameters: c.Parameters}, call.Key, c.User)
	return nil, err
}

// first is the step that answers the call of a step that has not ended.
func (s *service) first(ctx context.Context, call durable.Call) ([]byte, error) {
	var move sagaMove
	if err := json.Unmarshal(call.Input, &move); err != nil {
		return nil, domain.Internal.Wrap(err, "The move of the saga cannot be read.")
	}
	one, err := s.saga(ctx, move.Saga)
	if err != nil {
		return nil, err
	}
	step, err := one.Step(move.Step)
	if err != nil {
		return nil, err
	}
	var next sagaNext
	if step.Status == saga.StepPending && one.Status == saga.Started {
		next.Call = callOf(one, step.ID, false, step.Do)
	}
	return json.Marshal(next)
}

// advance is the step that notes how a call ended and answers what comes next.
func (s *service) advance(ctx context.Context, call durable.Call) ([]byte, error) {
	var move sagaMove
	if err := json.Unmarshal(call.Input, &move); err != nil {
		return nil, domain.Internal.Wrap(err, "The move of the saga cannot be read.")
	}
	var next sagaNext
	one, err := s.change(ctx, move.Saga, func(one *saga.Saga, now time.Time) error {
		next = sagaNext{}
		note(one, move, now)
		if step, more := one.NextUndo(); more {
			next.Call = callOf(*one, step.ID, true, step.Undo)
			return nil
		}
		one.Settle(now)
		return nil
	})
	if err != nil {
		return nil, err
	}
	next.Undo = one.Status == saga.Compensating
	return json.Marshal(next)
}

// note notes how a call ended.
func note(one *saga.Saga, move sagaMove, now time.Time) {
	switch {
	case move.Step == "":
	case move.Undo:
		one.Undone(move.Step, move.Cause, now)
	case move.Cause == "":
		one.Succeed(move.Step, now)
	default:
		one.Fail(move.Step, move.Cause, now)
	}
}

func callOf(one saga.Saga, step string, undo bool, call saga.Call) *sagaCall {
	return &sagaCall{
		Step: step, Undo: undo, Service: call.Service, Operation: call.Operation, Parameters: call.Parameters, User: one.User, Correlation: one.Correlation,
	}
}
