package durablemem_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	durablemem "github.com/docsteward/docsteward/adapters/durable/memory"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/porttest"
)

// spoiled is a runtime that spoils what it is asked or what it answers.
type spoiled struct {
	*durablemem.Runtime
	start  func(error) error
	signal func([]byte) []byte
	resume func(error) error
	tell   func(durable.Run) durable.Run
	list   func([]durable.Run) []durable.Run
	work   func(error) error
	ctx    func(context.Context) context.Context
}

func (s spoiled) context(ctx context.Context) context.Context { return apply(s.ctx, ctx) }

// apply spoils the value, where there is something to spoil it with.
func apply[T any](spoil func(T) T, value T) T {
	if spoil == nil {
		return value
	}
	return spoil(value)
}

func (s spoiled) Start(ctx context.Context, start durable.Start) error {
	return apply(s.start, s.Runtime.Start(s.context(ctx), start))
}

func (s spoiled) Signal(ctx context.Context, run, name string, payload []byte) error {
	return s.Runtime.Signal(s.context(ctx), run, name, apply(s.signal, payload))
}

func (s spoiled) Resume(ctx context.Context, run string) error {
	return apply(s.resume, s.Runtime.Resume(ctx, run))
}

func (s spoiled) Describe(ctx context.Context, id string) (durable.Run, error) {
	run, err := s.Runtime.Describe(s.context(ctx), id)
	return apply(s.tell, run), err
}

func (s spoiled) Wait(ctx context.Context, id string) (durable.Run, error) {
	run, err := s.Runtime.Wait(ctx, id)
	return apply(s.tell, run), err
}

func (s spoiled) List(ctx context.Context, query durable.Query) ([]durable.Run, error) {
	runs, err := s.Runtime.List(ctx, query)
	return apply(s.list, runs), err
}

func (s spoiled) Work(ctx context.Context) error { return apply(s.work, s.Runtime.Work(ctx)) }

// flow is a flow that spoils the tasks.
type flow struct {
	durable.Flow
	task func(durable.Task) durable.Task
}

func (f flow) Go(task durable.Task) durable.Pending { return f.Flow.Go(f.task(task)) }

// tasks spoils every task of the registry's programs.
func tasks(spoil func(durable.Task) durable.Task) func(durable.Registry) {
	return func(registry durable.Registry) {
		for name, program := range registry.Programs {
			registry.Programs[name] = func(f durable.Flow, input []byte) ([]byte, error) { return program(flow{f, spoil}, input) }
		}
	}
}

// steps spoils every step of the registry.
func steps(spoil func(durable.Step) durable.Step) func(durable.Registry) {
	return func(registry durable.Registry) {
		for name, step := range registry.Steps {
			registry.Steps[name] = spoil(step)
		}
	}
}

// forgive makes every refusal of the kind a success.
func forgive(kind domain.Kind) func(error) error {
	return func(err error) error {
		if errors.Is(err, kind) {
			return nil
		}
		return err
	}
}

