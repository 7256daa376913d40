package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/ports/workflows"
)

// steps is how many steps all runs of a measure have together, and flight how many
// runs are under way at a time.
const (
	steps  = 400
	flight = 32
	// look is the time between two looks at how many are under way.
	look = 4 * time.Millisecond
)

// overWorkflows measures workflow management on SQLite, as the server runs it, beside
// the bare engine below it with the same steps, which do next to nothing.
func overWorkflows(t *table) error {
	for _, measure := range []struct {
		what string
		runs int
	}{
		{"a workflow of 400 steps, beside the bare engine", 1}, {"400 workflows of a step, 32 at a time, beside the bare engine", steps},
	} {
		ours, theirs, err := turns(measure.runs)
		if err != nil {
			return err
		}
		each := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / steps }
		ratio := float64(theirs) / float64(ours)
		t.add(measure.what, fmt.Sprintf("%.2f x (%.2f ms, %.2f ms a step)", ratio, each(ours), each(theirs)), "0.60 x", ratio >= 0.6)
	}
	return nil
}

// turns measures both sides in turn, three times, and takes the median of each.
func turns(runs int) (ours, theirs time.Duration, err error) {
	manager, err := openManager()
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, manager.close()) }()
	bare, err := openBare(steps / runs)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, bare.close()) }()
	id, err := manager.define(fmt.Sprint("of ", steps/runs), steps/runs)
	if err != nil {
		return 0, 0, err
	}
	var left, right []time.Duration
	for range 4 { // the first is for warming up
		start := time.Now()
		if err := manager.run(id, runs); err != nil {
			return 0, 0, err
		}
		middle := time.Now()
		if err := bare.run(runs); err != nil {
			return 0, 0, err
		}
		left, right = append(left, middle.Sub(start)), append(right, time.Since(middle))
	}
	return median(left[1:]), median(right[1:]), nil
}

// manager is workflow management as the server runs it.
type manager struct {
	menu  *workflows.UseCases
	close func() error
}

func openManager() (manager, error) {
	dir, err := os.MkdirTemp("", "ds") // the path of a socket must be short
	if err != nil {
		return manager{}, err
	}
	cfg, err := config.Load([]string{"DOCSTEWARD_DATA=" + dir, "ORCHESTRATOR_PORT=0", "LOG_LEVEL=ERROR"})
	if err != nil {
		return manager{}, err
	}
	k, err := kit.New(cfg, kit.Options{})
	if err != nil {
		return manager{}, err
	}
	app, err := embedded.Open(context.Background(), k, "orchestrator")
	if err != nil {
		return manager{}, err
	}
	p, err := process.New(k, app.Services, "")
	if err != nil {
		return manager{}, err
	}
	ctx, stop := context.WithCancel(context.Background())
	ready, ended := make(chan bool, 1), make(chan error, 1)
	go func() { ended <- p.Run(ctx, func(map[string]string) { ready <- true }) }()
	select {
	case <-ready:
	case err := <-ended:
		stop()
		return manager{}, err
	}
	return manager{menu: app.Workflows, close: func() error {
		stop()
		err := <-ended
		app.Close()
		return errors.Join(err, os.RemoveAll(dir))
	}}, nil
}

// define keeps a workflow of so many steps, one after the other: notes to a log that
// takes errors only.
func (m manager) define(name string, length int) (string, error) {
	c := workflows.CreateWorkflow{Name: name, WorkflowType: "generic", Activate: true}
	for i := range length {
		a := workflows.Action{ActionID: fmt.Sprint("s", i), Name: "s", ActionType: "notification", Config: map[string]any{"message": "done"}}
		if i > 0 {
			a.DependsOn = []string{fmt.Sprint("s", i-1)}
		}
		c.Actions = append(c.Actions, a)
	}
	w, err := m.menu.CreateWorkflow.Execute(context.Background(), c).Unwrap()
	return w.WorkflowID, err
}

// run begins runs, so many at a time, and returns when all have ended.
func (m manager) run(id string, runs int) error {
	for begun := 0; ; {
		open, err := m.open()
		if err != nil || open == 0 && begun == runs {
			return err
		}
		more := min(flight-open, runs-begun)
		err = abreast(more, func(int) error {
			return m.menu.ExecuteWorkflow.Execute(context.Background(), workflows.ExecuteWorkflow{WorkflowID: id, Priority: 5}).Err()
		})
		if err != nil {
			return err
		}
		begun += more
		time.Sleep(look) // the runs need the processor too
	}
}

// open is how many runs are under way. The page lies beyond the last of them: none is
// read for it.
func (m manager) open() (int, error) {
	list, err := m.menu.ListExecutions.Execute(context.Background(), workflows.ListExecutions{Status: "running", Limit: 1, Offset: 1_000_000}).Unwrap()
	return list.Total, err
}

// abreast does something n times, so many at a time.
func abreast(n int, do func(i int) error) error {
	next := make(chan int)
	failed := make([]error, flight)
	var all sync.WaitGroup
	for worker := range flight {
		all.Go(func() {
			for i := range next {
				failed[worker] = errors.Join(failed[worker], do(i))
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
	return errors.Join(slices.Clone(failed)...)
}
