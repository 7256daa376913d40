package porttest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

var durableWaits = map[string]func(t *testing.T, open opener){
	"a sleep takes its time":                        sleepTakes,
	"signals that came before are taken in order":   receiveBefore,
	"a signal that comes later wakes":               receiveAfter,
	"without a signal the time passes":              receiveNone,
	"signals of other names are left":               receiveNames,
	"a signal needs a run that has not ended":       signalRefused,
	"a signal to a paused run is there when it may": signalPaused,
}

func sleepTakes(t *testing.T, open opener) {
	const d = 30 * time.Millisecond
	run := outcome(t, open, func(flow durable.Flow, _ []byte) ([]byte, error) {
		return []byte(`1`), flow.Sleep(d)
	}, nil, `0`)
	succeeded(t, run, `1`)
	// Engines tell instants by the millisecond.
	if took := run.Ended.Sub(run.Started); took < d-2*time.Millisecond {
		t.Errorf("the run took %v, want at least %v", took, d)
	}
}

// receiving is a program that takes n signals of the name, the timeout each.
func receiving(name string, n int, timeout time.Duration) durable.Program {
	return func(flow durable.Flow, _ []byte) ([]byte, error) {
		var got []string
		for range n {
			payload, came, err := flow.Receive(name, timeout)
			if err != nil {
				return nil, err
			}
			got = append(got, fmt.Sprint(string(payload), came))
		}
		return text(got), nil
	}
}

func receiveBefore(t *testing.T, open opener) {
	ready := hold()
	b := working(t, open, program(func(flow durable.Flow, input []byte) ([]byte, error) {
		if _, err := flow.Go(durable.Task{Step: "ready", Name: "ready"}).Wait(); err != nil {
			return nil, err
		}
		return receiving("go", 20, time.Minute)(flow, input)
	}, map[string]durable.Step{"ready": ready.step}))
	b.start("run", `0`)
	came(b, "the step", ready.calls)
	var want []string
	for i := range 20 {
		must(t, b.Runtime.Signal(b.ctx, "run", "go", fmt.Append(nil, i)))
		want = append(want, fmt.Sprintf("%dtrue", i))
	}
	close(ready.let)
	succeeded(t, b.ended("run"), string(text(want)))
}

func receiveAfter(t *testing.T, open opener) {
	b := working(t, open, program(receiving("go", 2, time.Minute), nil))
	b.start("run", `0`)
	must(t, b.Runtime.Signal(b.ctx, "run", "go", []byte(`"ü"`)))
	must(t, b.Runtime.Signal(b.ctx, "run", "go", nil))
	succeeded(t, b.ended("run"), `["\"ü\"true","true"]`)
}

func receiveNone(t *testing.T, open opener) {
	b := working(t, open, program(receiving("go", 2, 20*time.Millisecond), nil))
	b.start("run", `0`)
	succeeded(t, b.ended("run"), `["false","false"]`)
	b.stop()
	succeeded(t, outcome(t, open, receiving("go", 1, 0), nil, `0`), `["false"]`)
}

func receiveNames(t *testing.T, open opener) {
	b := working(t, open, program(func(flow durable.Flow, _ []byte) ([]byte, error) {
		var got []string
		for _, name := range []string{"b", "a", "", "b", "a.b/c ü"} {
			payload, came, err := flow.Receive(name, time.Minute)
			if err != nil || !came {
				return nil, err
			}
			got = append(got, string(payload))
		}
		return text(got), nil
	}, nil))
	b.start("run", `0`)
	for i, name := range []string{"a.b/c ü", "a", "b", "", "b"} {
		must(t, b.Runtime.Signal(b.ctx, "run", name, fmt.Append(nil, i)))
	}
	succeeded(t, b.ended("run"), `["2","1","3","4","0"]`)
}

func signalRefused(t *testing.T, open opener) {
	b := working(t, open, program(chain(0), nil))
	wantKind(t, "a signal to no run", b.Runtime.Signal(b.ctx, "none", "go", nil), domain.NotFound)
	b.start("run", `0`)
	b.ended("run")
	wantKind(t, "a signal to a run that ended", b.Runtime.Signal(b.ctx, "run", "go", nil), domain.Conflict)
	ended, cancel := context.WithCancel(b.ctx)
	cancel()
	wantKind(t, "a signal with an ended context", b.Runtime.Signal(ended, "run", "go", nil), domain.Timeout)
}

func signalPaused(t *testing.T, open opener) {
	b := working(t, open, program(receiving("go", 3, time.Minute), nil))
	b.start("run", `0`)
	must(t, b.Runtime.Signal(b.ctx, "run", "go", []byte(`0`)))
	must(t, b.Runtime.Pause(b.ctx, "run"))
	must(t, b.Runtime.Signal(b.ctx, "run", "go", []byte(`1`)))
	must(t, b.Runtime.Resume(b.ctx, "run"))
	must(t, b.Runtime.Signal(b.ctx, "run", "go", []byte(`2`)))
	succeeded(t, b.ended("run"), `["0true","1true","2true"]`)
	if run, err := b.Runtime.Describe(b.ctx, "run"); err != nil || len(run.Steps) != 0 {
		t.Errorf("waits are told as steps: %+v, %v", run.Steps, err)
	}
}
