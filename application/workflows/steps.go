package workflows

import (
	"context"
	"errors"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/durable"
)

// maxDepth bounds workflows within workflows, so that one which runs itself ends.
const maxDepth = 10

// loadStep reads the workflow that runs within another, as it is now.
func (s *service) loadStep(ctx context.Context, call durable.Call) ([]byte, error) {
	input, err := decode[subInput](call.Input)
	if err != nil {
		return nil, err
	}
	if input.Depth > maxDepth {
		return nil, domain.Rejected.New("Workflows may run within each other ten deep; does one of them run itself?")
	}
	w, err := s.runnable(ctx, input.Workflow)
	if err != nil {
		return nil, err
	}
	values, err := workflow.Resolve(w.Definition.Parameters, input.Parameters).Unwrap()
	if err != nil {
		return nil, err
	}
	return encode(graphInput{Actions: actionViews(w.Definition.Actions), Values: values, User: input.User, Correlation: input.Correlation, Depth: input.Depth})
}

// finishStep notes how an execution ended, and tells it.
func (s *service) finishStep(ctx context.Context, call durable.Call) ([]byte, error) {
	input, err := decode[finishInput](call.Input)
	if err != nil {
		return nil, err
	}
	id, err := workflow.ParseExecutionID(input.Execution)
	if err != nil {
		return nil, err
	}
	err = s.end(ctx, id, namedOf(input.Outcomes), input.Fault.fault())
	if errors.Is(err, domain.NotFound) {
		return nil, nil // the record was erased meanwhile: nobody is left to tell
	}
	return nil, err
}

// end notes how an execution ended, with its events, once.
func (s *service) end(ctx context.Context, id workflow.ExecutionID, outcomes []workflow.Named, fault *domain.Fault) error {
	return s.Unit.Within(ctx, func(ctx context.Context) error {
		e, err := s.Executions.Get(ctx, id)
		if err != nil || e.Status.Ended() {
			return err
		}
		if err := e.End(s.now(), outcomes, fault); err != nil {
			return err
		}
		return s.tell(ctx, e)
	})
}

// tell stores an execution that ended, with the events of its actions and its own.
func (s *service) tell(ctx context.Context, e workflow.Execution) error {
	if err := s.Executions.Update(ctx, e); err != nil {
		return err
	}
	events := make([]domain.Event, 0, len(e.Outcomes)+1)
	for _, o := range e.Outcomes {
		event, err := s.executionEvent(ctx, workflow.EventExecuted, e, map[string]any{"action_id": o.ID, "status": string(o.Status)})
		if err != nil {
			return err
		}
		events = append(events, event)
	}
	name, more := workflow.EventCompleted, map[string]any{"success": true}
	switch {
	case e.Status == workflow.Cancelled:
		name, more = workflow.EventCancelled, map[string]any{}
	case e.Fault != nil:
		name, more = workflow.EventFailed, map[string]any{"error_message": e.Fault.Message}
	}
	more["duration_ms"] = e.Duration().Milliseconds()
	event, err := s.executionEvent(ctx, name, e, more)
	if err != nil {
		return err
	}
	return s.Outbox.Append(ctx, append(events, event)...)
}

func (s *service) executionEvent(ctx context.Context, name string, e workflow.Execution, more map[string]any) (domain.Event, error) {
	more["execution_id"], more["workflow_id"], more["correlation_id"] = e.ID.String(), e.Workflow.String(), e.Correlation
	event, err := s.event(ctx, name, "execution", e.ID.String(), e.Revision, more)
	event.Correlation = e.Correlation
	return event, err
}
