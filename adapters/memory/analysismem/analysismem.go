// Package analysismem keeps what the analysis recorded in memory, for tests and for
// programs that keep nothing.
package analysismem

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/ports/analysis"
)

var (
	_ analysis.Checks = (*Checks)(nil)
	_ analysis.Claims = (*Claims)(nil)
	_ analysis.Turns  = (*Turns)(nil)
	_ analysis.Facts  = (*Facts)(nil)
)

// Checks keeps the checks of projects.
type Checks struct {
	db   *memkit.DB
	rows *memkit.Table[string, check.Check]
}

// NewChecks returns no checks in db.
func NewChecks(db *memkit.DB) *Checks {
	return &Checks{db, memkit.NewTable[string](db, func(c check.Check) check.Check {
		c.Changes, c.Troubles = slices.Clone(c.Changes), slices.Clone(c.Troubles)
		c.StartedAt, c.FinishedAt = instant(c.StartedAt), instant(c.FinishedAt)
		return c
	})}
}

// instant is an instant as every store keeps it.
func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// Add implements analysis.Checks.
func (s *Checks) Add(ctx context.Context, c check.Check) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		same, err := s.rows.Select(ctx, func(o check.Check) bool { return o.Project == c.Project && o.Number == c.Number })
		if err != nil {
			return err
		}
		if len(same) > 0 {
			return domain.Conflict.New("The project has a check of that number already.")
		}
		return s.rows.Insert(ctx, c.ID.String(), c, "check")
	})
}

// Get implements analysis.Checks.
func (s *Checks) Get(ctx context.Context, id check.ID) (check.Check, error) {
	c, ok, err := s.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = noCheck()
	}
	return c, err
}

func noCheck() error { return domain.NotFound.New("There is no such check.") }

// Latest implements analysis.Checks.
func (s *Checks) Latest(ctx context.Context, project string) (check.Check, error) {
	all, err := s.rows.Select(ctx, func(c check.Check) bool { return c.Project == project })
	if err != nil {
		return check.Check{}, err
	}
	if len(all) == 0 {
		return check.Check{}, noCheck()
	}
	return slices.MaxFunc(all, func(a, b check.Check) int { return cmp.Compare(a.Number, b.Number) }), nil
}

// List implements analysis.Checks.
func (s *Checks) List(ctx context.Context, f analysis.CheckFilter, page domain.PageRequest) (domain.Page[check.Check], error) {
	kept, err := s.rows.Select(ctx, func(c check.Check) bool {
		return (f.Project == "" || f.Project == c.Project) && (f.From.IsZero() || !c.FinishedAt.Before(f.From)) && (f.To.IsZero() || c.FinishedAt.Before(f.To))
	})
	slices.SortFunc(kept, func(a, b check.Check) int {
		return cmp.Or(b.FinishedAt.Compare(a.FinishedAt), cmp.Compare(b.Number, a.Number), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return domain.MapPage(memkit.PageOf(kept, page), func(c check.Check) check.Check {
		c.Changes, c.Troubles = nil, nil
		return c
	}), err
}
