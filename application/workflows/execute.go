package workflows

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

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
	id, err := workflow.ParseExecutionID(s.runID(ctx, e.Workflow.String()+"\x00"+e.RetryOf.String()))
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
	if errors.Is(err, domain.Conflict) && keyed(ctx) {
		return s.begun(ctx, id)
	}
	if err != nil {
		return workflows.Execution{}, err
	}
	if err := s.begin(ctx, e); err != nil {
		return workflows.Execution{}, err
	}
	return executionView(e), nil
}

// keyed reports whether the caller named its intent, so that asking twice begins one
// run.
func keyed(ctx context.Context) bool { return usecase.MetaOf(ctx).IdempotencyKey != "" }

// runID is that of a new run: made up, or that which the key of the caller leads to.
func (s *service) runID(ctx context.Context, subject string) string {
	if !keyed(ctx) {
		return s.IDs.New()
	}
	meta := usecase.MetaOf(ctx)
	sum := sha256.Sum256([]byte(strings.Join([]string{meta.Caller.User, meta.Caller.Service, subject, meta.IdempotencyKey}, "\x00")))
	return "k-" + hex.EncodeToString(sum[:16])
}

// begun returns the run that the same key led to before, and has it begin where the
// process died in between.
func (s *service) begun(ctx context.Context, id workflow.ExecutionID) (workflows.Execution, error) {
	e, err := s.Executions.Get(ctx, id)
	if err != nil {
		return workflows.Execution{}, err
	}
	if !e.Status.Ended() {
		if err := s.begin(ctx, e); err != nil {
			return workflows.Execution{}, err
		}
	}
	return s.view(ctx, e)
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
