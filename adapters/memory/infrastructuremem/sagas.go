// Package infrastructuremem keeps sagas and the tries of dead letters in memory, for
// tests and for programs that keep nothing.
package infrastructuremem

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/saga"
	"github.com/docsteward/docsteward/ports/infrastructure"
)

var (
	_ infrastructure.Sagas   = (*Sagas)(nil)
	_ infrastructure.Retries = (*Retries)(nil)
)

// Sagas keeps sagas.
type Sagas struct {
	db   *memkit.DB
	rows *memkit.Table[string, saga.Saga]
}

// NewSagas returns no sagas in db.
func NewSagas(db *memkit.DB) *Sagas {
	return &Sagas{db, memkit.NewTable[string](db, saga.Saga.Copy)}
}

// Add implements infrastructure.Sagas.
func (s *Sagas) Add(ctx context.Context, one saga.Saga) error {
	return s.rows.Insert(ctx, one.ID.String(), one, "saga")
}

// Update implements infrastructure.Sagas.
func (s *Sagas) Update(ctx context.Context, one saga.Saga) error {
	return s.rows.Update(ctx, one.ID.String(), "saga", func(stored saga.Saga) (saga.Saga, error) {
		if stored.Revision != one.Revision-1 {
			return one, domain.Conflict.New("The saga was changed since it was read; read it again.").WithDetail("revision", stored.Revision)
		}
		return one, nil
	})
}

// Get implements infrastructure.Sagas.
func (s *Sagas) Get(ctx context.Context, id saga.ID) (saga.Saga, error) {
	one, ok, err := s.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such saga.")
	}
	return one, err
}

// Find implements infrastructure.Sagas.
func (s *Sagas) Find(ctx context.Context, f infrastructure.SagaFilter, page domain.PageRequest) (domain.Page[saga.Saga], error) {
	rows, err := s.rows.Select(ctx, func(one saga.Saga) bool {
		return is(f.Type, one.Type) && is(f.Correlation, one.Correlation) && (len(f.Status) == 0 || slices.Contains(f.Status, one.Status))
	})
	slices.SortFunc(rows, func(a, b saga.Saga) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return memkit.PageOf(rows, page), err
}

func is(wanted, given string) bool { return wanted == "" || wanted == given }

// Count implements infrastructure.Sagas.
func (s *Sagas) Count(ctx context.Context) (infrastructure.SagaCounts, error) {
	counts := infrastructure.SagaCounts{ByStatus: make(map[saga.Status]int)}
	rows, err := s.rows.Select(ctx, nil)
	var took time.Duration
	for _, one := range rows {
		counts.ByStatus[one.Status]++
		if one.Status == saga.Completed {
			took += one.CompletedAt.Sub(one.StartedAt)
		}
		if one.Status.Active() && (counts.OldestActive.IsZero() || one.StartedAt.Before(counts.OldestActive)) {
			counts.OldestActive = one.StartedAt
		}
	}
	if n := counts.ByStatus[saga.Completed]; n > 0 {
		counts.Mean = (took / time.Duration(n)).Truncate(time.Microsecond)
	}
	return counts, err
}

// Purge implements infrastructure.Sagas.
func (s *Sagas) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	n := 0
	err := s.db.Within(ctx, func(ctx context.Context) error {
		rows, err := s.rows.Select(ctx, func(one saga.Saga) bool { return one.Status.Final() && one.CompletedAt.Before(before) })
		slices.SortFunc(rows, func(a, b saga.Saga) int {
			return cmp.Or(a.CompletedAt.Compare(b.CompletedAt), strings.Compare(a.ID.String(), b.ID.String()))
		})
		for _, one := range rows[:min(limit, len(rows))] {
			if _, err := s.rows.Delete(ctx, one.ID.String()); err != nil {
				return err
			}
			n++
		}
		return err
	})
	return n, err
}
