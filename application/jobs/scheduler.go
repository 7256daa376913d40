// Package jobs runs the recurring background work of a service: each job by its
// interval or on request, one at a time, and never twice at once whichever
// process runs it.
package jobs

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/job"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/jobs"
	"github.com/docsteward/docsteward/ports/usecase"
)

const (
	// look is how often the ledger is read at least, so that processes which share
	// it see each other's runs.
	look = 15 * time.Second
	// limit is how long a run may take. It is stopped then, and the run of a
	// process that died counts as dead.
	limit = 15 * time.Minute
	// maxJitter bounds how long after its start a scheduler waits with what is due,
	// so that jobs and processes do not all begin at the same instant.
	maxJitter = time.Minute
)

// Job is work that recurs.
type Job struct {
	// Name names the job in paths and metrics; Description tells what it does.
	Name, Description string
	// Every is the interval of its runs; 0 means only on request.
	Every time.Duration
	// Do does the work once, and ends soon after ctx.
	Do func(ctx context.Context) error
}

// Deps are what a scheduler stands on.
type Deps struct {
	Ledger jobs.Ledger
	Clock  clock.Clock
	IDs    ids.Generator
	// Random returns numbers in [0, 1) that spread the runs.
	Random func() float64
	Logger *slog.Logger
}

// Scheduler runs jobs.
type Scheduler struct {
	Deps
	jobs   []Job
	began  time.Time
	jitter map[string]time.Duration
	// asked takes the runs that were begun on request; there is room for one per
	// job, and the ledger lets no job have two.
	asked chan run

	mu   sync.Mutex
	runs map[string]job.Run
}

// run is one run that the ledger knows of.
type run struct {
	Job
	id string
}

// New returns a scheduler of the jobs, whose names differ.
func New(deps Deps, jobs ...Job) *Scheduler {
	jobs = slices.SortedFunc(slices.Values(jobs), func(a, b Job) int { return cmp.Compare(a.Name, b.Name) })
	s := &Scheduler{Deps: deps, jobs: jobs, began: deps.Clock.Now().UTC(), asked: make(chan run, len(jobs)),
		jitter: make(map[string]time.Duration, len(jobs)), runs: make(map[string]job.Run, len(jobs))}
	for _, j := range jobs {
		s.jitter[j.Name] = time.Duration(deps.Random() * float64(min(j.Every/10, maxJitter)))
	}
	return s
}

// Fill makes the scheduler the implementation of the two use cases.
func (s *Scheduler) Fill(list *usecase.Port[jobs.ListJobs, jobs.JobList], begin *usecase.Port[jobs.RunJob, jobs.Job]) {
	list.HandleFunc(s.list)
	begin.HandleFunc(s.request)
}

// Work runs what is due or asked for until ctx ends, and then returns nil. A
// failed run is logged and noted; the next comes with its interval.
func (s *Scheduler) Work(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := s.round(ctx); err != nil && ctx.Err() == nil {
			s.Logger.ErrorContext(ctx, "jobs cannot be scheduled", slog.Any("error", err))
		}
		timer := s.Clock.NewTimer(s.pause())
		select {
		case <-ctx.Done():
			timer.Stop()
		case <-timer.C():
		case r := <-s.asked:
			timer.Stop()
			s.do(ctx, r)
		}
	}
	return nil
}

// pause is how long until the next job is due, within bounds: a job that another
// process runs stays due meanwhile.
func (s *Scheduler) pause() time.Duration {
	now, pause := s.Clock.Now(), look
	for _, j := range s.jobs {
		if j.Every > 0 {
			pause = min(pause, s.due(j, s.known(j.Name)).Sub(now))
		}
	}
	return max(pause, time.Second)
}

// round runs every job that is due.
func (s *Scheduler) round(ctx context.Context) error {
	if err := s.read(ctx); err != nil {
		return err
	}
	for _, j := range s.jobs {
		now := s.Clock.Now()
		known := s.known(j.Name)
		if j.Every == 0 || known.Running(now) || now.Before(s.due(j, known)) {
			continue
		}
		r, err := s.begin(ctx, j)
		switch {
		case errors.Is(err, domain.Conflict): // another process was faster
		case err != nil:
			return err
		case s.known(j.Name).EndedAt.After(known.EndedAt):
			// Another process ran it between the look and the begin: its outcome stands.
			s.end(ctx, r, s.known(j.Name).Cause)
		default:
			s.do(ctx, r)
		}
	}
	return nil
}

func (s *Scheduler) due(j Job, known job.Run) time.Time {
	return known.Due(s.began.Add(s.jitter[j.Name]), j.Every)
}

// begin notes that a run begins.
func (s *Scheduler) begin(ctx context.Context, j Job) (run, error) {
	r := run{Job: j, id: s.IDs.New()}
	now := s.Clock.Now()
	if err := s.Ledger.Begin(ctx, j.Name, r.id, now, now.Add(limit)); err != nil {
		return run{}, err
	}
	return r, s.read(ctx)
}

// do does the work of a run that was begun, and notes how it ended.
func (s *Scheduler) do(ctx context.Context, r run) {
	if err := s.Ledger.Extend(ctx, r.Name, r.id, s.Clock.Now().Add(limit)); err != nil {
		s.Logger.WarnContext(ctx, "job not begun", slog.String("job", r.Name), slog.Any("error", err))
		return
	}
	bounded, cancel := context.WithTimeout(ctx, limit)
	err := r.Do(bounded)
	cancel()
	var cause string
	if err != nil {
		cause = domain.FaultOf(err).Message
		s.Logger.ErrorContext(ctx, "job failed", slog.String("job", r.Name), slog.Any("error", err))
	}
	s.end(ctx, r, cause)
}

// end notes how a run ended, even when ctx ended meanwhile.
func (s *Scheduler) end(ctx context.Context, r run, cause string) {
	ctx = context.WithoutCancel(ctx)
	if err := s.Ledger.End(ctx, r.Name, r.id, s.Clock.Now(), cause); err != nil {
		s.Logger.ErrorContext(ctx, "job's end not noted", slog.String("job", r.Name), slog.Any("error", err))
	}
	if err := s.read(ctx); err != nil {
		s.Logger.ErrorContext(ctx, "jobs cannot be read", slog.Any("error", err))
	}
}

// read takes over what the ledger knows.
func (s *Scheduler) read(ctx context.Context) error {
	known, err := s.Ledger.Runs(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range known {
		s.runs[r.Name] = r
	}
	return nil
}

func (s *Scheduler) known(name string) job.Run {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.runs[name]
}
