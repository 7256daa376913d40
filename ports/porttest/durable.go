package porttest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// DurableEnv is a runtime with its worker; one value may be both.
type DurableEnv struct {
	Runtime durable.Runtime
	Worker  durable.Worker
	// MaxBytes is how long an input or an output may be; 0 is at least 10 million.
	MaxBytes int
	// Lags is a runtime whose List sees later than Describe what became of runs.
	Lags bool
}

// Durable proves the promises of a durable runtime. open returns one without runs
// each time, that can run what the registry holds and does not work yet.
func Durable(t *testing.T, open func(t *testing.T, registry durable.Registry) DurableEnv) {
	for name, topic := range map[string]map[string]func(t *testing.T, open opener){
		"steps": durableSteps, "waits": durableWaits, "children": durableChildren,
		"control": durableControl, "views": durableViews, "survival": durableSurvival,
	} {
		t.Run(name, func(t *testing.T) {
			for promise, prove := range topic {
				t.Run(promise, func(t *testing.T) { prove(t, open) })
			}
		})
	}
}

type opener = func(t *testing.T, registry durable.Registry) DurableEnv

// patience is how long a case waits for what must come.
const patience = 30 * time.Second

// bench is one runtime under proof.
type bench struct {
	DurableEnv
	t   *testing.T
	ctx context.Context
	// stop ends Work and returns when it has let go.
	stop func()
}

// program is a registry of one program.
func program(p durable.Program, steps map[string]durable.Step) durable.Registry {
	return durable.Registry{Programs: map[string]durable.Program{"p": p}, Steps: steps}
}

// working opens a runtime that works until the case is over.
func working(t *testing.T, open opener, registry durable.Registry) *bench {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	b := &bench{DurableEnv: open(t, registry), t: t, ctx: ctx}
	b.work()
	t.Cleanup(func() { b.stop() })
	return b
}

// work starts Work once more.
func (b *bench) work() {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- b.Worker.Work(ctx) }()
	b.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			b.t.Errorf("Work returned %v, want nil", err)
		}
	})
}

// start begins a run of the program p.
func (b *bench) start(id, input string) {
	b.t.Helper()
	must(b.t, b.Runtime.Start(b.ctx, durable.Start{ID: id, Program: "p", Input: []byte(input)}))
}

// ended waits for the end of a run.
func (b *bench) ended(id string) durable.Run {
	b.t.Helper()
	run, err := b.Runtime.Wait(b.ctx, id)
	must(b.t, err)
	return run
}

// outcome runs the program once and returns how the run ended.
func outcome(t *testing.T, open opener, p durable.Program, steps map[string]durable.Step, input string) durable.Run {
	t.Helper()
	b := working(t, open, program(p, steps))
	defer b.stop()
	b.start("run", input)
	return b.ended("run")
}

// succeeded tells of a run that did not succeed with the output.
func succeeded(t *testing.T, run durable.Run, output string) {
	t.Helper()
	if run.Status != durable.Succeeded || string(run.Output) != output || run.Fault != nil {
		t.Errorf("the run is %s with %.200q and fault %v, want succeeded with %.200q", run.Status, run.Output, run.Fault, output)
	}
}

// until polls until the condition holds, as a caller of a port without events has to.
func (b *bench) until(what string, holds func() bool) {
	b.t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-b.ctx.Done():
			b.t.Fatalf("still not so: %s", what)
		}
	}
}

// listed lists runs, and where the list lags, does so until it is as it should be.
func (b *bench) listed(query durable.Query, right func([]durable.Run) bool) []durable.Run {
	b.t.Helper()
	runs, err := b.Runtime.List(b.ctx, query)
	if b.Lags {
		b.until("the list shows what it should", func() bool {
			runs, err = b.Runtime.List(b.ctx, query)
			return err != nil || right(runs)
		})
	}
	must(b.t, err)
	return runs
}

// status reads how a run stands.
func (b *bench) status(id string) durable.Status {
	b.t.Helper()
	run, err := b.Runtime.Describe(b.ctx, id)
	must(b.t, err)
	return run.Status
}

// came waits for a value of the channel.
func came[T any](b *bench, what string, values <-chan T) T {
	b.t.Helper()
	select {
	case value := <-values:
		return value
	case <-b.ctx.Done():
		b.t.Fatalf("did not come: %s", what)
		panic("unreachable")
	}
}

// held is a step that tells each of its calls and stays until it is let go or its
// context ends.
type held struct {
	calls chan durable.Call
	let   chan struct{}
	ends  chan error
}

func hold() *held {
	return &held{calls: make(chan durable.Call, 64), let: make(chan struct{}), ends: make(chan error, 64)}
}

func (h *held) step(ctx context.Context, call durable.Call) ([]byte, error) {
	h.calls <- call
	select {
	case <-h.let:
		return call.Input, nil
	case <-ctx.Done():
		h.ends <- ctx.Err()
		return nil, ctx.Err()
	}
}

// echo is a step that returns its input.
func echo(_ context.Context, call durable.Call) ([]byte, error) { return call.Input, nil }

// count is a step that tells the name of each of its calls, and returns its input.
func count(calls *seen) durable.Step {
	return func(_ context.Context, call durable.Call) ([]byte, error) {
		calls.add(call.Name)
		return call.Input, nil
	}
}

// add remembers the text.
func (s *seen) add(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids = append(s.ids, text)
}

// chain is a program that hands its input through n echoes.
func chain(n int) durable.Program {
	return func(flow durable.Flow, input []byte) ([]byte, error) {
		for i := range n {
			output, err := flow.Go(durable.Task{Step: "echo", Name: fmt.Sprint("s", i), Input: input}).Wait()
			if err != nil {
				return nil, err
			}
			input = output
		}
		return input, nil
	}
}

// call is a program of one task, which is given the input.
func call(task durable.Task) durable.Program {
	return func(flow durable.Flow, input []byte) ([]byte, error) {
		with := task
		with.Input = input
		return flow.Go(with).Wait()
	}
}

// text is the JSON of a value that can be one.
func text(value any) []byte {
	encoded, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return encoded
}

// wantFault tells of a fault that is not the one wanted, causes apart.
func wantFault(t *testing.T, got, want *domain.Fault) {
	t.Helper()
	if got == nil || got.Kind != want.Kind || got.Code != want.Code || got.Message != want.Message ||
		fmt.Sprint(got.Fields, got.Details, got.RetryAfter) != fmt.Sprint(want.Fields, want.Details, want.RetryAfter) {
		t.Errorf("got the fault %#v, want %#v", got, want)
	}
}

// stopped reports whether the error is how a flow says that the run is to stop.
func stopped(err error) bool { return errors.Is(err, durable.ErrStopped) }
