// Package ingestmem keeps ingestions in memory, for tests and for programs that keep
// nothing.
package ingestmem

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/ingestion"
)

var _ ingestion.Jobs = (*Jobs)(nil)

// Jobs keeps ingestions.
type Jobs struct {
	db   *memkit.DB
	rows *memkit.Table[string, ingest.Job]
}

// NewJobs returns no ingestions in db.
func NewJobs(db *memkit.DB) *Jobs { return &Jobs{db, memkit.NewTable[string](db, clone)} }

func clone(j ingest.Job) ingest.Job {
	j.Request.Tags, j.Stages, j.Errors = slices.Clone(j.Request.Tags), slices.Clone(j.Stages), slices.Clone(j.Errors)
	for i, s := range j.Stages {
		j.Stages[i].Figures = maps.Clone(s.Figures)
	}
	if j.Reconciliation != nil {
		r := *j.Reconciliation
		r.Differences = slices.Clone(r.Differences)
		j.Reconciliation = &r
	}
	return j
}

// Add implements ingestion.Jobs.
func (s *Jobs) Add(ctx context.Context, j ingest.Job) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		if err := s.free(ctx, j); err != nil {
			return err
		}
		return s.rows.Insert(ctx, j.ID.String(), j, "ingestion")
	})
}

// Update implements ingestion.Jobs.
func (s *Jobs) Update(ctx context.Context, j ingest.Job) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		if err := s.free(ctx, j); err != nil {
			return err
		}
		return s.rows.Update(ctx, j.ID.String(), "ingestion", func(stored ingest.Job) (ingest.Job, error) {
			if stored.Revision != j.Revision-1 {
				return j, domain.Conflict.New("The ingestion was changed since it was read; read it again.").WithDetail("version", stored.Revision)
			}
			return j, nil
		})
	})
}

// free fails with Conflict when another job holds the slot or works on the source.
func (s *Jobs) free(ctx context.Context, j ingest.Job) error {
	if j.Slot == 0 {
		return nil
	}
	others, err := s.rows.Select(ctx, func(o ingest.Job) bool {
		return o.ID != j.ID && o.Slot > 0 && (o.Slot == j.Slot || o.Request.URL == j.Request.URL)
	})
	if err == nil && len(others) > 0 {
		err = domain.Conflict.New("Another ingestion holds the slot or works on the source.")
	}
	return err
}

// Get implements ingestion.Jobs.
func (s *Jobs) Get(ctx context.Context, id ingest.ID) (ingest.Job, error) {
	j, ok, err := s.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such ingestion.")
	}
	return j, err
}

// Find implements ingestion.Jobs.
func (s *Jobs) Find(ctx context.Context, f ingestion.Filter, page domain.PageRequest) (domain.Page[ingest.Job], error) {
	rows, err := s.rows.Select(ctx, func(j ingest.Job) bool {
		return (f.Status == "" || j.Status == f.Status) && (f.Type == "" || j.Request.Type == f.Type)
	})
	slices.SortFunc(rows, func(a, b ingest.Job) int {
		return cmp.Or(b.Request.At.Compare(a.Request.At), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return memkit.PageOf(rows, page), err
}

// Active implements ingestion.Jobs.
func (s *Jobs) Active(ctx context.Context) ([]ingest.Job, error) {
	rows, err := s.rows.Select(ctx, func(j ingest.Job) bool { return j.Slot > 0 })
	slices.SortFunc(rows, func(a, b ingest.Job) int { return cmp.Compare(a.Slot, b.Slot) })
	return rows, err
}

// Next implements ingestion.Jobs.
func (s *Jobs) Next(ctx context.Context, limit int) ([]ingest.Job, error) {
	var queued []ingest.Job
	err := s.db.Within(ctx, func(ctx context.Context) error {
		active, err := s.Active(ctx)
		if err != nil {
			return err
		}
		queued, err = s.rows.Select(ctx, func(j ingest.Job) bool {
			return j.Status == ingest.Queued && !slices.ContainsFunc(active, func(a ingest.Job) bool { return a.Request.URL == j.Request.URL })
		})
		return err
	})
	slices.SortFunc(queued, func(a, b ingest.Job) int {
		return cmp.Or(cmp.Compare(b.Request.Priority, a.Request.Priority), a.Request.At.Compare(b.Request.At), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return queued[:min(limit, len(queued))], err
}

// Count implements ingestion.Jobs.
func (s *Jobs) Count(ctx context.Context) (ingestion.Counts, error) {
	counts := ingestion.Counts{ByStatus: map[ingest.Status]int{}}
	rows, err := s.rows.Select(ctx, nil)
	for _, j := range rows {
		counts.ByStatus[j.Status]++
		counts.Items = counts.Items.Plus(j.Counts)
	}
	return counts, err
}
