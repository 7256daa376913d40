package porttest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

var durableControl = map[string]func(t *testing.T, open opener){
	"a run is started once":                           startOnce,
	"an id is 1 to 200 characters":                    startIDs,
	"a cancelled run ends with its steps' contexts":   cancelSteps,
	"a cancelled run does nothing more":               cancelWaits,
	"a paused step runs again with its key":           pauseStep,
	"what is recorded does not run again":             pauseRecorded,
	"a sleep and a wait are paused too":               pauseWaits,
	"a paused run can be cancelled":                   pauseCancel,
	"pausing and resuming twice is no fault":          pauseTwice,
	"no command reaches a run that is none, or ended": controlRefused,
	"a command with an ended context is a timeout":    controlEnded,
}

func startOnce(t *testing.T, open opener) {
	var calls seen
	b := working(t, open, durable.Registry{
		Programs: map[string]durable.Program{"p": call(durable.Task{Step: "s", Name: "s"}), "q": chain(0)},
		Steps:    map[string]durable.Step{"s": count(&calls)},
	})
	for range 3 {
		b.start("run", `0`)
	}
	b.ended("run")
	b.start("run", `0`)
	wantKind(t, "another input", b.Runtime.Start(b.ctx, durable.Start{ID: "run", Program: "p", Input: []byte(`1`)}), domain.Conflict)
	wantKind(t, "another program", b.Runtime.Start(b.ctx, durable.Start{ID: "run", Program: "q", Input: []byte(`0`)}), domain.Conflict)
	wantKind(t, "no program", b.Runtime.Start(b.ctx, durable.Start{ID: "other", Program: "gone"}), domain.NotFound)
	_, err := b.Runtime.Describe(b.ctx, "other")
	wantKind(t, "the run that was refused", err, domain.NotFound)
	if got := calls.list(); len(got) != 1 {
		t.Errorf("the step ran %d times, want once", len(got))
	}
}

func startIDs(t *testing.T, open opener) {
	b := working(t, open, program(chain(0), nil))
	for _, id := range []string{"", strings.Repeat("x", 201), "a::b"} {
		wantKind(t, "the id "+id, b.Runtime.Start(b.ctx, durable.Start{ID: id, Program: "p"}), domain.Invalid)
	}
	for _, id := range []string{"x", strings.Repeat("ü", 200), `a/b:c%_'"\ 1`} {
		b.start(id, `0`)
		if run := b.ended(id); run.ID != id {
			t.Errorf("the run is %q, want %q", run.ID, id)
		}
	}
}

func cancelSteps(t *testing.T, open opener) {
	slow := hold()
	b := working(t, open, program(call(durable.Task{Step: "s", Name: "s", Retry: durable.Retry{Attempts: 5}}), map[string]durable.Step{"s": slow.step}))
	b.start("run", `0`)
	came(b, "the step", slow.calls)
	must(t, b.Runtime.Cancel(b.ctx, "run"))
	came(b, "the end of the step's context", slow.ends)
	run := b.ended("run")
	if run.Status != durable.Cancelled || run.Fault != nil || run.Ended.IsZero() {
		t.Errorf("the run is told as %+v", run)
	}
	must(t, b.Runtime.Cancel(b.ctx, "run"))
	b.stop()
	if len(slow.calls) != 0 {
		t.Error("the step of a cancelled run was tried again")
	}
}

func cancelWaits(t *testing.T, open opener) {
	answers := make(chan error, 8)
	b := working(t, open, program(func(flow durable.Flow, input []byte) ([]byte, error) {
		var err error
		if string(input) == `"sleep"` {
			err = flow.Sleep(time.Hour)
		} else {
			_, _, err = flow.Receive("go", time.Hour)
		}
		answers <- err
		_, err = flow.Go(durable.Task{Step: "echo", Name: "after"}).Wait()
		answers <- err
		_, _, err = flow.Receive("go", 0)
		answers <- err
		answers <- flow.Sleep(0)
		return nil, durable.ErrStopped
	}, map[string]durable.Step{"echo": echo}))
	for _, how := range []string{"sleep", "receive"} {
		b.start(how, fmt.Sprintf("%q", how))
		must(t, b.Runtime.Cancel(b.ctx, how))
		if run := b.ended(how); run.Status != durable.Cancelled {
			t.Errorf("the run is %s, want cancelled", run.Status)
		}
	}
	b.stop() // a run that was cancelled before it began answers nothing
	close(answers)
	for err := range answers {
		if !stopped(err) {
			t.Errorf("a flow answers %v once its run is cancelled, want ErrStopped", err)
		}
	}
}

func pauseStep(t *testing.T, open opener) {
	slow := hold()
	b := working(t, open, program(call(durable.Task{Step: "s", Name: "s", Key: "k", Retry: durable.Retry{Attempts: 5}}), map[string]durable.Step{"s": slow.step}))
	b.start("run", `7`)
	first := came(b, "the step", slow.calls)
	must(t, b.Runtime.Pause(b.ctx, "run"))
	came(b, "the end of the step's context", slow.ends)
	run, err := b.Runtime.Describe(b.ctx, "run")
	must(t, err)
	if run.Status != durable.Paused || len(run.Steps) != 0 || !run.Ended.IsZero() {
		t.Errorf("the paused run is told as %+v", run)
	}
	must(t, b.Runtime.Resume(b.ctx, "run"))
	second := came(b, "the step again", slow.calls)
	if first.Key != "k" || second.Key != "k" || second.Attempt != 1 {
		t.Errorf("the calls are %+v and %+v", first, second)
	}
	close(slow.let)
	succeeded(t, b.ended("run"), `7`)
}

