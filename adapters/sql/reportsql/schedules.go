package reportsql

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
)

// Schedules keeps schedules.
type Schedules struct{ db *sqlkit.DB }

// NewSchedules returns the schedules in an open database that has the Migrations.
func NewSchedules(db *sqlkit.DB) *Schedules { return &Schedules{db} }

// scheduleRow is a schedule; Version is its revision.
type scheduleRow struct {
	ID          string `gorm:"primaryKey"`
	Name        string
	Kind        string
	Format      string
	Template    string
	Parameters  string
	Charts      bool
	Days        int
	Cron        string
	Zone        string
	CatchUp     string
	Enabled     bool
	Owner       string
	Channel     string
	Address     string
	NextRun     sqlkit.Instant
	Occurrence  sqlkit.Instant
	LeasedUntil sqlkit.Instant
	LastRun     sqlkit.Instant
	LastReport  string
	LastError   string
	Runs        int
	Failures    int
	Missed      int
	Created     sqlkit.Instant
	Updated     sqlkit.Instant
	Version     int
}

func (scheduleRow) TableName() string { return "report_schedules" }

func scheduleRowOf(s report.Schedule) scheduleRow {
	return scheduleRow{
		ID: s.ID.String(), Name: s.Name, Kind: string(s.Order.Kind), Format: string(s.Order.Format), Template: s.Order.Template,
		Parameters: s.Order.Parameters, Charts: s.Order.Charts, Days: s.Order.Days, Cron: s.Cron, Zone: s.Zone, CatchUp: string(s.CatchUp),
		Enabled: s.Enabled, Owner: s.Owner, Channel: string(s.Delivery.Channel), Address: s.Delivery.Address,
		NextRun: sqlkit.InstantOf(s.NextRun), Occurrence: sqlkit.InstantOf(s.Occurrence), LeasedUntil: sqlkit.InstantOf(s.LeasedUntil),
		LastRun: sqlkit.InstantOf(s.LastRun), LastReport: s.LastReport, LastError: s.LastError, Runs: s.Runs, Failures: s.Failures,
		Missed: s.Missed, Created: sqlkit.InstantOf(s.CreatedAt), Updated: sqlkit.InstantOf(s.UpdatedAt), Version: s.Revision,
	}
}

func (r scheduleRow) schedule() report.Schedule {
	return report.Schedule{
		ID: domain.StoredID[report.Schedule](r.ID), Name: r.Name, Order: report.Order{
			Kind: report.Kind(r.Kind), Format: report.Format(r.Format), Template: r.Template, Parameters: r.Parameters, Charts: r.Charts, Days: r.Days,
		},
		Cron: r.Cron, Zone: r.Zone, CatchUp: report.CatchUp(r.CatchUp), Enabled: r.Enabled, Owner: r.Owner,
		Delivery: report.Destination{Channel: report.Channel(r.Channel), Address: r.Address},
		NextRun:  r.NextRun.Time(), Occurrence: r.Occurrence.Time(), LeasedUntil: r.LeasedUntil.Time(), LastRun: r.LastRun.Time(),
		LastReport: r.LastReport, LastError: r.LastError, Runs: r.Runs, Failures: r.Failures, Missed: r.Missed,
		CreatedAt: r.Created.Time(), UpdatedAt: r.Updated.Time(), Revision: r.Version,
	}
}

// Save implements reporting.Schedules.
func (s *Schedules) Save(ctx context.Context, schedule report.Schedule) error {
	row := scheduleRowOf(schedule)
	if schedule.Revision == 1 {
		return sqlkit.Insert(ctx, s.db, &row, "schedule")
	}
	return sqlkit.UpdateVersioned(ctx, s.db, &row, schedule.Revision-1, "schedule")
}

// Get implements reporting.Schedules.
func (s *Schedules) Get(ctx context.Context, id report.ScheduleID) (report.Schedule, error) {
	row, err := sqlkit.Get[scheduleRow](ctx, s.db, "schedule", sqlkit.Where("id = ?", id.String()))
	if err != nil {
		return report.Schedule{}, err
	}
	return row.schedule(), nil
}

// Find implements reporting.Schedules.
func (s *Schedules) Find(ctx context.Context, page domain.PageRequest) (domain.Page[report.Schedule], error) {
	rows, err := sqlkit.Page[scheduleRow](ctx, s.db, "schedule", "name, id", page)
	return domain.MapPage(rows, scheduleRow.schedule), err
}

// Delete implements reporting.Schedules.
func (s *Schedules) Delete(ctx context.Context, id report.ScheduleID) error {
	n, err := sqlkit.Delete[scheduleRow](ctx, s.db, "schedule", sqlkit.Where("id = ?", id.String()))
	if err == nil && n == 0 {
		err = domain.NotFound.New("There is no such schedule.")
	}
	return err
}

// Due implements reporting.Schedules. No lease is the instant 0 here.
func (s *Schedules) Due(ctx context.Context, now time.Time, limit int) ([]report.Schedule, error) {
	at, never := sqlkit.InstantOf(now), sqlkit.InstantOf(time.Time{})
	rows, err := sqlkit.List[scheduleRow](ctx, s.db, "schedule",
		sqlkit.Where("(leased_until <> ? AND leased_until <= ?) OR (leased_until = ? AND enabled = ? AND next_run <> ? AND next_run <= ?)", never, at, never, true, never, at),
		sqlkit.Order("leased_until DESC, next_run, id"), sqlkit.Limit(limit))
	return sqlkit.Convert(rows, scheduleRow.schedule), err
}
