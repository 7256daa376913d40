package workflows

import (
	"context"
	"fmt"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

func (s *service) runWorkflow(ctx context.Context, c workflows.RunWorkflow) (workflows.Execution, error) {
	return s.executeWorkflow(ctx, workflows.ExecuteWorkflow(c))
}

func (s *service) executeWorkflow(ctx context.Context, c workflows.ExecuteWorkflow) (workflows.Execution, error) {
	w, err := s.runnable(ctx, c.WorkflowID)
	if err != nil {
		return workflows.Execution{}, err
	}
	values, err := workflow.Resolve(w.Definition.Parameters, c.Parameters).Unwrap()
	if err != nil {
		return workflows.Execution{}, err
	}
	correlation := c.CorrelationID
	if correlation == "" {
		correlation = usecase.MetaOf(ctx).Correlation
	}
	return s.launch(ctx, workflow.Execution{
		Workflow: w.ID, Definition: w.Definition, Version: w.Version, Status: workflow.Pending, Parameters: values,
		User: caller(ctx, c.UserID), Correlation: correlation, Priority: c.Priority,
	}, nil)
}

// runnable returns a workflow that may be run.
func (s *service) runnable(ctx context.Context, name string) (workflow.Workflow, error) {
	w, err := s.find(ctx, name)
	if err == nil && w.Status != workflow.Active {
		err = domain.Rejected.New(fmt.Sprintf("The workflow %s is %s and not active; activate it with PUT /api/v1/workflows/%s and status active.", w.Definition.Name, w.Status, w.ID))
	}
	return w, err
}

// launch records a new run and has the runtime begin it. When the process dies in
// between, Reconcile has it begun.
func (s *service) launch(ctx context.Context, e workflow.Execution, done []workflow.Named) (workflows.Execution, error) {
	id, err := workflow.ParseExecutionID(s.IDs.New())
	if err != nil {
		return workflows.Execution{}, err
	}
	e.ID, e.CreatedAt, e.Revision = id, s.now(), 0
	if err := e.Start(e.CreatedAt); err != nil {
		return workflows.Execution{}, err
	}
	e.Outcomes = done
	event, err := s.executionEvent(ctx, workflow.EventStarted, e, map[string]any{"parameters_count": len(e.Parameters)})
	if err != nil {
		return workflows.Execution{}, err
	}
	err = s.Unit.Within(ctx, func(ctx context.Context) error {
		if err := s.Executions.Add(ctx, e); err != nil {
			return err
		}
		return s.Outbox.Append(ctx, event)
	})
	if err != nil {
		return workflows.Execution{}, err
	}
	if err := s.begin(ctx, e); err != nil {
		return workflows.Execution{}, err
	}
	return executionView(e), nil
}

// begin has the runtime run an execution; one that it has already is left alone.
func (s *service) begin(ctx context.Context, e workflow.Execution) error {
	body, err := encode(workflowInput{Execution: e.ID.String(), Graph: graphInput{
		Actions: actionViews(e.Definition.Actions), Values: withRun(e), Done: records(e.Outcomes), User: e.User, Correlation: e.Correlation,
	}})
	if err != nil {
		return err
	}
	return s.Runtime.Start(ctx, durable.Start{ID: e.ID.String(), Program: workflowProgram, Input: body})
}

// withRun adds what a run knows of itself to its parameters.
func withRun(e workflow.Execution) map[string]any {
	values := map[string]any{"run": map[string]any{
		"id": e.ID.String(), "workflow_id": e.Workflow.String(), "user_id": e.User, "correlation_id": e.Correlation,
		"created_at": e.CreatedAt.Format("2006-01-02T15:04:05Z07:00"),
	}}
	for name, value := range e.Parameters {
		values[name] = value
	}
	return values
}

func (s *service) retryExecution(ctx context.Context, c workflows.RetryExecution) (workflows.Execution, error) {
	e, err := s.execution(ctx, c.ID)
	if err != nil {
		return workflows.Execution{}, err
	}
	if e.Status != workflow.Failed {
		return workflows.Execution{}, domain.Conflict.New(fmt.Sprintf("The execution is %s; only a failed one is tried again.", e.Status))
	}
	done := e.Definition.TakeOver(e.Outcomes)
	return s.launch(ctx, workflow.Execution{
		Workflow: e.Workflow, Definition: e.Definition, Version: e.Version, Status: workflow.Pending, Parameters: e.Parameters,
		RetryOf: e.ID, User: caller(ctx, ""), Correlation: e.Correlation, Priority: e.Priority,
	}, done)
}
