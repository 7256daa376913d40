package durabledbos_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	durabledbos "github.com/docsteward/docsteward/adapters/durable/dbos"
	"github.com/docsteward/docsteward/ports/durable"
)

func ExampleOpen() {
	directory, _ := os.MkdirTemp("", "runs")
	defer os.RemoveAll(directory)
	runtime, err := durabledbos.Open(context.Background(), durabledbos.Config{SQLite: filepath.Join(directory, "runs.db"), Clock: systemclock.Clock{}},
		durable.Registry{
			Programs: map[string]durable.Program{"publish": func(flow durable.Flow, input []byte) ([]byte, error) {
				approved, came, err := flow.Receive("approve", 0)
				if err != nil || !came {
					return []byte(`"nobody approved"`), err
				}
				return flow.Go(durable.Task{Step: "upload", Name: "upload", Input: approved}).Wait()
			}},
			Steps: map[string]durable.Step{"upload": func(_ context.Context, call durable.Call) ([]byte, error) {
				return fmt.Appendf(nil, "%q", "uploaded, as "+call.Key), nil
			}},
		})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	// What is started and signalled before anyone works is there when someone does.
	_ = runtime.Start(ctx, durable.Start{ID: "doc-1", Program: "publish"})
	_ = runtime.Signal(ctx, "doc-1", "approve", []byte(`"yes"`))
	worked := make(chan error)
	go func() { worked <- runtime.Work(ctx) }()
	run, err := runtime.Wait(ctx, "doc-1")
	fmt.Println(run.Status, string(run.Output), err)
	stop()
	fmt.Println(<-worked, runtime.Close())
	// Output:
	// succeeded "uploaded, as doc-1/upload" <nil>
	// <nil> <nil>
}