func pauseRecorded(t *testing.T, open opener) {
	var calls seen
	slow := hold()
	b := working(t, open, program(func(flow durable.Flow, input []byte) ([]byte, error) {
		first, err := flow.Go(durable.Task{Step: "count", Name: "first", Input: input}).Wait()
		if err != nil {
			return nil, err
		}
		if err := flow.Sleep(time.Millisecond); err != nil {
			return nil, err
		}
		beside := flow.Go(durable.Task{Step: "count", Name: "beside", Input: first})
		last, err := flow.Go(durable.Task{Step: "slow", Name: "last", Input: first}).Wait()
		if err != nil {
			return nil, err
		}
		_, err = beside.Wait()
		return last, err
	}, map[string]durable.Step{"count": count(&calls), "slow": slow.step}))
	b.start("run", `7`)
	for range 3 {
		came(b, "the step", slow.calls)
		b.until("two steps are recorded", func() bool {
			run, err := b.Runtime.Describe(b.ctx, "run")
			return err == nil && len(run.Steps) == 2
		})
		must(t, b.Runtime.Pause(b.ctx, "run"))
		must(t, b.Runtime.Resume(b.ctx, "run"))
	}
	close(slow.let)
	succeeded(t, b.ended("run"), `7`)
	wantSame(t, "calls", calls.list(), []string{"first", "beside"})
}

func pauseWaits(t *testing.T, open opener) {
	b := working(t, open, program(func(flow durable.Flow, input []byte) ([]byte, error) {
		if string(input) == `"sleep"` {
			return input, flow.Sleep(300 * time.Millisecond)
		}
		_, came, err := flow.Receive("go", 300*time.Millisecond)
		if came {
			return nil, domain.Internal.New("There was no signal.")
		}
		return input, err
	}, nil))
	for _, how := range []string{"sleep", "receive"} {
		input := fmt.Sprintf("%q", how)
		b.start(how, input)
		must(t, b.Runtime.Pause(b.ctx, how))
		if status := b.status(how); status != durable.Paused {
			t.Errorf("the run is %s, want paused", status)
		}
		must(t, b.Runtime.Resume(b.ctx, how))
		succeeded(t, b.ended(how), input)
	}
}

func pauseCancel(t *testing.T, open opener) {
	slow := hold()
	b := working(t, open, program(call(durable.Task{Step: "s", Name: "s"}), map[string]durable.Step{"s": slow.step}))
	b.start("run", `0`)
	came(b, "the step", slow.calls)
	must(t, b.Runtime.Pause(b.ctx, "run"))
	must(t, b.Runtime.Cancel(b.ctx, "run"))
	if run := b.ended("run"); run.Status != durable.Cancelled || run.Ended.IsZero() {
		t.Errorf("the run is told as %+v", run)
	}
	wantKind(t, "resuming it", b.Runtime.Resume(b.ctx, "run"), domain.Conflict)
}

func pauseTwice(t *testing.T, open opener) {
	b := working(t, open, program(receiving("go", 1, time.Minute), nil))
	b.start("run", `0`)
	must(t, b.Runtime.Resume(b.ctx, "run"))
	must(t, b.Runtime.Pause(b.ctx, "run"))
	must(t, b.Runtime.Pause(b.ctx, "run"))
	b.start("run", `0`) // it is there, however it stands
	if status := b.status("run"); status != durable.Paused {
		t.Errorf("the run is %s, want paused", status)
	}
	must(t, b.Runtime.Resume(b.ctx, "run"))
	must(t, b.Runtime.Resume(b.ctx, "run"))
	must(t, b.Runtime.Signal(b.ctx, "run", "go", []byte(`1`)))
	succeeded(t, b.ended("run"), `["1true"]`)
}

func controlRefused(t *testing.T, open opener) {
	b := working(t, open, program(chain(0), nil))
	b.start("run", `0`)
	b.ended("run")
	for name, do := range map[string]func(context.Context, string) error{
		"Cancel": b.Runtime.Cancel, "Pause": b.Runtime.Pause, "Resume": b.Runtime.Resume,
	} {
		wantKind(t, name+" of no run", do(b.ctx, "none"), domain.NotFound)
		wantKind(t, name+" of a run that ended", do(b.ctx, "run"), domain.Conflict)
	}
}

func controlEnded(t *testing.T, open opener) {
	b := working(t, open, program(chain(0), nil))
	b.start("run", `0`)
	b.ended("run")
	ended, cancel := context.WithCancel(b.ctx)
	cancel()
	for name, do := range map[string]func(context.Context, string) error{
		"Cancel": b.Runtime.Cancel, "Pause": b.Runtime.Pause, "Resume": b.Runtime.Resume,
		"Start": func(ctx context.Context, id string) error {
			return b.Runtime.Start(ctx, durable.Start{ID: id, Program: "p"})
		},
		"Describe": func(ctx context.Context, id string) error { _, err := b.Runtime.Describe(ctx, id); return err },
		"Wait":     func(ctx context.Context, id string) error { _, err := b.Runtime.Wait(ctx, id); return err },
		"List":     func(ctx context.Context, _ string) error { _, err := b.Runtime.List(ctx, durable.Query{}); return err },
	} {
		wantKind(t, name, do(ended, "run"), domain.Timeout)
	}
}
