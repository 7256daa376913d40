package reporting

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
	"github.com/docsteward/docsteward/ports/usecase"
)

// calendarOf returns the occurrences of a schedule, whose rule it proves.
func (s *service) calendarOf(cron, zone string, now time.Time) (report.Calendar, error) {
	first, err := s.Calendar.Next(cron, zone, now)
	if err != nil {
		return nil, err
	}
	if first.IsZero() {
		return nil, domain.Invalid.New("The rule never comes true.").WithField("cron", "never", "must come true within five years")
	}
	return func(after time.Time) time.Time {
		next, err := s.Calendar.Next(cron, zone, after)
		if err != nil {
			return time.Time{} // it was proven above
		}
		return next
	}, nil
}

func (s *service) createSchedule(ctx context.Context, c reporting.CreateSchedule) (reporting.Schedule, error) {
	order, err := s.order(c.ReportType, c.TemplateID, cmp.Or(c.Format, "pdf"), c.Parameters, c.IncludeCharts)
	if err != nil {
		return reporting.Schedule{}, err
	}
	order.Days = cmp.Or(c.Days, 7)
	id, err := report.ParseScheduleID(s.IDs.New())
	if err != nil {
		return reporting.Schedule{}, err
	}
	now := s.now()
	schedule := report.Schedule{
		ID: id, Name: c.Name, Order: order, Cron: c.Cron, Zone: cmp.Or(c.Timezone, "UTC"), Enabled: c.Enabled == nil || *c.Enabled,
		Owner: owner(ctx), Delivery: destination(c.Delivery), CreatedAt: now, Revision: 1,
	}
	if schedule.CatchUp, err = report.ParseCatchUp(c.CatchUp); err != nil {
		return reporting.Schedule{}, err
	}
	return s.plan(ctx, schedule, now)
}

// plan checks a new or changed schedule, plans its next run and keeps it.
func (s *service) plan(ctx context.Context, schedule report.Schedule, now time.Time) (reporting.Schedule, error) {
	if err := schedule.Delivery.Check(); err != nil {
		return reporting.Schedule{}, err
	}
	next, err := s.calendarOf(schedule.Cron, schedule.Zone, now)
	if err != nil {
		return reporting.Schedule{}, err
	}
	schedule.Plan(now, next)
	return scheduleView(schedule, now), s.Schedules.Save(ctx, schedule)
}

func destination(d *reporting.Delivering) report.Destination {
	if d == nil {
		return report.Destination{}
	}
	return report.Destination{Channel: report.Channel(d.Channel), Address: d.Address}
}

func (s *service) findSchedule(ctx context.Context, text string) (report.Schedule, error) {
	unknown := domain.NotFound.New("Report schedule not found; list them with GET /api/v1/reporting/schedules.").
		WithDetail("resource_type", "report_schedule").WithDetail("resource_id", text)
	id, err := report.ParseScheduleID(text)
	if err != nil {
		return report.Schedule{}, unknown
	}
	schedule, err := s.Schedules.Get(ctx, id)
	if errors.Is(err, domain.NotFound) {
		err = unknown
	}
	return schedule, err
}

func (s *service) getSchedule(ctx context.Context, c reporting.GetSchedule) (reporting.Schedule, error) {
	schedule, err := s.findSchedule(ctx, c.ID)
	if err != nil {
		return reporting.Schedule{}, err
	}
	return scheduleView(schedule, s.now()), nil
}

