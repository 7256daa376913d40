// Package saga is the concept of work over several services that either comes to its
// end or is undone, step by step in reverse.
package saga

import (
	"maps"
	"slices"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// ID identifies a saga.
type ID = domain.ID[Saga]

// ParseID returns the id that text spells; Invalid when it spells none.
func ParseID(text string) (ID, error) { return domain.ParseID[Saga](text) }

// Status says how a saga stands.
type Status string

// The statuses of a saga.
const (
	Pending      Status = "pending"
	Started      Status = "started"
	Compensating Status = "compensating"
	Completed    Status = "completed"
	Failed       Status = "failed"
	Aborted      Status = "aborted"
)

// Statuses lists the statuses of a saga.
func Statuses() []Status {
	return []Status{Pending, Started, Compensating, Completed, Failed, Aborted}
}

// Active reports whether the saga is under way.
func (s Status) Active() bool { return s == Started || s == Compensating }

// Final reports whether the saga has ended.
func (s Status) Final() bool { return s == Completed || s == Failed || s == Aborted }

// Names of the events of a saga.
const (
	EventStarted      = "saga.started"
	EventCompleted    = "saga.completed"
	EventCompensating = "saga.compensating"
	EventFailed       = "saga.failed"
	EventAborted      = "saga.aborted"
)

// Bounds of a saga.
const (
	// DefaultTimeout is how long a saga may be under way when nobody says, and
	// MaxTimeout the longest that may be asked for.
	DefaultTimeout = time.Hour
	MaxTimeout     = 7 * 24 * time.Hour
	// MaxSteps is the greatest number of steps.
	MaxSteps = 100
)

// StepStatus says how a step, or what undoes it, stands.
type StepStatus string

// The statuses of a step. What undoes a step has none until it is called for.
const (
	StepPending   StepStatus = "pending"
	StepCompleted StepStatus = "completed"
	StepFailed    StepStatus = "failed"
)

// Call is an operation of a service.
type Call struct {
	// Service is the id of the service, and Operation the name of the operation or its
	// method and path.
	Service, Operation string
	// Parameters are the fields of the operation by their names.
	Parameters map[string]any
}

// Step is one piece of the work, with what undoes it.
type Step struct {
	// ID is unique in the saga.
	ID string
	// Do is what is done. Undo takes it back; a step whose Undo has no operation
	// leaves nothing behind that must be.
	Do, Undo Call
	// Status is how Do ended.
	Status StepStatus
	// ExecutedAt is when it was first called, CompletedAt when it had ended.
	ExecutedAt, CompletedAt time.Time
	// Error says why it failed.
	Error string
	// Undone is empty, or how Undo stands; UndoneAt is when it had ended and UndoError
	// why it failed.
	Undone    StepStatus
	UndoneAt  time.Time
	UndoError string
}

// Saga is a row of steps that are done one after the other. When one fails, those that
// were done before are undone, the last first.
type Saga struct {
	ID          ID
	Type        string
	Correlation string
	// User began it, and the calls are made for them.
	User     string
	Steps    []Step
	Metadata map[string]any
	Status   Status
	// CreatedAt, StartedAt and CompletedAt are in UTC; the last is when it ended.
	CreatedAt, StartedAt, CompletedAt time.Time
	// DeadlineAt is when a saga that is still under way is undone.
	DeadlineAt time.Time
	// Error says why it did not come to its end.
	Error string
	// Revision counts the changes, from 1.
	Revision int
}

// New returns a pending saga. It fails with Invalid when the type or the correlation
// is blank, or the steps are none, too many, or not told apart by their ids.
func New(s Saga, now time.Time) (Saga, error) {
	if err := s.check(); err != nil {
		return Saga{}, err
	}
	s.Steps = slices.Clone(s.Steps)
	for i := range s.Steps {
		s.Steps[i] = Step{ID: s.Steps[i].ID, Do: s.Steps[i].Do, Undo: s.Steps[i].Undo, Status: StepPending}
	}
	s.Status, s.CreatedAt, s.Revision = Pending, now.UTC(), 1
	return s, nil
}

// Copy returns the saga with lists and maps of its own; what is nested in parameters
// and metadata is shared.
func (s Saga) Copy() Saga {
	s.Steps, s.Metadata = slices.Clone(s.Steps), maps.Clone(s.Metadata)
	for i := range s.Steps {
		s.Steps[i].Do.Parameters, s.Steps[i].Undo.Parameters = maps.Clone(s.Steps[i].Do.Parameters), maps.Clone(s.Steps[i].Undo.Parameters)
	}
	return s
}

// Step returns the step of the id; NotFound when there is none.
func (s Saga) Step(id string) (Step, error) {
	if i := s.index(id); i >= 0 {
		return s.Steps[i], nil
	}
	return Step{}, domain.NotFound.New("Step not found: the saga has no step "+id+".").
		WithDetail("resource_type", "saga_step").WithDetail("resource_id", id)
}

// Current is the id of the first step that is not done, while the saga is started;
// empty otherwise.
func (s Saga) Current() string {
	if s.Status != Started {
		return ""
	}
	for _, step := range s.Steps {
		if step.Status != StepCompleted {
			return step.ID
		}
	}
	return ""
}

// Duration is how long the saga was under way, until now while it is; 0 before it
// started.
func (s Saga) Duration(now time.Time) time.Duration {
	switch {
	case s.StartedAt.IsZero():
		return 0
	case s.Status.Final():
		return s.CompletedAt.Sub(s.StartedAt)
	}
	return max(now.Sub(s.StartedAt), 0)
}

// NeedsHand reports whether something that was done could not be undone, so that a
// person must.
func (s Saga) NeedsHand() bool {
	return slices.ContainsFunc(s.Steps, func(step Step) bool { return step.Undone == StepFailed })
}

func (s Saga) index(id string) int {
	return slices.IndexFunc(s.Steps, func(step Step) bool { return step.ID == id })
}
