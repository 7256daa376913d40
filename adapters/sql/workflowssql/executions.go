package workflowssql

import (
	"context"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Executions keeps runs.
type Executions struct{ db *sqlkit.DB }

// NewExecutions returns the runs in an open database that has the Migrations.
func NewExecutions(db *sqlkit.DB) *Executions { return &Executions{db} }

// executionHead is a run without how its actions ended. Version is its revision,
// Structure the version of the workflow that it began with.
type executionHead struct {
	ID          string `gorm:"primaryKey"`
	Workflow    string
	Name        string
	Definition  workflow.Definition `gorm:"serializer:json"`
	Structure   int
	Status      string
	Parameters  map[string]any `gorm:"serializer:json"`
	Fault       *fault         `gorm:"serializer:json"`
	RetryOf     string
	Caller      string
	Correlation string
	Priority    int
	Created     sqlkit.Instant
	Started     sqlkit.Instant
	Completed   sqlkit.Instant
	Version     int
}

func (executionHead) TableName() string { return "executions" }

// executionRow is a run.
type executionRow struct {
	Head     executionHead `gorm:"embedded"`
	Outcomes []outcome     `gorm:"serializer:json"`
}

func (executionRow) TableName() string { return "executions" }

// outcome is how an action ended.
type outcome struct {
	ID     string `json:"id"`
	Status string `json:"status"`
	Output any    `json:"output,omitempty"`
	Fault  *fault `json:"fault,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// fault is kept by the name of its kind.
type fault struct {
	Kind    string `json:"kind"`
	Code    string `json:"code,omitempty"`
	Message string `json:"message"`
}

func faultRow(f *domain.Fault) *fault {
	if f == nil {
		return nil
	}
	return &fault{f.Kind.String(), f.Code, f.Message}
}

func (f *fault) fault() *domain.Fault {
	if f == nil {
		return nil
	}
	return domain.KindNamed(f.Kind).New(f.Message).WithCode(f.Code)
}

func executionRowOf(e workflow.Execution) executionRow {
	row := executionRow{Outcomes: make([]outcome, len(e.Outcomes)), Head: executionHead{
		ID: e.ID.String(), Workflow: e.Workflow.String(), Name: e.Definition.Name, Definition: e.Definition, Structure: e.Version,
		Status: string(e.Status), Parameters: e.Parameters, Fault: faultRow(e.Fault),
		RetryOf: e.RetryOf.String(), Caller: e.User, Correlation: e.Correlation, Priority: e.Priority,
		Created: sqlkit.InstantOf(e.CreatedAt), Started: sqlkit.InstantOf(e.StartedAt), Completed: sqlkit.InstantOf(e.CompletedAt), Version: e.Revision,
	}}
	for i, o := range e.Outcomes {
		row.Outcomes[i] = outcome{o.ID, string(o.Status), o.Output, faultRow(o.Fault), o.Reason}
	}
	return row
}

func (r executionHead) execution() workflow.Execution {
	return workflow.Execution{
		ID: domain.StoredID[workflow.Execution](r.ID), Workflow: domain.StoredID[workflow.Workflow](r.Workflow), Definition: r.Definition, Version: r.Structure,
		Status: workflow.ExecutionStatus(r.Status), Parameters: r.Parameters, Fault: r.Fault.fault(), RetryOf: domain.StoredID[workflow.Execution](r.RetryOf),
		User: r.Caller, Correlation: r.Correlation, Priority: r.Priority,
		CreatedAt: r.Created.Time(), StartedAt: r.Started.Time(), CompletedAt: r.Completed.Time(), Revision: r.Version,
	}
}

func (r executionRow) execution() workflow.Execution {
	e := r.Head.execution()
	for _, o := range r.Outcomes {
		e.Outcomes = append(e.Outcomes, workflow.Named{ID: o.ID, Outcome: workflow.Outcome{
			Status: workflow.ActionStatus(o.Status), Output: o.Output, Fault: o.Fault.fault(), Reason: o.Reason,
		}})
	}
	return e
}

// Add implements workflows.Executions.
func (s *Executions) Add(ctx context.Context, e workflow.Execution) error {
	row := executionRowOf(e)
	return sqlkit.Insert(ctx, s.db, &row, "execution")
}

// Update implements workflows.Executions.
func (s *Executions) Update(ctx context.Context, e workflow.Execution) error {
	row := executionRowOf(e)
	return sqlkit.UpdateVersioned(ctx, s.db, &row, e.Revision-1, "execution")
}

// Get implements workflows.Executions.
func (s *Executions) Get(ctx context.Context, id workflow.ExecutionID) (workflow.Execution, error) {
	row, err := sqlkit.Get[executionRow](ctx, s.db, "execution", sqlkit.Where("id = ?", id.String()))
	return row.execution(), err
}

// Find implements workflows.Executions.
func (s *Executions) Find(ctx context.Context, f workflows.ExecutionFilter, page domain.PageRequest) (domain.Page[workflow.Execution], error) {
	scopes := []sqlkit.Scope{sqlkit.Equal("workflow", f.Workflow.String())}
	if len(f.Status) > 0 {
		scopes = append(scopes, sqlkit.Where("status IN ?", f.Status))
	}
	if !f.From.IsZero() {
		scopes = append(scopes, sqlkit.Where("created >= ?", sqlkit.InstantOf(f.From)))
	}
	if !f.Before.IsZero() {
		scopes = append(scopes, sqlkit.Where("created < ?", sqlkit.InstantOf(f.Before)))
	}
	rows, err := sqlkit.Page[executionHead](ctx, s.db, "execution", "created DESC, id", page, scopes...)
	return domain.MapPage(rows, executionHead.execution), err
}

// Count implements workflows.Executions.
func (s *Executions) Count(ctx context.Context) (map[workflow.ExecutionStatus]int, error) {
	return countBy[workflow.ExecutionStatus](ctx, s.db, "executions")
}

// Busiest implements workflows.Executions.
func (s *Executions) Busiest(ctx context.Context, limit int) ([]workflows.Busy, error) {
	rows, err := s.db.RawRead(ctx).QueryContext(ctx, `
		SELECT workflow, count(*) AS runs,
		  (SELECT name FROM executions last WHERE last.workflow = e.workflow ORDER BY created DESC, id LIMIT 1)
		FROM executions e GROUP BY workflow ORDER BY runs DESC, workflow LIMIT $1`, limit)
	if err != nil {
		return nil, sqlkit.Translate(err, "execution")
	}
	defer func() { _ = rows.Close() }()
	var busy []workflows.Busy
	for rows.Next() {
		var b workflows.Busy
		var id string
		if err := rows.Scan(&id, &b.Runs, &b.Name); err != nil {
			return nil, sqlkit.Translate(err, "execution")
		}
		b.Workflow = domain.StoredID[workflow.Workflow](id)
		busy = append(busy, b)
	}
	return busy, sqlkit.Translate(rows.Err(), "execution")
}