// saboteurs each break one promise; caught is a case that must tell.
var saboteurs = map[string]struct {
	caught   string
	registry func(durable.Registry)
	spoiled  spoiled
}{
	"never tries again": {"steps/what_is_transient_is_tried_again", tasks(func(task durable.Task) durable.Task {
		task.Retry = durable.Retry{}
		return task
	}), spoiled{}},
	"always tries again": {"steps/what_is_not_transient_is_not", steps(func(step durable.Step) durable.Step {
		return func(ctx context.Context, call durable.Call) ([]byte, error) {
			output, err := step(ctx, call)
			if err != nil {
				err = domain.Unavailable.Wrap(err, "Again.")
			}
			return output, err
		}
	}), spoiled{}},
	"a key for each time": {"control/a_paused_step_runs_again_with_its_key", steps(func(step durable.Step) durable.Step {
		var times atomic.Int64
		return func(ctx context.Context, call durable.Call) ([]byte, error) {
			call.Key = fmt.Sprint(call.Key, times.Add(1))
			return step(ctx, call)
		}
	}), spoiled{}},
	"cuts what is long": {"steps/an_output_may_be_empty,_odd_and_of_10_million", steps(func(step durable.Step) durable.Step {
		return func(ctx context.Context, call durable.Call) ([]byte, error) {
			output, err := step(ctx, call)
			return output[:min(len(output), 1<<20)], err
		}
	}), spoiled{}},
	"forgets codes": {"steps/a_fault_keeps_all_that_it_says", nil, spoiled{tell: func(run durable.Run) durable.Run {
		if run.Fault != nil {
			run.Fault = run.Fault.WithCode("")
		}
		return run
	}}},
	"tells steps backwards": {"views/a_run_is_described_with_its_steps_in_order", nil, spoiled{tell: func(run durable.Run) durable.Run {
		if run.Status.Ended() {
			slices.Reverse(run.Steps)
		}
		return run
	}}},
	"keeps pauses secret": {"control/a_paused_step_runs_again_with_its_key", nil, spoiled{tell: func(run durable.Run) durable.Run {
		if run.Status == durable.Paused {
			run.Status = durable.Running
		}
		return run
	}}},
	"lists backwards": {"views/runs_are_listed_last_started_first", nil, spoiled{list: func(runs []durable.Run) []durable.Run {
		slices.Reverse(runs)
		return runs
	}}},
	"lists too much": {"views/runs_are_listed_by_what_is_asked_for", nil, spoiled{list: func(runs []durable.Run) []durable.Run {
		return append(runs, durable.Run{ID: "z"})
	}}},
	"starts anything":   {"control/a_run_is_started_once", nil, spoiled{start: forgive(domain.Conflict)}},
	"takes any id":      {"control/an_id_is_1_to_200_characters", nil, spoiled{start: forgive(domain.Invalid)}},
	"resumes the ended": {"control/no_command_reaches_a_run_that_is_none,_or_ended", nil, spoiled{resume: forgive(domain.Conflict)}},
	"loses payloads":    {"waits/signals_that_came_before_are_taken_in_order", nil, spoiled{signal: func([]byte) []byte { return nil }}},
	"works twice":       {"survival/two_Works_at_the_same_time_are_a_conflict", nil, spoiled{work: forgive(domain.Conflict)}},
	"deaf to contexts":  {"control/a_command_with_an_ended_context_is_a_timeout", nil, spoiled{ctx: context.WithoutCancel}},
}

const saboteurKey = "DURABLE_SABOTEUR"

// TestSaboteur runs the suite on the saboteur that the environment names; by
// itself it has nothing to do.
func TestSaboteur(t *testing.T) {
	saboteur, ok := saboteurs[os.Getenv(saboteurKey)]
	if !ok {
		t.Skipf("runs in the subprocesses of TestSuiteCatchesSaboteurs, which set %s", saboteurKey)
	}
	porttest.Durable(t, func(_ *testing.T, registry durable.Registry) porttest.DurableEnv {
		if saboteur.registry != nil {
			saboteur.registry(registry)
		}
		runtime := saboteur.spoiled
		runtime.Runtime = durablemem.New(systemclock.Clock{}, registry)
		return porttest.DurableEnv{Runtime: runtime, Worker: runtime}
	})
}

func TestSuiteCatchesSaboteurs(t *testing.T) {
	for name, saboteur := range saboteurs {
		t.Run(name, func(t *testing.T) {
			topic, promise, _ := strings.Cut(saboteur.caught, "/")
			command := exec.Command(os.Args[0], "-test.run=^TestSaboteur$/^"+topic+"$/^"+promise+"$", "-test.v")
			command.Env = append(os.Environ(), saboteurKey+"="+name)
			out, err := command.CombinedOutput()
			if err == nil {
				t.Fatalf("the suite passes:\n%s", out)
			}
			if !strings.Contains(string(out), "--- FAIL: TestSaboteur/"+saboteur.caught) {
				t.Errorf("the case %s did not fail:\n%s", saboteur.caught, out)
			}
		})
	}
}
