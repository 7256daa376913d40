package reporting

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/clock"
)

const (
	// look is how often the worker looks for what is due.
	look = 15 * time.Second
	// batch is how much it takes at a time.
	batch = 20
)

// Worker carries out schedules, brings reports to their readers, and erases what is
// older than it is kept. Several processes may each have one.
type Worker struct {
	*service
	expired time.Time
}

// NewWorker returns a worker.
func NewWorker(deps Deps) *Worker {
	return &Worker{service: &service{Deps: deps, templates: Templates()}}
}

// Work does what is due until ctx ends, and then returns nil. What fails is logged
// and comes again.
func (w *Worker) Work(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := w.Round(ctx); err != nil && ctx.Err() == nil {
			w.Logger.ErrorContext(ctx, "reports cannot be made or delivered", slog.Any("error", err))
		}
		if !clock.Wait(ctx, w.Clock, look) {
			break
		}
	}
	return nil
}

// Round does what is due now. It fails when a store does, after everything else was
// tried.
func (w *Worker) Round(ctx context.Context) error {
	var faults []error
	schedules, err := w.Schedules.Due(ctx, w.now(), batch)
	faults = append(faults, err)
	for _, schedule := range schedules {
		faults = append(faults, w.run(ctx, schedule))
	}
	deliveries, err := w.Deliveries.Due(ctx, w.now(), batch)
	faults = append(faults, err)
	for _, d := range deliveries {
		faults = append(faults, w.deliver(ctx, d))
	}
	return errors.Join(append(faults, w.expire(ctx))...)
}

// run claims a schedule that is due and carries it out. One that another process
// claimed first is theirs.
func (w *Worker) run(ctx context.Context, schedule report.Schedule) error {
	now := w.now()
	next, err := w.calendarOf(schedule.Cron, schedule.Zone, now)
	if err != nil {
		next = func(time.Time) time.Time { return time.Time{} }
	}
	occurrence, missed := schedule.Begin(now, next)
	if err := w.Schedules.Save(ctx, schedule); err != nil {
		if errors.Is(err, domain.Conflict) || errors.Is(err, domain.NotFound) {
			return nil
		}
		return err
	}
	if missed > 0 {
		w.Logger.WarnContext(ctx, "scheduled runs were missed", slog.String("schedule", schedule.ID.String()), slog.String("name", schedule.Name),
			slog.Int("missed", missed), slog.String("catch_up", string(schedule.CatchUp)))
	}
	if occurrence.IsZero() {
		return nil
	}
	return w.carryOut(ctx, &schedule)
}

// expire erases old reports, at most once an hour.
func (w *Worker) expire(ctx context.Context) error {
	now := w.now()
	if w.Keep <= 0 || now.Sub(w.expired) < time.Hour {
		return nil
	}
	w.expired = now
	n, err := w.Reports.Expire(ctx, now.Add(-w.Keep))
	if n > 0 {
		w.Logger.InfoContext(ctx, "old reports were erased", slog.Int("reports", n))
	}
	return err
}
