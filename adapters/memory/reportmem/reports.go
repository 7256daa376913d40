package reportmem

import (
	"context"
	"slices"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
)

// Reports keeps reports with their bytes.
type Reports struct {
	db   *memkit.DB
	rows *memkit.Table[string, entry]
}

// entry is a report with its bytes.
type entry struct {
	report  report.Report
	content []byte
}

// NewReports returns no reports in db.
func NewReports(db *memkit.DB) *Reports {
	return &Reports{db, memkit.NewTable[string](db, func(e entry) entry {
		e.content = slices.Clone(e.content)
		return e
	})}
}

// Add implements reporting.Reports.
func (s *Reports) Add(ctx context.Context, r report.Report, content []byte) error {
	return s.rows.Insert(ctx, r.ID.String(), entry{r, content}, "report")
}

func (s *Reports) find(ctx context.Context, id report.ID) (entry, error) {
	e, ok, err := s.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such report.")
	}
	return e, err
}

// Get implements reporting.Reports.
func (s *Reports) Get(ctx context.Context, id report.ID) (report.Report, error) {
	e, err := s.find(ctx, id)
	return e.report, err
}

// Content implements reporting.Reports.
func (s *Reports) Content(ctx context.Context, id report.ID) ([]byte, error) {
	e, err := s.find(ctx, id)
	return e.content, err
}

// Find implements reporting.Reports.
func (s *Reports) Find(ctx context.Context, f reporting.Filter, page domain.PageRequest) (domain.Page[report.Report], error) {
	rows, err := s.rows.Select(ctx, func(e entry) bool {
		r := e.report
		return (f.Kind == "" || r.Kind == f.Kind) && (f.Status == "" || r.Status == f.Status) && (f.Schedule == "" || r.Schedule == f.Schedule)
	})
	reports := make([]report.Report, len(rows))
	for i, e := range rows {
		reports[i] = e.report
		reports[i].Document = ""
	}
	byTime(reports, func(r report.Report) time.Time { return r.CreatedAt }, func(r report.Report) string { return r.ID.String() }, true)
	return memkit.PageOf(reports, page), err
}

// Delete implements reporting.Reports.
func (s *Reports) Delete(ctx context.Context, id report.ID) error {
	found, err := s.rows.Delete(ctx, id.String())
	if err == nil && !found {
		err = domain.NotFound.New("There is no such report.")
	}
	return err
}

// Expire implements reporting.Reports.
func (s *Reports) Expire(ctx context.Context, before time.Time) (int, error) {
	erased := 0
	err := s.db.Within(ctx, func(ctx context.Context) error {
		old, err := s.rows.Select(ctx, func(e entry) bool { return e.report.CreatedAt.Before(before) })
		for _, e := range old {
			if _, err := s.rows.Delete(ctx, e.report.ID.String()); err != nil {
				return err
			}
		}
		erased = len(old)
		return err
	})
	return erased, err
}

// Count implements reporting.Reports.
func (s *Reports) Count(ctx context.Context, today time.Time) (reporting.Counts, error) {
	rows, err := s.rows.Select(ctx, func(entry) bool { return true })
	counts := reporting.Counts{Total: len(rows), ByKind: map[report.Kind]int{}}
	for _, e := range rows {
		counts.ByKind[e.report.Kind]++
		counts.Bytes += int64(e.report.Size)
		counts.Took += e.report.Took
		if e.report.Status == report.Failed {
			counts.Failed++
		}
		if !e.report.CreatedAt.Before(today) {
			counts.Today++
		}
	}
	if counts.Total > 0 {
		counts.Took = (counts.Took / time.Duration(counts.Total)).Truncate(time.Microsecond)
	}
	return counts, err
}
