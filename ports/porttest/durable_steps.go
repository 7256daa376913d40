package porttest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

var durableSteps = map[string]func(t *testing.T, open opener){
	"a chain hands its values on":                   stepChain,
	"steps that were started run at the same time":  stepsOverlap,
	"what is transient is tried again":              stepRetries,
	"what is not transient is not":                  stepGivesUp,
	"an attempt has its time":                       stepTimes,
	"a fault keeps all that it says":                stepFaults,
	"a step knows its call":                         stepCall,
	"an unknown step is a fault":                    stepUnknown,
	"steps that nobody awaits end before the run":   stepUnawaited,
	"a step that panics is an internal fault":       stepPanics,
	"a program that panics is an internal fault":    programPanics,
	"a program's own fault ends the run as failed":  programFails,
	"an output may be empty, odd and of 10 million": stepBytes,
}

func stepChain(t *testing.T, open opener) {
	run := outcome(t, open, chain(10), map[string]durable.Step{"echo": echo}, `{"a":"ü"}`)
	succeeded(t, run, `{"a":"ü"}`)
	if run.ID != "run" || run.Program != "p" || string(run.Input) != `{"a":"ü"}` || run.Started.IsZero() || run.Ended.Before(run.Started) {
		t.Errorf("the run is told as %+v", run)
	}
}

// stepsOverlap lets two steps wait for each other.
func stepsOverlap(t *testing.T, open opener) {
	var meeting sync.WaitGroup
	meeting.Add(2)
	run := outcome(t, open, func(flow durable.Flow, _ []byte) ([]byte, error) {
		one := flow.Go(durable.Task{Step: "meet", Name: "one", Input: []byte(`1`)})
		two := flow.Go(durable.Task{Step: "meet", Name: "two", Input: []byte(`2`)})
		second, err := two.Wait()
		if err != nil {
			return nil, err
		}
		first, err := one.Wait()
		return fmt.Appendf(nil, "[%s,%s]", first, second), err
	}, map[string]durable.Step{"meet": func(_ context.Context, call durable.Call) ([]byte, error) {
		meeting.Done()
		meeting.Wait()
		return call.Input, nil
	}}, `0`)
	succeeded(t, run, `[1,2]`)
}

// failing is a step that fails until the attempt of the number.
func failing(tried *seen, until int, fault error) durable.Step {
	return func(_ context.Context, call durable.Call) ([]byte, error) {
		tried.add(fmt.Sprint(call.Attempt, call.Key))
		if call.Attempt < until {
			return nil, fault
		}
		return []byte(`"done"`), nil
	}
}

func stepRetries(t *testing.T, open opener) {
	for _, fault := range []error{domain.Upstream, domain.Timeout.New("Slow."), fmt.Errorf("wrapped: %w", domain.Unavailable.New("Away.")),
		domain.RateLimited.New("Wait.").WithRetryAfter(time.Millisecond), domain.Storage.New("Full.")} {
		var tried seen
		run := outcome(t, open, call(durable.Task{Step: "s", Name: "s", Retry: durable.Retry{Attempts: 4, Delay: time.Millisecond, Factor: 1}}),
			map[string]durable.Step{"s": failing(&tried, 3, fault)}, `0`)
		succeeded(t, run, `"done"`)
		wantSame(t, "attempts", tried.list(), []string{"1run/s", "2run/s", "3run/s"})
	}
}

func stepGivesUp(t *testing.T, open opener) {
	retry := durable.Retry{Attempts: 3, Delay: time.Millisecond, MaxDelay: 2 * time.Millisecond}
	for _, c := range []struct {
		fault error
		retry durable.Retry
		tries int
	}{
		{domain.Invalid.New("No."), retry, 1},
		{domain.NotFound.New("No."), retry, 1},
		{domain.Internal.New("No."), retry, 1},
		{domain.Upstream.New("No."), durable.Retry{}, 1},
		{domain.Upstream.New("No."), retry, 3},
	} {
		var tried seen
		run := outcome(t, open, call(durable.Task{Step: "s", Name: "s", Retry: c.retry}), map[string]durable.Step{"s": failing(&tried, 9, c.fault)}, `0`)
		if got := len(tried.list()); got != c.tries || run.Status != durable.Failed {
			t.Errorf("%v: %d attempts and %s, want %d and failed", c.fault, got, run.Status, c.tries)
		}
		wantFault(t, run.Fault, domain.FaultOf(c.fault))
	}
}

