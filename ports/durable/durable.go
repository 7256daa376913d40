// Package durable is the port of work that outlives its process: programs whose
// steps are recorded, so that a run goes on after a crash where it stood.
//
// A Program must be deterministic: with the same input and the same outcomes it
// makes the same calls of its Flow in the same order. It reads no clock, draws no
// random number, starts no goroutine and touches nothing outside; all of that
// happens in steps, which are registered by name.
package durable

//go:generate go tool mockgen -source=durable.go -destination=../mocks/durablemock/durable.go -package=durablemock

import (
	"context"
	"time"
)

// Program is the deterministic code of a run. Input and output are JSON. An error
// ends the run as Failed, with its domain.Fault kept: of the cause, the text. A
// panic is an Internal fault. The run ends when the program has returned and every
// step that it started has ended; a child goes on by itself.
type Program func(flow Flow, input []byte) ([]byte, error)

// Step is work outside of the program. It may run again when the process died
// before its outcome was recorded, or when it failed and is tried again: what it
// does outside carries call.Key, so that the other side can tell.
type Step func(ctx context.Context, call Call) ([]byte, error)

// Call is one call of a step.
type Call struct {
	// Run is the id of the run, and Name that of the call: unique in the run.
	Run, Name string
	// Key identifies the effect: the same for every time that this call runs.
	Key string
	// Input is JSON.
	Input []byte
	// Attempt counts from 1 the times that this process tried the call.
	Attempt int
}

// Registry holds what a runtime can run, by name. The names are part of what is
// recorded: a name that a run stands on must stay.
type Registry struct {
	Programs map[string]Program
	Steps    map[string]Step
}

// Flow is what a program has to the world. Its methods are called from the
// program's goroutine only. Each fails with ErrStopped once the run was cancelled
// or paused or its process is stopping; the program then returns that error.
type Flow interface {
	// Run is the id of the run.
	Run() string
	// Go starts a step and returns at once: steps that were started and not yet
	// awaited run at the same time.
	Go(task Task) Pending
	// Child starts a run of another program, whose id should hold this run's, and
	// returns at once. A run of that id that is there already is taken. When this
	// run is cancelled, paused or resumed, so is the child. A child that was
	// cancelled ends with a Conflict (CancelledChild).
	Child(id, program string, input []byte) Pending
	// Sleep returns when d has passed since it was first called, also when the
	// process was dead meanwhile.
	Sleep(d time.Duration) error
	// Receive takes the oldest signal of the name that was not taken before, and
	// waits for one until the timeout has passed; came tells whether there was one.
	Receive(name string, timeout time.Duration) (payload []byte, came bool, err error)
}

// Task is a step to start.
type Task struct {
	// Step names the registered step, and Name this call of it: unique in the run.
	Step, Name string
	// Key is handed to the step; empty is the run's id and Name.
	Key string
	// Input is JSON.
	Input []byte
	// Retry says how often the step is tried again. Only what is Transient is.
	Retry Retry
	// Timeout is how long one attempt may take; 0 is without limit. A step that
	// takes longer has its context ended, and an error that it then returns is a
	// Timeout.
	Timeout time.Duration
}

// Retry says how often and how fast what failed is tried again.
type Retry struct {
	// Attempts counts the first one too; 0 is 1.
	Attempts int
	// Delay is before the second attempt; each further delay is Factor times the
	// one before (0 is 2), and at most MaxDelay (0 is 300 s).
	Delay    time.Duration
	Factor   float64
	MaxDelay time.Duration
}

// Pending is the outcome of something that was started.
type Pending interface {
	// Wait returns the output, or the fault that the step or the child ended with.
	Wait() ([]byte, error)
}

// Runtime runs programs. Every method fails with Storage when the store cannot
// serve, and with Timeout when ctx ended.
type Runtime interface {
	// Start begins a run and returns when it is recorded: from then on it is not
	// lost. An id that is there already with the same program and input is left as
	// it is; with another it is a Conflict. A program that is not registered is
	// NotFound, an id that cannot be one Invalid.
	Start(ctx context.Context, start Start) error
	// Signal hands the payload to one Receive of the run, in the order in which the
	// signals of a name came. It fails with NotFound where there is no such run, and
	// with Conflict when the run ended.
	Signal(ctx context.Context, run, name string, payload []byte) error
	// Cancel ends the run and its children as Cancelled, and the contexts of its
	// steps with them. It fails with NotFound, and with Conflict when the run ended;
	// cancelling twice is no fault.
	Cancel(ctx context.Context, run string) error
	// Pause stops the run and its children until Resume; a step under way is ended
	// and runs again then, with the same key. Sleeps go on meanwhile. It fails with
	// NotFound, and with Conflict when the run ended; pausing twice is no fault.
	Pause(ctx context.Context, run string) error
	// Resume lets a paused run go on. It fails with NotFound, and with Conflict
	// unless the run is paused or running; for a running one it does nothing.
	Resume(ctx context.Context, run string) error
	// Describe returns the run with the recorded steps, in the order in which they
	// were started. It fails with NotFound.
	Describe(ctx context.Context, run string) (Run, error)
	// List returns runs without their steps, the last started first; an engine may
	// tell instants apart by the millisecond only, and orders by id within one.
	List(ctx context.Context, query Query) ([]Run, error)
	// Wait returns the run without its steps when it has ended. It fails with
	// NotFound.
	Wait(ctx context.Context, run string) (Run, error)
}

// Worker is the part of a runtime that runs what was started.
type Worker interface {
	// Work runs what is recorded and not yet ended, whoever started it, until ctx
	// ends; then it lets go of it within the grace of the adapter and returns nil.
	// What it let go of goes on with the next Work, here or in another process. A
	// second Work at the same time is a Conflict.
	Work(ctx context.Context) error
}
