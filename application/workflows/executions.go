package workflows

import (
	"context"
	"errors"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

func (s *service) execution(ctx context.Context, text string) (workflow.Execution, error) {
	id, err := workflow.ParseExecutionID(text)
	if err != nil {
		return workflow.Execution{}, err
	}
	e, err := s.Executions.Get(ctx, id)
	if errors.Is(err, domain.NotFound) {
		err = domain.NotFound.Wrap(err, "Execution not found: "+text+". List them with GET /api/v1/workflows/executions.").
			WithDetail("resource_type", "execution").WithDetail("resource_id", text)
	}
	return e, err
}

func (s *service) getExecution(ctx context.Context, c workflows.GetExecution) (workflows.Execution, error) {
	e, err := s.execution(ctx, c.ID)
	if err != nil {
		return workflows.Execution{}, err
	}
	return s.view(ctx, e)
}

// view is a run with the results so far.
func (s *service) view(ctx context.Context, e workflow.Execution) (workflows.Execution, error) {
	view := executionView(e)
	known, err := s.replay(ctx, e)
	if err != nil && !errors.Is(err, domain.NotFound) {
		return workflows.Execution{}, err
	}
	outcomes := e.Outcomes
	var current []string
	if err == nil && !e.Status.Ended() {
		outcomes = known.walk.progress.Outcomes()
		for _, r := range known.walk.ready {
			current = append(current, r.ID)
			view.Results = append(view.Results, workflows.ActionResult{ActionID: r.ID, Status: string(workflow.ActionRunning)})
		}
	}
	results := make([]workflows.ActionResult, 0, len(outcomes)+len(current))
	for _, o := range outcomes {
		at := known.times[o.ID]
		results = append(results, resultView(o, at.Started, at.Ended))
	}
	view.Results = append(results, view.Results...)
	view.Progress = progressView(len(outcomes), len(e.Definition.Actions), current)
	return view, nil
}

func (s *service) listExecutions(ctx context.Context, c workflows.ListExecutions) (workflows.ExecutionList, error) {
	f := workflows.ExecutionFilter{From: usecase.Given(c.StartedAfter), Before: usecase.Given(c.StartedBefore)}
	if c.WorkflowID != "" {
		w, err := workflow.ParseID(c.WorkflowID)
		if err != nil {
			return workflows.ExecutionList{}, err
		}
		f.Workflow = w
	}
	if c.Status != "" {
		f.Status = []workflow.ExecutionStatus{workflow.ExecutionStatus(c.Status)}
	}
	found, err := s.Executions.Find(ctx, f, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	if err != nil {
		return workflows.ExecutionList{}, err
	}
	page := domain.MapPage(found, executionView)
	return workflows.ExecutionList{Items: page.Items, Total: page.Total, Limit: page.Limit, Offset: page.Offset, HasMore: page.HasMore()}, nil
}

func (s *service) explainExecution(ctx context.Context, c workflows.ExplainExecution) (workflows.Explanation, error) {
	e, err := s.execution(ctx, c.ID)
	if err != nil {
		return workflows.Explanation{}, err
	}
	known, err := s.replay(ctx, e)
	switch {
	case errors.Is(err, domain.NotFound) && !e.Status.Ended():
		e.Status = workflow.Pending // recorded, and not yet begun
	case err != nil && !errors.Is(err, domain.NotFound):
		return workflows.Explanation{}, err
	}
	var ready []workflow.Ready
	if known.walk != nil {
		ready = known.walk.ready
	}
	explained := workflows.Explanation{ExecutionID: e.ID.String(), Status: string(e.Status), WaitsFor: []string{}}
	explained.Explanation = workflow.Explain(e, ready, known.since, s.now())
	if e.Status == workflow.Running {
		for _, r := range ready {
			explained.WaitsFor = append(explained.WaitsFor, r.ID)
		}
	}
	return explained, nil
}