func stepTimes(t *testing.T, open opener) {
	var tried seen
	step := func(ctx context.Context, call durable.Call) ([]byte, error) {
		tried.add(call.Name)
		if call.Attempt == 1 {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return []byte(`"in time"`), nil
	}
	steps := map[string]durable.Step{"s": step}
	run := outcome(t, open, call(durable.Task{Step: "s", Name: "once", Timeout: time.Millisecond}), steps, `0`)
	if run.Status != durable.Failed || run.Fault == nil || run.Fault.Kind != domain.Timeout {
		t.Errorf("the run is %s with %v, want failed with a timeout", run.Status, run.Fault)
	}
	task := durable.Task{Step: "s", Name: "twice", Timeout: 50 * time.Millisecond, Retry: durable.Retry{Attempts: 2, Delay: time.Millisecond}}
	succeeded(t, outcome(t, open, call(task), steps, `0`), `"in time"`)
	wantSame(t, "attempts", tried.list(), []string{"once", "twice", "twice"})
}

// full is a fault with all that a fault can say.
func full() *domain.Fault {
	return domain.Rejected.New("It is <not> so: ü.").WithCode("odd").WithField("a[0].b", "pattern", "must be \"c\"").
		WithDetail("expected", "x").WithRetryAfter(1500 * time.Millisecond)
}

func stepFaults(t *testing.T, open opener) {
	b := working(t, open, program(func(flow durable.Flow, _ []byte) ([]byte, error) {
		_, err := flow.Go(durable.Task{Step: "s", Name: "s"}).Wait()
		if fault := domain.FaultOf(err); fault.Code != "odd" || !errors.Is(err, domain.Rejected) {
			return nil, domain.Internal.New("The program sees another fault.")
		}
		return nil, fmt.Errorf("in the program: %w", err)
	}, map[string]durable.Step{"s": func(context.Context, durable.Call) ([]byte, error) {
		return nil, fmt.Errorf("in the step: %w", full())
	}}))
	b.start("run", `0`)
	wantFault(t, b.ended("run").Fault, full())
	run, err := b.Runtime.Describe(b.ctx, "run")
	must(t, err)
	if len(run.Steps) != 1 {
		t.Fatalf("%d steps are recorded, want 1", len(run.Steps))
	}
	wantFault(t, run.Fault, full())
	wantFault(t, run.Steps[0].Fault, full())
}

func stepCall(t *testing.T, open opener) {
	var calls seen
	step := func(_ context.Context, call durable.Call) ([]byte, error) {
		calls.add(fmt.Sprintf("%s %s %s %s %d", call.Run, call.Name, call.Key, call.Input, call.Attempt))
		return nil, nil
	}
	run := outcome(t, open, func(flow durable.Flow, _ []byte) ([]byte, error) {
		for _, task := range []durable.Task{{Step: "s", Name: "a", Input: []byte(`1`)}, {Step: "s", Name: "b", Key: "own", Input: []byte(`2`)}} {
			if _, err := flow.Go(task).Wait(); err != nil {
				return nil, err
			}
		}
		return text(flow.Run()), nil
	}, map[string]durable.Step{"s": step}, `0`)
	succeeded(t, run, `"run"`)
	wantSame(t, "calls", calls.list(), []string{"run a run/a 1 1", "run b own 2 1"})
}

func stepUnknown(t *testing.T, open opener) {
	run := outcome(t, open, call(durable.Task{Step: "gone", Name: "s"}), nil, `0`)
	if run.Status != durable.Failed || run.Fault == nil || run.Fault.Kind != domain.NotFound {
		t.Errorf("the run is %s with %v, want failed with not found", run.Status, run.Fault)
	}
}

func stepUnawaited(t *testing.T, open opener) {
	slow := hold()
	b := working(t, open, program(func(flow durable.Flow, _ []byte) ([]byte, error) {
		flow.Go(durable.Task{Step: "slow", Name: "slow"})
		return []byte(`1`), nil
	}, map[string]durable.Step{"slow": slow.step}))
	b.start("run", `0`)
	came(b, "the step", slow.calls)
	if status := b.status("run"); status != durable.Running {
		t.Errorf("the run is %s while its step runs", status)
	}
	close(slow.let)
	succeeded(t, b.ended("run"), `1`)
	run, err := b.Runtime.Describe(b.ctx, "run")
	must(t, err)
	if len(run.Steps) != 1 {
		t.Errorf("%d steps are recorded, want 1", len(run.Steps))
	}
}

func stepPanics(t *testing.T, open opener) {
	b := working(t, open, program(call(durable.Task{Step: "s", Name: "s", Retry: durable.Retry{Attempts: 3}}),
		map[string]durable.Step{"s": func(_ context.Context, call durable.Call) ([]byte, error) {
			if string(call.Input) == `"panic"` {
				panic("secret words")
			}
			return call.Input, nil
		}}))
	b.start("bad", `"panic"`)
	internal(t, b.ended("bad"))
	b.start("good", `"calm"`)
	succeeded(t, b.ended("good"), `"calm"`)
}

func internal(t *testing.T, run durable.Run) {
	t.Helper()
	if run.Status != durable.Failed || run.Fault == nil || run.Fault.Kind != domain.Internal {
		t.Errorf("the run is %s with %v, want failed with an internal fault", run.Status, run.Fault)
	}
}

func programPanics(t *testing.T, open opener) {
	b := working(t, open, program(func(_ durable.Flow, input []byte) ([]byte, error) {
		if string(input) == `"panic"` {
			panic("secret words")
		}
		return input, nil
	}, nil))
	b.start("bad", `"panic"`)
	internal(t, b.ended("bad"))
	b.start("good", `"calm"`)
	succeeded(t, b.ended("good"), `"calm"`)
}

func programFails(t *testing.T, open opener) {
	run := outcome(t, open, func(durable.Flow, []byte) ([]byte, error) { return []byte(`1`), full() }, nil, `0`)
	if run.Status != durable.Failed || len(run.Output) != 0 || run.Ended.IsZero() {
		t.Errorf("the run is told as %+v", run)
	}
	wantFault(t, run.Fault, full())
	run = outcome(t, open, func(durable.Flow, []byte) ([]byte, error) { return nil, errors.New("of no kind") }, nil, `0`)
	internal(t, run)
}

func stepBytes(t *testing.T, open opener) {
	size := 10 << 20
	if bound := open(t, durable.Registry{}).MaxBytes; bound > 0 {
		size = bound / 2 // as JSON, some of its bytes are two
	}
	big := make([]byte, size)
	for i := range big {
		big[i] = "0123456789abcdef\"\\\n<>&"[i%22]
	}
	for _, value := range []string{"", "null", `"\u0000"`, "\x00\xff", string(text(string(big)))} {
		run := outcome(t, open, chain(2), map[string]durable.Step{"echo": echo}, value)
		succeeded(t, run, value)
		if string(run.Input) != value {
			t.Errorf("the input of %d bytes is told with %d", len(value), len(run.Input))
		}
	}
}
