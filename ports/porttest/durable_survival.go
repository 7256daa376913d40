package porttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

var durableSurvival = map[string]func(t *testing.T, open opener){
	"what was started before Work runs with it":        workLater,
	"the end of Work lets go, and the next goes on":    workAgain,
	"a sleep goes on without Work":                     workSleeps,
	"a child and its parent go on with the next Work":  workFamily,
	"a run that was paused stays so over Works":        workPaused,
	"two Works at the same time are a conflict":        workTwice,
	"200 runs at once all end":                         runsMany,
	"of many that start the same run one does":         runsRace,
	"commands at any moment leave a run that ends":     runsStorm,
	"commands of many callers leave a run that ends":   runsQuarrel,
	"a program that swallows its stop is not recorded": workSwallowed,
}

func sortedIDs(runs []durable.Run) string {
	var ids []string
	for _, run := range runs {
		ids = append(ids, run.ID)
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

func workLater(t *testing.T, open opener) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	b := &bench{DurableEnv: open(t, program(receiving("go", 1, time.Minute), nil)), t: t, ctx: ctx}
	b.start("run", `0`)
	must(t, b.Runtime.Signal(ctx, "run", "go", []byte(`1`)))
	if status := b.status("run"); status != durable.Running {
		t.Errorf("the run is %s before Work, want running", status)
	}
	b.work()
	defer b.stop()
	succeeded(t, b.ended("run"), `["1true"]`)
}

func workAgain(t *testing.T, open opener) {
	var calls seen
	slow := hold()
	b := working(t, open, program(func(flow durable.Flow, input []byte) ([]byte, error) {
		if _, err := flow.Go(durable.Task{Step: "count", Name: "first"}).Wait(); err != nil {
			return nil, err
		}
		return flow.Go(durable.Task{Step: "slow", Name: "second", Input: input}).Wait()
	}, map[string]durable.Step{"count": count(&calls), "slow": slow.step}))
	b.start("run", `3`)
	came(b, "the step", slow.calls)
	b.stop()
	came(b, "the end of the step's context", slow.ends)
	if status := b.status("run"); status != durable.Running {
		t.Errorf("the run is %s without Work, want running", status)
	}
	b.start("while away", `4`)
	b.work()
	came(b, "the step again", slow.calls)
	close(slow.let)
	succeeded(t, b.ended("run"), `3`)
	succeeded(t, b.ended("while away"), `4`)
	wantSame(t, "calls", calls.list(), []string{"first", "first"}) // one for each run
}

func workSleeps(t *testing.T, open opener) {
	asleep := make(chan bool, 2)
	b := working(t, open, program(func(flow durable.Flow, _ []byte) ([]byte, error) {
		asleep <- true
		return []byte(`1`), flow.Sleep(300 * time.Millisecond)
	}, nil))
	b.start("run", `0`)
	came(b, "the program", asleep)
	b.stop()
	b.work()
	succeeded(t, b.ended("run"), `1`)
}

func workFamily(t *testing.T, open opener) {
	slow := hold()
	b := working(t, open, family(slow.step))
	b.start("run", `5`)
	came(b, "the child's step", slow.calls)
	b.stop()
	b.work()
	came(b, "the child's step again", slow.calls)
	close(slow.let)
	succeeded(t, b.ended("run"), `5`)
}

func workPaused(t *testing.T, open opener) {
	b := working(t, open, program(receiving("go", 1, time.Minute), nil))
	b.start("run", `0`)
	must(t, b.Runtime.Pause(b.ctx, "run"))
	b.stop()
	b.work()
	b.start("other", `0`)
	must(t, b.Runtime.Signal(b.ctx, "other", "go", []byte(`1`)))
	b.ended("other")
	if status := b.status("run"); status != durable.Paused {
		t.Errorf("the run is %s, want paused", status)
	}
	b.stop()
	must(t, b.Runtime.Resume(b.ctx, "run"))
	must(t, b.Runtime.Signal(b.ctx, "run", "go", []byte(`2`)))
	b.work()
	succeeded(t, b.ended("run"), `["2true"]`)
}

func workTwice(t *testing.T, open opener) {
	b := working(t, open, program(chain(0), nil))
	b.start("run", `0`)
	b.ended("run")
	wantKind(t, "a second Work", b.Worker.Work(b.ctx), domain.Conflict)
}

func runsMany(t *testing.T, open opener) {
	b := working(t, open, program(chain(3), map[string]durable.Step{"echo": echo}))
	const many = 200
	failed := make(chan error, many)
	for i := range many {
		go func() {
			id, input := fmt.Sprint("run", i), fmt.Sprint(i)
			err := b.Runtime.Start(b.ctx, durable.Start{ID: id, Program: "p", Input: []byte(input)})
			if err == nil {
				var run durable.Run
				if run, err = b.Runtime.Wait(b.ctx, id); err == nil && string(run.Output) != input {
					err = fmt.Errorf("%s is %s with %q, want %q", id, run.Status, run.Output, input)
				}
			}
			failed <- err
		}()
	}
	for range many {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
}

func runsRace(t *testing.T, open opener) {
	var calls seen
	b := working(t, open, program(call(durable.Task{Step: "s", Name: "s"}), map[string]durable.Step{"s": count(&calls)}))
	const many = 8
	outcomes := make(chan error, many)
	for range many {
		go func() { outcomes <- b.Runtime.Start(b.ctx, durable.Start{ID: "run", Program: "p", Input: []byte(`0`)}) }()
	}
	for range many {
		must(t, <-outcomes)
	}
	b.ended("run")
	if got := calls.list(); len(got) != 1 {
		t.Errorf("the step ran %d times, want once", len(got))
	}
}

// runsStorm pauses and resumes runs again and again while they work.
func runsStorm(t *testing.T, open opener) {
	b := working(t, open, program(chain(8), map[string]durable.Step{"echo": echo}))
	const many = 8
	failed := make(chan error, many)
	for i := range many {
		go func() { failed <- storm(b, fmt.Sprint("run", i)) }()
	}
	for range many {
		must(t, <-failed)
	}
}

func storm(b *bench, id string) error {
	if err := b.Runtime.Start(b.ctx, durable.Start{ID: id, Program: "p", Input: []byte(id)}); err != nil {
		return err
	}
	for range 4 {
		for _, do := range []func(context.Context, string) error{b.Runtime.Pause, b.Runtime.Resume} {
			if err := do(b.ctx, id); err != nil && domain.FaultOf(err).Kind != domain.Conflict {
				return err
			}
		}
	}
	run, err := b.Runtime.Wait(b.ctx, id)
	if err == nil && string(run.Output) != id {
		err = fmt.Errorf("%s is %s with %q", id, run.Status, run.Output)
	}
	return err
}

func workSwallowed(t *testing.T, open opener) {
	slow := hold()
	b := working(t, open, program(func(flow durable.Flow, input []byte) ([]byte, error) {
		if output, err := flow.Go(durable.Task{Step: "slow", Name: "s", Input: input}).Wait(); err == nil {
			return output, nil
		}
		return []byte(`"swallowed"`), nil
	}, map[string]durable.Step{"slow": slow.step}))
	b.start("run", `1`)
	came(b, "the step", slow.calls)
	b.stop()
	b.work()
	came(b, "the step again", slow.calls)
	must(t, b.Runtime.Pause(b.ctx, "run"))
	must(t, b.Runtime.Resume(b.ctx, "run"))
	close(slow.let)
	succeeded(t, b.ended("run"), `1`)
}

// runsQuarrel lets some pause a run while others resume it.
func runsQuarrel(t *testing.T, open opener) {
	b := working(t, open, program(receiving("go", 1, time.Minute), nil))
	b.start("run", `0`)
	failed := make(chan error, 8)
	for i := range cap(failed) {
		do := []func(context.Context, string) error{b.Runtime.Pause, b.Runtime.Resume}[i%2]
		go func() {
			var err error
			for range 10 {
				err = errors.Join(err, do(b.ctx, "run"))
			}
			failed <- err
		}()
	}
	for range cap(failed) {
		must(t, <-failed)
	}
	must(t, b.Runtime.Resume(b.ctx, "run"))
	must(t, b.Runtime.Signal(b.ctx, "run", "go", []byte(`1`)))
	succeeded(t, b.ended("run"), `["1true"]`)
}
