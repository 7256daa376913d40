package infrastructuresql

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/saga"
	"github.com/docsteward/docsteward/ports/infrastructure"
)

// Sagas keeps sagas.
type Sagas struct{ db *sqlkit.DB }

// NewSagas returns the sagas in an open database that has the Migrations.
func NewSagas(db *sqlkit.DB) *Sagas { return &Sagas{db} }

// sagaRow is a saga; Version is its revision.
type sagaRow struct {
	ID          string `gorm:"primaryKey"`
	Kind        string
	Correlation string
	Caller      string
	Steps       []sagaStep     `gorm:"serializer:json"`
	Metadata    map[string]any `gorm:"serializer:json"`
	Status      string
	Created     sqlkit.Instant
	Started     sqlkit.Instant
	Completed   sqlkit.Instant
	Deadline    sqlkit.Instant
	Error       string
	Version     int
}

func (sagaRow) TableName() string { return "sagas" }

type sagaStep struct {
	ID        string         `json:"id"`
	Do        sagaCall       `json:"do"`
	Undo      sagaCall       `json:"undo"`
	Status    string         `json:"status"`
	Executed  sqlkit.Instant `json:"executed,omitempty"`
	Completed sqlkit.Instant `json:"completed,omitempty"`
	Error     string         `json:"error,omitempty"`
	Undone    string         `json:"undone,omitempty"`
	UndoneAt  sqlkit.Instant `json:"undone_at,omitempty"`
	UndoError string         `json:"undo_error,omitempty"`
}

type sagaCall struct {
	Service    string         `json:"service"`
	Operation  string         `json:"operation,omitempty"`
	Parameters map[string]any `json:"parameters,omitempty"`
}

func sagaRowOf(s saga.Saga) sagaRow {
	row := sagaRow{
		ID: s.ID.String(), Kind: s.Type, Correlation: s.Correlation, Caller: s.User, Metadata: s.Metadata, Status: string(s.Status),
		Created: sqlkit.InstantOf(s.CreatedAt), Started: sqlkit.InstantOf(s.StartedAt), Completed: sqlkit.InstantOf(s.CompletedAt),
		Deadline: sqlkit.InstantOf(s.DeadlineAt), Error: s.Error, Version: s.Revision,
	}
	for _, step := range s.Steps {
		row.Steps = append(row.Steps, sagaStep{
			ID: step.ID, Do: sagaCall(step.Do), Undo: sagaCall(step.Undo), Status: string(step.Status), Executed: sqlkit.InstantOf(step.ExecutedAt),
			Completed: sqlkit.InstantOf(step.CompletedAt), Error: step.Error, Undone: string(step.Undone), UndoneAt: sqlkit.InstantOf(step.UndoneAt),
			UndoError: step.UndoError,
		})
	}
	return row
}

func (r sagaRow) saga() saga.Saga {
	s := saga.Saga{
		ID: domain.StoredID[saga.Saga](r.ID), Type: r.Kind, Correlation: r.Correlation, User: r.Caller, Metadata: r.Metadata, Status: saga.Status(r.Status),
		CreatedAt: r.Created.Time(), StartedAt: r.Started.Time(), CompletedAt: r.Completed.Time(), DeadlineAt: r.Deadline.Time(),
		Error: r.Error, Revision: r.Version,
	}
	for _, step := range r.Steps {
		s.Steps = append(s.Steps, saga.Step{
			ID: step.ID, Do: saga.Call(step.Do), Undo: saga.Call(step.Undo), Status: saga.StepStatus(step.Status), ExecutedAt: step.Executed.Time(),
			CompletedAt: step.Completed.Time(), Error: step.Error, Undone: saga.StepStatus(step.Undone), UndoneAt: step.UndoneAt.Time(),
			UndoError: step.UndoError,
		})
	}
	return s
}

// Add implements infrastructure.Sagas.
func (s *Sagas) Add(ctx context.Context, one saga.Saga) error {
	row := sagaRowOf(one)
	return sqlkit.Insert(ctx, s.db, &row, "saga")
}

// Update implements infrastructure.Sagas.
func (s *Sagas) Update(ctx context.Context, one saga.Saga) error {
	row := sagaRowOf(one)
	return sqlkit.UpdateVersioned(ctx, s.db, &row, one.Revision-1, "saga")
}

// Get implements infrastructure.Sagas.
func (s *Sagas) Get(ctx context.Context, id saga.ID) (saga.Saga, error) {
	row, err := sqlkit.Get[sagaRow](ctx, s.db, "saga", sqlkit.Where("id = ?", id.String()))
	return row.saga(), err
}

// Find implements infrastructure.Sagas.
func (s *Sagas) Find(ctx context.Context, f infrastructure.SagaFilter, page domain.PageRequest) (domain.Page[saga.Saga], error) {
	scopes := []sqlkit.Scope{sqlkit.Equal("kind", f.Type), sqlkit.Equal("correlation", f.Correlation)}
	if len(f.Status) > 0 {
		scopes = append(scopes, sqlkit.Where("status IN ?", f.Status))
	}
	rows, err := sqlkit.Page[sagaRow](ctx, s.db, "saga", "created DESC, id", page, scopes...)
	return domain.MapPage(rows, sagaRow.saga), err
}

// Count implements infrastructure.Sagas.
func (s *Sagas) Count(ctx context.Context) (infrastructure.SagaCounts, error) {
	counts := infrastructure.SagaCounts{ByStatus: make(map[saga.Status]int)}
	rows, err := s.db.RawRead(ctx).QueryContext(ctx, "SELECT status, count(*), min(started), sum(completed - started) FROM sagas GROUP BY status")
	if err != nil {
		return counts, sqlkit.Translate(err, "saga")
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var status saga.Status
		var n, oldest, took int64
		if err := rows.Scan(&status, &n, &oldest, &took); err != nil {
			return counts, sqlkit.Translate(err, "saga")
		}
		counts.ByStatus[status] = int(n)
		first := sqlkit.Instant(oldest).Time()
		switch {
		case status == saga.Completed:
			counts.Mean = time.Duration(took/n) * time.Microsecond
		case status.Active() && (counts.OldestActive.IsZero() || first.Before(counts.OldestActive)):
			counts.OldestActive = first
		}
	}
	return counts, sqlkit.Translate(rows.Err(), "saga")
}

// Purge implements infrastructure.Sagas.
func (s *Sagas) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return sqlkit.Delete[sagaRow](ctx, s.db, "saga", sqlkit.Where(
		`id IN (SELECT id FROM sagas WHERE status IN ('completed', 'failed', 'aborted') AND completed < ? ORDER BY completed, id LIMIT ?)`,
		sqlkit.InstantOf(before), limit))
}
