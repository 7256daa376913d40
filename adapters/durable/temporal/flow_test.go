package durabletemporal

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// These cases run in the SDK's own environment, without a server: its clock leaps over
// every wait.

// environment is a run of the program p that is about to begin.
func environment(t *testing.T, registry durable.Registry) *testsuite.TestWorkflowEnvironment {
	t.Helper()
	config, err := Config{Address: "none", Clock: systemclock.Clock{}}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	r := &Runtime{config: config, registry: registry}
	env := new(testsuite.WorkflowTestSuite).NewTestWorkflowEnvironment()
	for name := range registry.Programs {
		env.RegisterWorkflowWithOptions(r.workflow(name), workflow.RegisterOptions{Name: name})
	}
	env.RegisterActivityWithOptions(r.step(context.Background()), activity.RegisterOptions{Name: stepActivity})
	if err := env.SetMemoOnStart(memo(durable.Start{ID: "run", Input: []byte(`7`)})); err != nil {
		t.Fatal(err)
	}
	return env
}

func ran(t *testing.T, env *testsuite.TestWorkflowEnvironment) (string, error) {
	t.Helper()
	env.ExecuteWorkflow("p", []byte(`7`))
	if !env.IsWorkflowCompleted() {
		t.Fatal("the run has not ended")
	}
	var output []byte
	if err := env.GetWorkflowError(); err != nil {
		return "", err
	}
	return string(output), env.GetWorkflowResult(&output)
}

func TestAProgramIsAWorkflow(t *testing.T) {
	tries := 0
	env := environment(t, durable.Registry{
		Programs: map[string]durable.Program{"p": func(flow durable.Flow, input []byte) ([]byte, error) {
			if err := flow.Sleep(time.Hour); err != nil {
				return nil, err
			}
			_, early, err := flow.Receive("go", time.Minute)
			if err != nil {
				return nil, err
			}
			payload, came, err := flow.Receive("go", 24*time.Hour)
			if err != nil {
				return nil, err
			}
			one := flow.Go(durable.Task{Step: "s", Name: "one", Input: input, Retry: durable.Retry{Attempts: 2}})
			two := flow.Go(durable.Task{Step: "s", Name: "two", Key: "own", Input: payload})
			second, err := two.Wait()
			if err != nil {
				return nil, err
			}
			first, err := one.Wait()
			return fmt.Appendf(nil, "%s %v %v %s %s", flow.Run(), early, came, first, second), err
		}},
		Steps: map[string]durable.Step{"s": func(_ context.Context, call durable.Call) ([]byte, error) {
			if call.Name == "one" {
				if tries++; tries == 1 {
					return nil, domain.Unavailable.New("Not yet.")
				}
			}
			return []byte(call.Key + "=" + string(call.Input)), nil
		}},
	})
	env.RegisterDelayedCallback(func() { env.SignalWorkflow(signalPrefix+"go", []byte(`9`)) }, 2*time.Hour)
	got, err := ran(t, env)
	if want := "run false true run/one=7 own=9"; err != nil || got != want || tries != 2 {
		t.Errorf("got %q after %d tries, %v; want %q", got, tries, err, want)
	}
}

func TestAFaultEndsTheWorkflowWithAllItSays(t *testing.T) {
	said := domain.Rejected.New("Not <so>.").WithCode("odd").WithField("a", "pattern", "must be b").WithRetryAfter(time.Second)
	env := environment(t, durable.Registry{
		Programs: map[string]durable.Program{"p": func(flow durable.Flow, _ []byte) ([]byte, error) {
			return flow.Go(durable.Task{Step: "s", Name: "s"}).Wait()
		}},
		Steps: map[string]durable.Step{"s": func(context.Context, durable.Call) ([]byte, error) { return nil, said }},
	})
	_, err := ran(t, env)
	if got := faultOf(err); got.Kind != said.Kind || got.Code != "odd" || got.Message != said.Message || len(got.Fields) != 1 || got.RetryAfter != time.Second {
		t.Errorf("got %#v, of %v", got, err)
	}
}

func TestAPausedRunHoldsAndRunsItsStepAgain(t *testing.T) {
	calls := make(chan string, 8)
	env := environment(t, durable.Registry{
		Programs: map[string]durable.Program{"p": func(flow durable.Flow, input []byte) ([]byte, error) {
			if _, err := flow.Go(durable.Task{Step: "s", Name: "before", Input: input}).Wait(); err != nil {
				return nil, err
			}
			if err := flow.Sleep(time.Hour); err != nil {
				return nil, err
			}
			return flow.Go(durable.Task{Step: "s", Name: "after", Input: input}).Wait()
		}},
		Steps: map[string]durable.Step{"s": func(_ context.Context, call durable.Call) ([]byte, error) {
			calls <- call.Name
			return call.Input, nil
		}},
	})
	began := env.Now()
	env.RegisterDelayedCallback(func() { env.SignalWorkflow(controlSignal, command{Do: pause}) }, time.Minute)
	env.RegisterDelayedCallback(func() { env.SignalWorkflow(controlSignal, command{Do: resume}) }, 3*time.Hour)
	got, err := ran(t, env)
	close(calls)
	var made []string
	for call := range calls {
		made = append(made, call)
	}
	if err != nil || got != "7" || strings.Join(made, " ") != "before after" {
		t.Errorf("got %q, %v, with the calls %v", got, err, made)
	}
	if took := env.Now().Sub(began); took < 3*time.Hour {
		t.Errorf("the run went on after %v, though it was paused", took)
	}
}

func TestACancelledRunIsToldSo(t *testing.T) {
	var heard []error
	env := environment(t, durable.Registry{Programs: map[string]durable.Program{"p": func(flow durable.Flow, _ []byte) ([]byte, error) {
		heard = append(heard, flow.Sleep(time.Hour))
		_, _, err := flow.Receive("go", time.Hour)
		_, waited := flow.Go(durable.Task{Step: "s", Name: "s"}).Wait()
		heard = append(heard, err, waited)
		return []byte(`"swallowed"`), nil
	}}})
	env.RegisterDelayedCallback(env.CancelWorkflow, time.Minute)
	if _, err := ran(t, env); !temporal.IsCanceledError(err) {
		t.Errorf("the run ended with %v, want cancelled", err)
	}
	for i, err := range heard {
		if !errors.Is(err, durable.ErrStopped) {
			t.Errorf("call %d was told %v, want ErrStopped", i, err)
		}
	}
	if len(heard) != 3 {
		t.Errorf("%d calls were made", len(heard))
	}
}

func TestIDsThatNoHeaderTakesHaveADigest(t *testing.T) {
	r := &Runtime{config: Config{Group: "g"}}
	seen := map[string]bool{}
	for id, plain := range map[string]bool{`a/b:c%_'"\ 1`: true, "~x": false, "ü": false, strings.Repeat("ü", 200): false, "a\n": false} {
		got := r.workflowID(id)
		if (got == "g/"+id) != plain || !printable(strings.TrimPrefix(got, "g/"+coded)) || len(got) > 300 || seen[got] {
			t.Errorf("%q becomes %q", id, got)
		}
		seen[got] = true
	}
}
