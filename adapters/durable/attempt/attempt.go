// Package attempt is what every durable runtime does alike: it runs programs and
// steps so that a panic is a fault, tries steps again, and writes faults down.
package attempt

import (
	"context"
	"errors"
	"fmt"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/durable"
)

// Step runs the task's step until it succeeds, fails for good or has used its
// attempts, and returns its output or its fault. When ctx ended the fault is a
// Timeout that tells nothing about the step: the caller records nothing then.
func Step(ctx context.Context, times clock.Clock, steps map[string]durable.Step, run string, task durable.Task) ([]byte, *domain.Fault) {
	step, known := steps[task.Step]
	if !known {
		return nil, domain.NotFound.New(fmt.Sprintf("There is no step %q; start a version of the program that has it.", task.Step))
	}
	call := durable.Call{Run: run, Name: task.Name, Key: task.Key, Input: task.Input}
	if call.Key == "" {
		call.Key = run + "/" + task.Name
	}
	for call.Attempt = 1; ; call.Attempt++ {
		output, err := once(ctx, step, call, task)
		if err == nil {
			return output, nil
		}
		fault := domain.FaultOf(err)
		if ctx.Err() != nil || call.Attempt >= task.Retry.Attempts || !durable.Transient(err) {
			return nil, fault
		}
		if pause(ctx, times, task, call.Attempt+1, fault) != nil {
			return nil, fault
		}
	}
}

// once runs one attempt within its time.
func once(ctx context.Context, step durable.Step, call durable.Call, task durable.Task) ([]byte, error) {
	if task.Timeout <= 0 {
		return guarded(func() ([]byte, error) { return step(ctx, call) })
	}
	limited, cancel := context.WithTimeout(ctx, task.Timeout)
	defer cancel()
	output, err := guarded(func() ([]byte, error) { return step(limited, call) })
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		return nil, domain.Timeout.Wrap(err, fmt.Sprintf("%s took longer than %s; allow it more time, or ask it for less.", call.Name, task.Timeout))
	}
	return output, err
}

// pause waits before the attempt of the number, or until ctx ends.
func pause(ctx context.Context, times clock.Clock, task durable.Task, attempt int, fault *domain.Fault) error {
	timer := times.NewTimer(task.Retry.Wait(attempt, fault))
	defer timer.Stop()
	select {
	case <-timer.C():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Program runs the program; a panic becomes an Internal fault.
func Program(program durable.Program, flow durable.Flow, input []byte) ([]byte, error) {
	return guarded(func() ([]byte, error) { return program(flow, input) })
}

// guarded turns a panic into an Internal fault.
func guarded(work func() ([]byte, error)) (output []byte, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = domain.Internal.Wrap(fmt.Errorf("panic: %v", cause), "An unexpected error occurred; report it with the id of the run.")
		}
	}()
	return work()
}

// Outcome is the fault that the error of a program means, or nil for none.
func Outcome(err error) *domain.Fault {
	if errors.Is(err, durable.ErrStopped) {
		return domain.Internal.Wrap(err, "The program stopped though its run was not to stop; report it with the id of the run.")
	}
	return domain.FaultOf(err)
}
