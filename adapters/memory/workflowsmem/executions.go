package workflowsmem

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Executions keeps runs.
type Executions struct {
	rows *memkit.Table[string, workflow.Execution]
}

// NewExecutions returns no runs in db.
func NewExecutions(db *memkit.DB) *Executions {
	return &Executions{memkit.NewTable[string](db, func(e workflow.Execution) workflow.Execution {
		e.Parameters, e.Outcomes = maps.Clone(e.Parameters), slices.Clone(e.Outcomes)
		return e
	})}
}

// Add implements workflows.Executions.
func (s *Executions) Add(ctx context.Context, e workflow.Execution) error {
	return s.rows.Insert(ctx, e.ID.String(), e, "execution")
}

// Update implements workflows.Executions.
func (s *Executions) Update(ctx context.Context, e workflow.Execution) error {
	return s.rows.Update(ctx, e.ID.String(), "execution", func(stored workflow.Execution) (workflow.Execution, error) {
		if stored.Revision != e.Revision-1 {
			return e, domain.Conflict.New("The execution went on since it was read; read it again.").WithDetail("revision", stored.Revision)
		}
		return e, nil
	})
}

// Get implements workflows.Executions.
func (s *Executions) Get(ctx context.Context, id workflow.ExecutionID) (workflow.Execution, error) {
	e, ok, err := s.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such execution.")
	}
	return e, err
}

// Find implements workflows.Executions.
func (s *Executions) Find(ctx context.Context, f workflows.ExecutionFilter, page domain.PageRequest) (domain.Page[workflow.Execution], error) {
	rows, err := s.rows.Select(ctx, func(e workflow.Execution) bool {
		return (f.Workflow.IsZero() || e.Workflow == f.Workflow) && (len(f.Status) == 0 || slices.Contains(f.Status, e.Status)) &&
			!e.CreatedAt.Before(f.From) && (f.Before.IsZero() || e.CreatedAt.Before(f.Before))
	})
	slices.SortFunc(rows, func(a, b workflow.Execution) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), strings.Compare(a.ID.String(), b.ID.String()))
	})
	for i := range rows {
		rows[i].Outcomes = nil
	}
	return memkit.PageOf(rows, page), err
}

// Count implements workflows.Executions.
func (s *Executions) Count(ctx context.Context) (map[workflow.ExecutionStatus]int, error) {
	rows, err := s.rows.Select(ctx, nil)
	counts := make(map[workflow.ExecutionStatus]int)
	for _, e := range rows {
		counts[e.Status]++
	}
	return counts, err
}

// Busiest implements workflows.Executions.
func (s *Executions) Busiest(ctx context.Context, limit int) ([]workflows.Busy, error) {
	rows, err := s.rows.Select(ctx, nil)
	slices.SortStableFunc(rows, func(a, b workflow.Execution) int { return a.CreatedAt.Compare(b.CreatedAt) })
	found := make(map[workflow.ID]*workflows.Busy)
	for _, e := range rows {
		if found[e.Workflow] == nil {
			found[e.Workflow] = &workflows.Busy{Workflow: e.Workflow}
		}
		found[e.Workflow].Name = e.Definition.Name
		found[e.Workflow].Runs++
	}
	busy := make([]workflows.Busy, 0, len(found))
	for _, b := range found {
		busy = append(busy, *b)
	}
	slices.SortFunc(busy, func(a, b workflows.Busy) int {
		return cmp.Or(cmp.Compare(b.Runs, a.Runs), strings.Compare(a.Workflow.String(), b.Workflow.String()))
	})
	return busy[:min(limit, len(busy))], err
}
