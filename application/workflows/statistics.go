package workflows

import (
	"context"
	"slices"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/workflows"
)

// busiest is how many workflows the statistics name.
const busiest = 10

func (s *service) getStatistics(ctx context.Context, _ workflows.GetStatistics) (workflows.Statistics, error) {
	kept, err := s.Definitions.Count(ctx)
	if err != nil {
		return workflows.Statistics{}, err
	}
	runs, err := s.Executions.Count(ctx)
	if err != nil {
		return workflows.Statistics{}, err
	}
	busy, err := s.Executions.Busiest(ctx, busiest)
	if err != nil {
		return workflows.Statistics{}, err
	}
	summary := workflows.StatisticsSummary{Workflows: tally(kept), Executions: tally(runs), MostActiveWorkflows: make([]workflows.ActiveCount, len(busy))}
	if ended := runs[workflow.Done] + runs[workflow.Failed]; ended > 0 {
		summary.SuccessRate = float64(runs[workflow.Done]) / float64(ended)
	}
	for i, b := range busy {
		summary.MostActiveWorkflows[i] = workflows.ActiveCount{WorkflowID: b.Workflow.String(), Name: b.Name, Executions: b.Runs}
	}
	return workflows.Statistics{Summary: summary, GeneratedAt: s.now()}, nil
}

// tally names the counts and adds their total.
func tally[S ~string](counts map[S]int) map[string]int {
	named := map[string]int{"total": 0}
	for status, n := range counts {
		named[string(status)] = n
		named["total"] += n
	}
	return named
}

func (s *service) listActivity(ctx context.Context, c workflows.ListActivity) (workflows.ActivityList, error) {
	page := domain.PageRequest{Limit: c.Limit}
	made, err := s.Definitions.Find(ctx, workflows.Filter{}, page)
	if err != nil {
		return workflows.ActivityList{}, err
	}
	runs, err := s.Executions.Find(ctx, workflows.ExecutionFilter{}, page)
	if err != nil {
		return workflows.ActivityList{}, err
	}
	var all []workflows.Activity
	for _, w := range made.Items {
		all = append(all, workflows.Activity{
			ID: w.ID.String(), Type: "workflow_created", Timestamp: w.CreatedAt, UserID: w.CreatedBy, Details: map[string]string{"name": w.Definition.Name},
		})
	}
	for _, e := range runs.Items {
		details := map[string]string{"workflow_id": e.Workflow.String(), "name": e.Definition.Name}
		all = append(all, workflows.Activity{ID: e.ID.String(), Type: "workflow_executed", Timestamp: e.CreatedAt, UserID: e.User, Details: details})
		if e.Status.Ended() {
			all = append(all, workflows.Activity{ID: e.ID.String(), Type: "workflow_" + string(e.Status), Timestamp: e.CompletedAt, UserID: e.User, Details: details})
		}
	}
	if c.Since != nil {
		all = slices.DeleteFunc(all, func(a workflows.Activity) bool { return !a.Timestamp.After(*c.Since) })
	}
	slices.SortStableFunc(all, func(a, b workflows.Activity) int { return b.Timestamp.Compare(a.Timestamp) })
	all = all[:min(len(all), c.Limit)]
	return workflows.ActivityList{Activity: append([]workflows.Activity{}, all...), Total: len(all), GeneratedAt: s.now()}, nil
}
