package durablemem_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	durablemem "github.com/docsteward/docsteward/adapters/durable/memory"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestSuite(t *testing.T) {
	porttest.Durable(t, func(_ *testing.T, registry durable.Registry) porttest.DurableEnv {
		runtime := durablemem.New(systemclock.Clock{}, registry)
		return porttest.DurableEnv{Runtime: runtime, Worker: runtime}
	})
}

func ExampleNew() {
	greet := func(flow durable.Flow, input []byte) ([]byte, error) {
		return flow.Go(durable.Task{Step: "upper", Name: "upper", Input: input}).Wait()
	}
	runtime := durablemem.New(systemclock.Clock{}, durable.Registry{
		Programs: map[string]durable.Program{"greet": greet},
		Steps: map[string]durable.Step{"upper": func(_ context.Context, call durable.Call) ([]byte, error) {
			return []byte(`"HELLO"`), nil
		}},
	})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- runtime.Work(ctx) }()
	_ = runtime.Start(ctx, durable.Start{ID: "1", Program: "greet", Input: []byte(`"hello"`)})
	run, err := runtime.Wait(ctx, "1")
	fmt.Println(run.Status, string(run.Output), err)
	stop()
	fmt.Println(<-ended)
	// Output:
	// succeeded "HELLO" <nil>
	// <nil>
}
