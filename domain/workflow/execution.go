package workflow

import (
	"fmt"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// ExecutionID identifies a run of a workflow.
type ExecutionID = domain.ID[Execution]

// ParseExecutionID returns the id that text spells; Invalid when it spells none.
func ParseExecutionID(text string) (ExecutionID, error) { return domain.ParseID[Execution](text) }

// ExecutionStatus says how a run stands.
type ExecutionStatus string

// The statuses of a run.
const (
	Pending   ExecutionStatus = "pending"
	Running   ExecutionStatus = "running"
	Paused    ExecutionStatus = "paused"
	Done      ExecutionStatus = "completed"
	Failed    ExecutionStatus = "failed"
	Cancelled ExecutionStatus = "cancelled"
)

// ExecutionStatuses lists the statuses of a run.
func ExecutionStatuses() []ExecutionStatus {
	return []ExecutionStatus{Pending, Running, Paused, Done, Failed, Cancelled}
}

// Ended reports whether the run will do no more.
func (s ExecutionStatus) Ended() bool { return s == Done || s == Failed || s == Cancelled }

// Names of the events of a run.
const (
	EventStarted   = "workflow.started"
	EventCompleted = "workflow.completed"
	EventFailed    = "workflow.failed"
	EventCancelled = "workflow.cancelled"
	EventExecuted  = "action.executed"
)

// Execution is one run of one version of a workflow.
type Execution struct {
	ID       ExecutionID
	Workflow ID
	// Definition is that of the version that the run began with.
	Definition Definition
	Version    int
	Status     ExecutionStatus
	Parameters map[string]any
	// Outcomes are how the actions ended, in order; complete once the run ended.
	Outcomes []Named
	Fault    *domain.Fault
	// RetryOf is the run whose failed steps this one tries again.
	RetryOf     ExecutionID
	User        string
	Correlation string
	// Priority is from 1 to 10, for those who look; runs do not wait for each other.
	Priority    int
	CreatedAt   time.Time
	StartedAt   time.Time
	CompletedAt time.Time
	// Revision counts all changes, from 1.
	Revision int
}

// Deadline is when the run is ended; zero where its definition sets no timeout.
func (e Execution) Deadline() time.Time {
	if e.Definition.Timeout == 0 {
		return time.Time{}
	}
	return e.CreatedAt.Add(e.Definition.Timeout)
}

// Duration is from start to end; zero while the run goes on.
func (e Execution) Duration() time.Duration {
	if e.CompletedAt.IsZero() || e.StartedAt.IsZero() {
		return 0
	}
	return e.CompletedAt.Sub(e.StartedAt)
}

// Start begins the run; Conflict unless it is pending.
func (e *Execution) Start(now time.Time) error {
	if e.Status != Pending {
		return e.cannot("started")
	}
	e.Status, e.StartedAt = Running, now
	e.Revision++
	return nil
}

// Pause stops the run for a while; Conflict when it ended.
func (e *Execution) Pause() error {
	if e.Status.Ended() {
		return e.cannot("paused")
	}
	e.Status = Paused
	e.Revision++
	return nil
}

// Resume lets a paused run go on; Conflict unless it is paused.
func (e *Execution) Resume() error {
	if e.Status != Paused {
		return e.cannot("resumed")
	}
	e.Status = Running
	e.Revision++
	return nil
}

// Cancel ends the run; Conflict when it completed or failed. Cancelling twice
// changes nothing.
func (e *Execution) Cancel(now time.Time) error {
	if e.Status == Cancelled {
		return nil
	}
	if e.Status.Ended() {
		return e.cannot("cancelled")
	}
	e.Status, e.CompletedAt = Cancelled, now
	e.Revision++
	return nil
}

// End notes how the run ended: failed with a fault, else completed. It is a
// Conflict when the run had ended before.
func (e *Execution) End(now time.Time, outcomes []Named, fault *domain.Fault) error {
	if e.Status.Ended() {
		return e.cannot("ended")
	}
	e.Status, e.Outcomes, e.Fault, e.CompletedAt = Done, outcomes, fault, now
	if fault != nil {
		e.Status = Failed
	}
	e.Revision++
	return nil
}

func (e *Execution) cannot(what string) error {
	return domain.Conflict.New(fmt.Sprintf("The execution is %s and cannot be %s.", e.Status, what))
}
