package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/jobs"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (s *Scheduler) list(ctx context.Context, _ jobs.ListJobs) (jobs.JobList, error) {
	if err := s.read(ctx); err != nil {
		return jobs.JobList{}, err
	}
	items := s.States()
	return jobs.JobList{Items: items, Total: len(items)}, nil
}

// request begins a run, which Work does as soon as it is free.
func (s *Scheduler) request(ctx context.Context, c jobs.RunJob) (jobs.Job, error) {
	for _, j := range s.jobs {
		if j.Name != c.Name {
			continue
		}
		r, err := s.begin(ctx, j)
		if errors.Is(err, domain.Conflict) {
			return jobs.Job{}, domain.Conflict.Wrap(err, "The job "+j.Name+" is running; wait for it to end.")
		}
		if err != nil {
			return jobs.Job{}, err
		}
		select {
		case s.asked <- r:
		default: // runs whose lease lapsed unheeded fill the room: nobody works here
			return jobs.Job{}, domain.Unavailable.New("No worker takes jobs in this process.")
		}
		return s.view(j, s.Clock.Now()), nil
	}
	return jobs.Job{}, domain.NotFound.New("There is no job "+c.Name+"; list them with GET /api/v1/jobs.").
		WithDetail("resource_type", "job").WithDetail("resource_id", c.Name)
}

// States returns what was last read of every job, by name, without asking the
// store.
func (s *Scheduler) States() []jobs.Job {
	now := s.Clock.Now()
	views := make([]jobs.Job, len(s.jobs))
	for i, j := range s.jobs {
		views[i] = s.view(j, now)
	}
	return views
}

// Ages returns how long ago each job with an interval last succeeded, or the
// scheduler began when it never did.
func (s *Scheduler) Ages() map[string]time.Duration {
	ages := make(map[string]time.Duration, len(s.jobs))
	for _, j := range s.jobs {
		if j.Every > 0 {
			ages[j.Name] = s.known(j.Name).Age(s.Clock.Now(), s.began)
		}
	}
	return ages
}

func (s *Scheduler) view(j Job, now time.Time) jobs.Job {
	known := s.known(j.Name)
	view := jobs.Job{
		Name: j.Name, Description: j.Description, IntervalSeconds: j.Every.Seconds(), Running: known.Running(now), RunID: known.ID,
		LastStart: usecase.TimeOrNil(known.StartedAt), LastSuccess: usecase.TimeOrNil(known.SucceededAt), LastError: known.Cause,
		DurationSeconds: known.Took.Seconds(),
	}
	if j.Every > 0 {
		view.NextRun = usecase.TimeOrNil(s.due(j, known))
		view.Stale = known.Stale(now, s.began, j.Every)
	}
	return view
}
