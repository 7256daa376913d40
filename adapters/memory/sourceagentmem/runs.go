package sourceagentmem

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
)

// Runs keeps ingestions.
type Runs struct {
	db   *memkit.DB
	runs *memkit.Table[string, source.Run]
}

// NewRuns returns no ingestions in db.
func NewRuns(db *memkit.DB) *Runs {
	return &Runs{db, memkit.NewTable[string](db, func(r source.Run) source.Run {
		r.Failures, r.Warnings = slices.Clone(r.Failures), slices.Clone(r.Warnings)
		return r
	})}
}

// Begin implements sourceagent.Runs.
func (s *Runs) Begin(ctx context.Context, r source.Run) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		running, err := s.runs.Select(ctx, func(o source.Run) bool { return o.Place == r.Place && o.Status == source.Running })
		if err != nil {
			return err
		}
		for _, o := range running {
			if o.Lease.After(r.StartedAt) {
				return domain.Conflict.New("The source is being ingested already; wait for that run to end.").WithDetail("id", o.ID.String())
			}
			o.Finish(source.Failed, source.Interrupted, r.StartedAt)
			if err := s.runs.Put(ctx, o.ID.String(), o); err != nil {
				return err
			}
		}
		return s.runs.Insert(ctx, r.ID.String(), r, "ingestion")
	})
}

// Update implements sourceagent.Runs.
func (s *Runs) Update(ctx context.Context, r source.Run) error {
	return s.runs.Update(ctx, r.ID.String(), "ingestion", func(stored source.Run) (source.Run, error) {
		if stored.Status != source.Running {
			return r, domain.Conflict.New("The ingestion is "+string(stored.Status)+".").WithDetail("status", string(stored.Status))
		}
		return r, nil
	})
}

// Get implements sourceagent.Runs.
func (s *Runs) Get(ctx context.Context, id source.RunID) (source.Run, error) {
	r, ok, err := s.runs.Get(ctx, id.String())
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such ingestion.")
	}
	return r, err
}

// List implements sourceagent.Runs.
func (s *Runs) List(ctx context.Context, place source.PlaceID, status source.Status, page domain.PageRequest) (domain.Page[source.Run], error) {
	runs, err := s.runs.Select(ctx, func(r source.Run) bool {
		return (place.IsZero() || r.Place == place) && (status == "" || r.Status == status)
	})
	slices.SortFunc(runs, func(a, b source.Run) int {
		return cmp.Or(b.StartedAt.Compare(a.StartedAt), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return memkit.PageOf(runs, page), err
}
