package saga

import (
	"fmt"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// FailedStep is the error of a saga of which a step failed.
const FailedStep = "Compensation required due to step failure"

// Start lets a pending saga begin, with a deadline timeout from now. It fails with
// Conflict on any other.
func (s *Saga) Start(now time.Time, timeout time.Duration) error {
	if s.Status != Pending {
		return s.refuse("be started")
	}
	s.Status, s.StartedAt, s.DeadlineAt = Started, now.UTC(), now.UTC().Add(timeout)
	s.Revision++
	return nil
}

// Begin notes that a step is called. It fails with NotFound for a step that is not
// there, and with Conflict when the saga is not started, the step failed, or steps
// before it are not done. Beginning a step again, also one that is done, changes
// nothing.
func (s *Saga) Begin(id string, now time.Time) error {
	step, err := s.Step(id)
	if err != nil {
		return err
	}
	switch {
	case step.Status == StepCompleted:
		return nil
	case s.Status != Started:
		return s.refuse("execute a step")
	case s.Current() != id:
		return domain.Conflict.New("The step " + s.Current() + " comes first; execute it before " + id + ".").WithCode("step_order")
	case step.ExecutedAt.IsZero():
		s.Steps[s.index(id)].ExecutedAt = now.UTC()
		s.Revision++
	}
	return nil
}

// Succeed notes that a step is done. A step that is noted already is left as it is.
func (s *Saga) Succeed(id string, now time.Time) { s.end(id, StepCompleted, "", now) }

// Fail notes that a step failed; a started saga is then to be undone. A step that is
// noted already is left as it is.
func (s *Saga) Fail(id, cause string, now time.Time) {
	if s.end(id, StepFailed, cause, now) && s.Status == Started {
		s.Status, s.Error = Compensating, FailedStep
	}
}

func (s *Saga) end(id string, status StepStatus, cause string, now time.Time) bool {
	i := s.index(id)
	if i < 0 || s.Steps[i].Status != StepPending {
		return false
	}
	step := &s.Steps[i]
	if step.ExecutedAt.IsZero() {
		step.ExecutedAt = now.UTC()
	}
	step.Status, step.Error, step.CompletedAt = status, cause, now.UTC()
	s.Revision++
	return true
}

// Compensate has what was done undone, for the reason. It fails with Conflict unless
// the saga is started, and while a step is under way: nobody knows yet whether that is
// to be undone.
func (s *Saga) Compensate(reason string) error {
	if s.Status != Started {
		return s.refuse("be compensated")
	}
	if running := s.Running(); running != "" {
		return domain.Conflict.New("The step " + running + " is under way; compensate when it has ended.").WithCode("step_running")
	}
	s.Status, s.Error = Compensating, reason
	s.Revision++
	return nil
}

// Running is the step that was called and has not ended; empty when there is none.
func (s Saga) Running() string {
	for _, step := range s.Steps {
		if step.Status == StepPending && !step.ExecutedAt.IsZero() {
			return step.ID
		}
	}
	return ""
}

// NextUndo returns the step to undo next: of those that are done, the last one that
// was not undone and has something that undoes it. It reports false when the saga is
// not compensating or nothing is left.
func (s Saga) NextUndo() (Step, bool) {
	if s.Status != Compensating {
		return Step{}, false
	}
	for i := len(s.Steps) - 1; i >= 0; i-- {
		if step := s.Steps[i]; step.Status == StepCompleted && step.Undone == "" && step.Undo.Operation != "" {
			return step, true
		}
	}
	return Step{}, false
}

// Undone notes how the undoing of a step ended: well with an empty cause. What is
// noted already is left as it is.
func (s *Saga) Undone(id, cause string, now time.Time) {
	i := s.index(id)
	if i < 0 || s.Steps[i].Undone != "" {
		return
	}
	step := &s.Steps[i]
	step.Undone, step.UndoneAt, step.UndoError = StepCompleted, now.UTC(), cause
	if cause != "" {
		step.Undone = StepFailed
	}
	s.Revision++
}

// Settle ends a compensating saga of which nothing is left to undo, as failed. It
// reports whether it did.
func (s *Saga) Settle(now time.Time) bool {
	if _, more := s.NextUndo(); more || s.Status != Compensating {
		return false
	}
	var left []string
	for _, step := range s.Steps {
		if step.Undone == StepFailed {
			left = append(left, step.ID)
		}
	}
	if len(left) > 0 {
		s.Error = strings.TrimSuffix(s.Error, ".") + fmt.Sprintf(". What was done by %s could not be undone and needs a hand.", strings.Join(left, ", "))
	}
	s.finish(Failed, now)
	return true
}

// Complete ends a started saga. It fails with Conflict while a step is not done.
func (s *Saga) Complete(now time.Time) error {
	if s.Status != Started {
		return s.refuse("be completed")
	}
	if current := s.Current(); current != "" {
		return domain.Conflict.New("The step " + current + " is not done; execute it, or compensate the saga.").WithCode("step_open")
	}
	s.finish(Completed, now)
	return nil
}

// Abort ends a saga where it stands: nothing more is done, and nothing undone. It fails
// with Conflict when the saga has ended.
func (s *Saga) Abort(reason string, now time.Time) error {
	if s.Status.Final() {
		return s.refuse("be aborted")
	}
	s.Error = reason
	s.finish(Aborted, now)
	return nil
}

func (s *Saga) finish(status Status, now time.Time) {
	s.Status, s.CompletedAt = status, now.UTC()
	s.Revision++
}

func (s Saga) refuse(what string) error {
	return domain.Conflict.New(fmt.Sprintf("The saga is %s and cannot %s.", s.Status, what)).WithCode("saga_status").WithDetail("status", string(s.Status))
}

// Overdue reports whether the saga is under way past its deadline.
func (s Saga) Overdue(now time.Time) bool {
	return s.Status.Active() && !s.DeadlineAt.IsZero() && now.After(s.DeadlineAt)
}
