package reportmem

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
)

// Schedules keeps schedules.
type Schedules struct {
	rows *memkit.Table[string, report.Schedule]
}

// NewSchedules returns no schedules in db.
func NewSchedules(db *memkit.DB) *Schedules {
	return &Schedules{memkit.NewTable[string](db, func(s report.Schedule) report.Schedule { return s })}
}

// save keeps a row of a revision; see reporting.Schedules.Save.
func save[T any](ctx context.Context, rows *memkit.Table[string, T], id string, row T, revision func(T) int, what string) error {
	if revision(row) == 1 {
		return rows.Insert(ctx, id, row, what)
	}
	return rows.Update(ctx, id, what, func(stored T) (T, error) {
		if revision(stored) != revision(row)-1 {
			return stored, domain.Conflict.New("The " + what + " was changed meanwhile; read it again.")
		}
		return row, nil
	})
}

// Save implements reporting.Schedules.
func (s *Schedules) Save(ctx context.Context, schedule report.Schedule) error {
	return save(ctx, s.rows, schedule.ID.String(), schedule, func(s report.Schedule) int { return s.Revision }, "schedule")
}

// Get implements reporting.Schedules.
func (s *Schedules) Get(ctx context.Context, id report.ScheduleID) (report.Schedule, error) {
	schedule, ok, err := s.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such schedule.")
	}
	return schedule, err
}

// Find implements reporting.Schedules.
func (s *Schedules) Find(ctx context.Context, page domain.PageRequest) (domain.Page[report.Schedule], error) {
	all, err := s.rows.Select(ctx, func(report.Schedule) bool { return true })
	slices.SortFunc(all, func(a, b report.Schedule) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return memkit.PageOf(all, page), err
}

// Delete implements reporting.Schedules.
func (s *Schedules) Delete(ctx context.Context, id report.ScheduleID) error {
	found, err := s.rows.Delete(ctx, id.String())
	if err == nil && !found {
		err = domain.NotFound.New("There is no such schedule.")
	}
	return err
}

// Due implements reporting.Schedules.
func (s *Schedules) Due(ctx context.Context, now time.Time, limit int) ([]report.Schedule, error) {
	due, err := s.rows.Select(ctx, func(s report.Schedule) bool { return s.Due(now) })
	slices.SortFunc(due, func(a, b report.Schedule) int {
		return cmp.Or(b.LeasedUntil.Compare(a.LeasedUntil), a.NextRun.Compare(b.NextRun), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return due[:min(len(due), limit)], err
}

// Deliveries keeps deliveries.
type Deliveries struct {
	rows *memkit.Table[string, report.Delivery]
}

// NewDeliveries returns no deliveries in db.
func NewDeliveries(db *memkit.DB) *Deliveries {
	return &Deliveries{memkit.NewTable[string](db, func(d report.Delivery) report.Delivery { return d })}
}

// Save implements reporting.Deliveries.
func (s *Deliveries) Save(ctx context.Context, d report.Delivery) error {
	return save(ctx, s.rows, d.ID.String(), d, func(d report.Delivery) int { return d.Revision }, "delivery")
}

// Get implements reporting.Deliveries.
func (s *Deliveries) Get(ctx context.Context, id report.DeliveryID) (report.Delivery, error) {
	d, ok, err := s.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such delivery.")
	}
	return d, err
}

// Find implements reporting.Deliveries.
func (s *Deliveries) Find(ctx context.Context, f reporting.DeliveryFilter, page domain.PageRequest) (domain.Page[report.Delivery], error) {
	rows, err := s.rows.Select(ctx, func(d report.Delivery) bool {
		return (f.Status == "" || d.Status == f.Status) && (f.Schedule == "" || d.Schedule == f.Schedule)
	})
	byTime(rows, func(d report.Delivery) time.Time { return d.CreatedAt }, func(d report.Delivery) string { return d.ID.String() }, true)
	return memkit.PageOf(rows, page), err
}

// Due implements reporting.Deliveries.
func (s *Deliveries) Due(ctx context.Context, now time.Time, limit int) ([]report.Delivery, error) {
	rows, err := s.rows.Select(ctx, func(d report.Delivery) bool { return d.Status == report.Pending && !d.NextAt.After(now) })
	byTime(rows, func(d report.Delivery) time.Time { return d.NextAt }, func(d report.Delivery) string { return d.ID.String() }, false)
	return rows[:min(len(rows), limit)], err
}