func (s *service) listSchedules(ctx context.Context, c reporting.ListSchedules) (reporting.ScheduleList, error) {
	page, err := s.Schedules.Find(ctx, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	list := reporting.ScheduleList{Items: []reporting.Schedule{}, Total: page.Total, Limit: page.Limit, Offset: page.Offset, HasMore: page.HasMore()}
	for _, one := range page.Items {
		list.Items = append(list.Items, scheduleView(one, s.now()))
	}
	return list, err
}

func (s *service) updateSchedule(ctx context.Context, c reporting.UpdateSchedule) (reporting.Schedule, error) {
	schedule, err := s.findSchedule(ctx, c.ID)
	if err != nil {
		return reporting.Schedule{}, err
	}
	given := opened[map[string]any](schedule.Order.Parameters)
	if c.Parameters != nil {
		given = *c.Parameters
	}
	format := string(schedule.Order.Format)
	set(&format, c.Format)
	order, err := s.order(string(schedule.Order.Kind), schedule.Order.Template, format, given, &schedule.Order.Charts)
	if err != nil {
		return reporting.Schedule{}, err
	}
	order.Days = schedule.Order.Days
	set(&order.Days, c.Days)
	schedule.Order = order
	set(&schedule.Name, c.Name)
	set(&schedule.Cron, c.Cron)
	set(&schedule.Zone, c.Timezone)
	set(&schedule.Enabled, c.Enabled)
	if c.CatchUp != nil {
		if schedule.CatchUp, err = report.ParseCatchUp(*c.CatchUp); err != nil {
			return reporting.Schedule{}, err
		}
	}
	if c.Delivery != nil {
		schedule.Delivery = destination(c.Delivery)
	}
	schedule.Owner = owner(ctx)
	schedule.Revision++
	return s.plan(ctx, schedule, s.now())
}

// set writes a value that is given.
func set[T any](to *T, value *T) {
	if value != nil {
		*to = *value
	}
}

func (s *service) deleteSchedule(ctx context.Context, c reporting.DeleteSchedule) (reporting.Deleted, error) {
	schedule, err := s.findSchedule(ctx, c.ID)
	if err != nil {
		return reporting.Deleted{}, err
	}
	return reporting.Deleted{ID: c.ID, Message: "The schedule was erased; its reports stay."}, s.Schedules.Delete(ctx, schedule.ID)
}

// runSchedule carries a schedule out now, for the period that ends now.
func (s *service) runSchedule(ctx context.Context, c reporting.RunSchedule) (reporting.Schedule, error) {
	schedule, err := s.findSchedule(ctx, c.ID)
	if err != nil {
		return reporting.Schedule{}, err
	}
	if err := schedule.BeginNow(s.now()); err != nil {
		return reporting.Schedule{}, err
	}
	if err := s.Schedules.Save(ctx, schedule); err != nil {
		return reporting.Schedule{}, err
	}
	err = s.carryOut(ctx, &schedule)
	return scheduleView(schedule, s.now()), err
}

// carryOut makes the report of a claimed run with the permissions that its owner has
// now, and notes how it ended.
func (s *service) carryOut(ctx context.Context, schedule *report.Schedule) error {
	length := time.Duration(max(schedule.Order.Days, 1)) * 24 * time.Hour
	cause, id := "", ""
	caller, err := s.Known(schedule.Owner)
	if err == nil {
		err = s.May(caller, reporting.Write)
	}
	if err == nil {
		var r report.Report
		r, err = s.make(ctx, schedule.Order, report.Last(length, schedule.Occurrence), caller, schedule.ID.String(), schedule.Delivery)
		if id = r.ID.String(); err == nil && r.Status == report.Failed {
			cause = r.Failure.Kind + ": " + r.Failure.Message
		}
	}
	if err != nil {
		fault := domain.FaultOf(err)
		id, cause = "", fault.Kind.String()+": "+fault.Message
	}
	if ctx.Err() != nil {
		return domain.FaultOf(ctx.Err()) // interrupted: the lease lapses, and the run is begun again
	}
	schedule.End(s.now(), id, cause)
	return s.Schedules.Save(ctx, *schedule)
}

func scheduleView(s report.Schedule, now time.Time) reporting.Schedule {
	v := reporting.Schedule{
		ScheduleID: s.ID.String(), Name: s.Name, ReportType: string(s.Order.Kind), TemplateID: s.Order.Template, Format: string(s.Order.Format),
		IncludeCharts: s.Order.Charts, Days: s.Order.Days, Cron: s.Cron, Timezone: s.Zone, CatchUp: string(s.CatchUp), Enabled: s.Enabled, Owner: s.Owner,
		Running: s.LeasedUntil.After(now), NextRun: usecase.TimeOrNil(s.NextRun), LastRun: usecase.TimeOrNil(s.LastRun), LastReportID: s.LastReport,
		LastError: s.LastError, Runs: s.Runs, Failures: s.Failures, MissedRuns: s.Missed, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt,
	}
	if json.Unmarshal([]byte(s.Order.Parameters), &v.Parameters) != nil || v.Parameters == nil {
		v.Parameters = map[string]any{}
	}
	if s.Delivery.Channel != "" {
		v.Delivery = &reporting.Delivering{Channel: string(s.Delivery.Channel), Address: openly(s.Delivery.Address)}
	}
	return v
}
