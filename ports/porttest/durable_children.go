package porttest

import (
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

var durableChildren = map[string]func(t *testing.T, open opener){
	"a child's outcome is its parent's to have":      childSucceeds,
	"a child's fault is its parent's to have":        childFails,
	"a child that cannot be started is a fault":      childUnknown,
	"children run at the same time":                  childrenOverlap,
	"a run that is there already is taken":           childTaken,
	"a child that nobody awaits goes on":             childUnawaited,
	"a child is cancelled with its parent":           childCancelled,
	"a child that is cancelled alone is a conflict":  childCancelledAlone,
	"a child is paused and resumed with its parent":  childPaused,
	"a parent waits while its child alone is paused": childPausedAlone,
}

// family is a registry in which p starts a run of "child" whose id is its own with
// "/c", and awaits it; child calls the step s with its input.
func family(step durable.Step) durable.Registry {
	return durable.Registry{
		Programs: map[string]durable.Program{
			"p": func(flow durable.Flow, input []byte) ([]byte, error) {
				return flow.Child(flow.Run()+"/c", "child", input).Wait()
			},
			"child": call(durable.Task{Step: "s", Name: "s"}),
		},
		Steps: map[string]durable.Step{"s": step},
	}
}

func childSucceeds(t *testing.T, open opener) {
	b := working(t, open, family(echo))
	b.start("run", `{"a":1}`)
	succeeded(t, b.ended("run"), `{"a":1}`)
	succeeded(t, b.ended("run/c"), `{"a":1}`)
	run, err := b.Runtime.Describe(b.ctx, "run")
	must(t, err)
	if len(run.Steps) != 1 || run.Steps[0].Name != "run/c" || !run.Steps[0].Child || string(run.Steps[0].Output) != `{"a":1}` {
		t.Errorf("the child is recorded as %+v", run.Steps)
	}
}

func childFails(t *testing.T, open opener) {
	registry := family(nil)
	registry.Programs["child"] = func(durable.Flow, []byte) ([]byte, error) { return nil, full() }
	b := working(t, open, registry)
	b.start("run", `0`)
	wantFault(t, b.ended("run").Fault, full())
}

func childUnknown(t *testing.T, open opener) {
	b := working(t, open, program(func(flow durable.Flow, input []byte) ([]byte, error) {
		if string(input) == `"id"` {
			return flow.Child("", "p", nil).Wait()
		}
		return flow.Child("c", "gone", nil).Wait()
	}, nil))
	b.start("run", `0`)
	if run := b.ended("run"); run.Fault == nil || run.Fault.Kind != domain.NotFound {
		t.Errorf("the run is %s with %v, want failed with not found", run.Status, run.Fault)
	}
	b.start("other", `"id"`)
	if run := b.ended("other"); run.Fault == nil || run.Fault.Kind != domain.Invalid {
		t.Errorf("the run is %s with %v, want failed with invalid", run.Status, run.Fault)
	}
}

func childrenOverlap(t *testing.T, open opener) {
	both := hold()
	b := working(t, open, durable.Registry{
		Programs: map[string]durable.Program{
			"p": func(flow durable.Flow, _ []byte) ([]byte, error) {
				one, two := flow.Child("run/1", "child", []byte(`1`)), flow.Child("run/2", "child", []byte(`2`))
				second, err := two.Wait()
				if err != nil {
					return nil, err
				}
				first, err := one.Wait()
				return append(first, second...), err
			},
			"child": call(durable.Task{Step: "s", Name: "s"}),
		},
		Steps: map[string]durable.Step{"s": both.step},
	})
	b.start("run", `0`)
	came(b, "the first child", both.calls)
	came(b, "the second child", both.calls)
	close(both.let)
	succeeded(t, b.ended("run"), `12`)
}

func childTaken(t *testing.T, open opener) {
	b := working(t, open, family(echo))
	must(t, b.Runtime.Start(b.ctx, durable.Start{ID: "run/c", Program: "child", Input: []byte(`"first"`)}))
	b.ended("run/c")
	b.start("run", `"second"`)
	succeeded(t, b.ended("run"), `"first"`)
}

func childUnawaited(t *testing.T, open opener) {
	slow := hold()
	registry := family(slow.step)
	registry.Programs["p"] = func(flow durable.Flow, _ []byte) ([]byte, error) {
		flow.Child("run/c", "child", []byte(`2`))
		return []byte(`1`), nil
	}
	b := working(t, open, registry)
	b.start("run", `0`)
	succeeded(t, b.ended("run"), `1`)
	came(b, "the child", slow.calls)
	close(slow.let)
	succeeded(t, b.ended("run/c"), `2`)
}

func childCancelled(t *testing.T, open opener) {
	slow := hold()
	b := working(t, open, family(slow.step))
	b.start("run", `0`)
	came(b, "the child's step", slow.calls)
	must(t, b.Runtime.Cancel(b.ctx, "run"))
	came(b, "the end of the step's context", slow.ends)
	for _, id := range []string{"run", "run/c"} {
		if run := b.ended(id); run.Status != durable.Cancelled {
			t.Errorf("%s is %s, want cancelled", id, run.Status)
		}
	}
}

func childCancelledAlone(t *testing.T, open opener) {
	slow := hold()
	b := working(t, open, family(slow.step))
	b.start("run", `0`)
	came(b, "the child's step", slow.calls)
	must(t, b.Runtime.Cancel(b.ctx, "run/c"))
	run := b.ended("run")
	if run.Status != durable.Failed || run.Fault == nil || run.Fault.Kind != domain.Conflict {
		t.Errorf("the parent is %s with %v, want failed with a conflict", run.Status, run.Fault)
	}
}

func childPaused(t *testing.T, open opener) {
	slow := hold()
	b := working(t, open, family(slow.step))
	b.start("run", `5`)
	came(b, "the child's step", slow.calls)
	must(t, b.Runtime.Pause(b.ctx, "run"))
	came(b, "the end of the step's context", slow.ends)
	for _, id := range []string{"run", "run/c"} {
		if status := b.status(id); status != durable.Paused {
			t.Errorf("%s is %s, want paused", id, status)
		}
	}
	close(slow.let)
	must(t, b.Runtime.Resume(b.ctx, "run"))
	succeeded(t, b.ended("run"), `5`)
}

func childPausedAlone(t *testing.T, open opener) {
	slow := hold()
	b := working(t, open, family(slow.step))
	b.start("run", `5`)
	came(b, "the child's step", slow.calls)
	must(t, b.Runtime.Pause(b.ctx, "run/c"))
	came(b, "the end of the step's context", slow.ends)
	if status := b.status("run"); status != durable.Running {
		t.Errorf("the parent is %s, want running", status)
	}
	close(slow.let)
	must(t, b.Runtime.Resume(b.ctx, "run/c"))
	succeeded(t, b.ended("run"), `5`)
}
