package durable

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

// ErrStopped is what every method of a Flow returns once its run is to stop here:
// it was cancelled or paused, or the process is stopping. A program returns it as
// it is and does nothing more.
var ErrStopped = errors.New("the run stops here")

// Start is what begins a run.
type Start struct {
	// ID is chosen by the caller, 1 to 200 characters, without "::".
	ID, Program string
	// Input is JSON.
	Input []byte
	// Parent is empty, or the run with which this one is cancelled, paused and
	// resumed.
	Parent string
}

// Check returns an Invalid fault unless the id can be one. Every runtime calls it
// first.
func (s Start) Check() error {
	if length := utf8.RuneCountInString(s.ID); length == 0 || length > 200 || strings.Contains(s.ID, "::") || !utf8.ValidString(s.ID) {
		return domain.Invalid.New("A run needs an id of 1 to 200 characters, without \"::\".").
			WithField("id", "pattern", "must have 1 to 200 characters and no \"::\"")
	}
	return nil
}

// Status says how a run stands.
type Status string

// The statuses of a run; it has ended with any but Running and Paused.
const (
	Running   Status = "running"
	Paused    Status = "paused"
	Succeeded Status = "succeeded"
	Failed    Status = "failed"
	Cancelled Status = "cancelled"
)

// Ended reports whether the run will do no more.
func (s Status) Ended() bool { return s != Running && s != Paused }

// Run is what is recorded of a run.
type Run struct {
	ID, Program string
	Status      Status
	Input       []byte
	// Output is there when the run succeeded, Fault when it failed.
	Output  []byte
	Fault   *domain.Fault
	Started time.Time
	// Ended is zero while the run has not ended.
	Ended time.Time
	// Steps are the recorded ones: what is under way is not among them.
	Steps []Record
}

// Record is the recorded outcome of a step or a child.
type Record struct {
	// Name is that of the call, or the child's id.
	Name string
	// Child says that it is a run of its own.
	Child  bool
	Output []byte
	Fault  *domain.Fault
	// Started and Ended are zero where the engine does not keep them.
	Started, Ended time.Time
}

// Query chooses runs; what is empty chooses all.
type Query struct {
	// Program and Prefix choose by program and by the beginning of the id.
	Program, Prefix string
	Status          Status
	// Limit is at most 1000; 0 is 100.
	Limit, Offset int
}

// Bound is the limit that holds.
func (q Query) Bound() int {
	if q.Limit <= 0 {
		return 100
	}
	return min(q.Limit, 1000)
}

// EndedRun is the fault of asking something of a run that will do no more.
func EndedRun(id string, status Status) *domain.Fault {
	return domain.Conflict.New(fmt.Sprintf("The run %q has ended: it is %s.", id, status)).WithCode("run_ended")
}

// CancelledChild is the fault that a parent sees of a child that was cancelled.
func CancelledChild(id string) *domain.Fault {
	return domain.Conflict.New(fmt.Sprintf("The run %q was cancelled.", id)).WithCode("run_cancelled")
}

// Transient reports whether trying again may help: the fault lies in the way, not
// in what was asked.
func Transient(err error) bool {
	for _, kind := range []domain.Kind{domain.Upstream, domain.Unavailable, domain.Timeout, domain.RateLimited, domain.Storage} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// Wait returns the delay before the attempt of the number, which counts from 2.
// A fault that says when to come back is heeded when that is later.
func (r Retry) Wait(attempt int, fault *domain.Fault) time.Duration {
	limit, factor := r.MaxDelay, r.Factor
	if limit == 0 {
		limit = 300 * time.Second
	}
	if factor == 0 {
		factor = 2
	}
	delay := min(r.Delay, limit)
	for range attempt - 2 {
		delay = min(time.Duration(float64(delay)*factor), limit)
	}
	if fault != nil {
		delay = max(delay, min(fault.RetryAfter, limit))
	}
	return delay
}
