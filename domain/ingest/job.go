package ingest

import (
	"fmt"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// Job is an ingestion.
type Job struct {
	ID      ID
	Request Request
	Status  Status
	// Run is what carries the job out; empty until it was begun.
	Run string
	// Source is what the source is known by, once somebody knows it.
	Source string
	// Slot is the place among those at work, from 1; 0 while the job is not.
	Slot   int
	Counts Counts
	// Stages are the parts of the work, in order.
	Stages []Stage
	// Errors are at most MaxErrors of what went wrong.
	Errors []Trouble
	// Reconciliation is nil until source and store were held against each other.
	Reconciliation *Reconciliation
	// RetryOf is the job that this one tries again.
	RetryOf ID
	// StartedAt is when it left the queue, ProgressAt when something last moved, and
	// EndedAt when it ended; each zero until then.
	StartedAt, ProgressAt, EndedAt time.Time
	// Revision counts the changes, from 1.
	Revision int
}

// Stage is a part of the work.
type Stage struct {
	Name string
	// State is pending, running, completed, failed or skipped.
	State string
	// Reason says why it failed or was skipped.
	Reason string
	// Figures are what it found, by name.
	Figures map[string]float64
}

// Trouble is something that went wrong.
type Trouble struct {
	// Type is auth, connect, not_found, busy, item, stalled, reconciliation or internal.
	Type, Message string
	// Item is the path of the file; empty where it concerns the source.
	Item string
	At   time.Time
}

// MaxErrors is how many troubles a job keeps.
const MaxErrors = 100

// NewJob returns a job of the request that waits for its turn.
func NewJob(id ID, r Request) Job {
	return Job{ID: id, Request: r, Status: Queued, ProgressAt: r.At, Revision: 1}
}

// Again returns a job that tries again what ended with failures; Conflict where
// nothing is to be tried.
func (j Job) Again(id ID, user string, now time.Time) (Job, error) {
	if !j.Status.Retryable() {
		return Job{}, domain.Conflict.New(fmt.Sprintf("The ingestion is %s; only one that failed, wholly or in part, is tried again.", j.Status)).
			WithDetail("status", string(j.Status))
	}
	r := j.Request
	r.User, r.At = user, now.UTC().Truncate(time.Microsecond)
	again := NewJob(id, r)
	again.RetryOf = j.ID
	return again, nil
}

// Begin takes the job out of the queue into a slot.
func (j *Job) Begin(slot int, now time.Time) error {
	if err := j.advance(Initializing, now); err != nil {
		return err
	}
	j.Slot, j.StartedAt, j.ProgressAt = slot, now, now
	return nil
}

// Attach notes what carries the job out.
func (j *Job) Attach(run string, now time.Time) {
	j.Run, j.ProgressAt = run, now
	j.Revision++
}

// Seen is what a look at the work found.
type Seen struct {
	Status Status
	Source string
	Counts Counts
	Stages []Stage
}

// Observe notes what a look found, and reports whether anything moved. A status that
// was passed already, counts that nobody told and a source that nobody named change
// nothing.
func (j *Job) Observe(seen Seen, now time.Time) bool {
	moved := false
	if j.Status.before(seen.Status) && !seen.Status.Final() {
		j.Status, moved = seen.Status, true
	}
	if seen.Source != "" && seen.Source != j.Source {
		j.Source, moved = seen.Source, true
	}
	if seen.Counts != (Counts{}) && seen.Counts != j.Counts {
		j.Counts, moved = seen.Counts, true
	}
	if !sameStages(j.Stages, seen.Stages) {
		j.Stages, moved = seen.Stages, true
	}
	if moved {
		j.ProgressAt = now
		j.Revision++
	}
	return moved
}

// Stalled reports whether nothing moved for as long as given.
func (j Job) Stalled(now time.Time, limit time.Duration) bool {
	return j.Status.Active() && now.Sub(j.ProgressAt) > limit
}

// End notes that the work is done, and how: by what it counted and what the
// reconciliation says.
func (j *Job) End(now time.Time) error {
	status, why := j.outcome()
	if err := j.advance(status, now); err != nil {
		return err
	}
	if why.Message != "" {
		j.fail(why, now)
	}
	j.end(now)
	return nil
}

// Fail ends the job before its work was done.
func (j *Job) Fail(t Trouble, now time.Time) error {
	if err := j.advance(Failed, now); err != nil {
		return err
	}
	j.fail(t, now)
	j.end(now)
	return nil
}

// Cancel ends the job at somebody's wish.
func (j *Job) Cancel(now time.Time) error {
	if err := j.advance(Cancelled, now); err != nil {
		return err
	}
	j.end(now)
	return nil
}

// Note keeps a trouble, unless there are MaxErrors.
func (j *Job) Note(t Trouble, now time.Time) { j.fail(t, now) }

func (j *Job) fail(t Trouble, now time.Time) {
	if t.At.IsZero() {
		t.At = now
	}
	if len(j.Errors) < MaxErrors {
		j.Errors = append(j.Errors, t)
	}
}

func (j *Job) end(now time.Time) {
	j.Slot, j.EndedAt = 0, now
	for i := range j.Stages {
		if s := &j.Stages[i]; s.State == Running || s.State == Waiting {
			s.State, s.Reason = Skipped, "The ingestion ended before."
		}
	}
}

func (j *Job) advance(next Status, now time.Time) error {
	if !j.Status.before(next) {
		return domain.Conflict.New(fmt.Sprintf("The ingestion is %s and cannot become %s.", j.Status, next)).WithDetail("status", string(j.Status))
	}
	j.Status, j.ProgressAt = next, now
	j.Revision++
	return nil
}

// Duration is how long the job worked, until now when it does; 0 before.
func (j Job) Duration(now time.Time) time.Duration {
	switch {
	case j.StartedAt.IsZero():
		return 0
	case j.EndedAt.IsZero():
		return now.Sub(j.StartedAt)
	}
	return j.EndedAt.Sub(j.StartedAt)
}

// Progress is from 0 to 100. It is 100 for every job that ended.
func (j Job) Progress() float64 {
	if j.Status.Final() {
		return 100
	}
	return float64(j.Status.Progress())
}
