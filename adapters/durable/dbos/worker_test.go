package durabledbos_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	durabledbos "github.com/docsteward/docsteward/adapters/durable/dbos"
	"github.com/docsteward/docsteward/ports/durable"
)

// job is what a worker process is told to do.
type job struct {
	Config durabledbos.Config
	// Journal is the file in which the process writes down what it does.
	Journal string
	// Runs are started and waited for. Without any the process works until it is
	// killed.
	Runs []string
	// Die is the line of the journal after which the process kills itself.
	Die string
	// Pace is how long each step takes.
	Pace time.Duration
}

const jobKey = "DURABLE_WORKER"

// TestWorker is the worker process; by itself it has nothing to do.
func TestWorker(t *testing.T) {
	told := os.Getenv(jobKey)
	if told == "" {
		t.Skipf("runs in the subprocesses of the tests of crashes, which set %s", jobKey)
	}
	var j job
	if err := json.Unmarshal([]byte(told), &j); err != nil {
		t.Fatal(err)
	}
	runtime := opened(t, j.Config, j.registry())
	ctx, stop := context.WithCancel(context.Background())
	worked := make(chan error, 1)
	go func() { worked <- runtime.Work(ctx) }()
	for _, run := range j.Runs {
		if err := runtime.Start(ctx, durable.Start{ID: run, Program: "p", Input: []byte(`"in"`)}); err != nil {
			t.Fatal(err)
		}
		j.note("started " + run)
	}
	for _, run := range j.Runs {
		if ended, err := runtime.Wait(ctx, run); err != nil || string(ended.Output) != `"in"` {
			t.Fatalf("%s is %s with %q and %v, %v", run, ended.Status, ended.Output, ended.Fault, err)
		}
	}
	if len(j.Runs) == 0 {
		<-worked
	}
	stop()
	if err := <-worked; err != nil {
		t.Error(err)
	}
}

// note writes a line into the journal, whole and at once.
func (j job) note(line string) {
	file, err := os.OpenFile(j.Journal, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = file.WriteString(line + "\n")
	}
	if err != nil {
		panic(err)
	}
	_ = file.Close()
	if line == j.Die {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

// registry holds a program of two steps, two more at once, a sleep, and a child
// of one step. It notes what it has seen done; so does each step.
func (j job) registry() durable.Registry {
	call := func(flow durable.Flow, pending durable.Pending, name string) ([]byte, error) {
		output, err := pending.Wait()
		if err == nil {
			j.note("after " + flow.Run() + " " + name)
		}
		return output, err
	}
	step := func(flow durable.Flow, name string, input []byte) durable.Pending {
		return flow.Go(durable.Task{Step: "s", Name: name, Input: input})
	}
	p := func(flow durable.Flow, value []byte) ([]byte, error) {
		var err error
		for _, name := range []string{"1", "2"} {
			if value, err = call(flow, step(flow, name, value), name); err != nil {
				return nil, err
			}
		}
		three, four := step(flow, "3", value), step(flow, "4", value)
		if _, err = call(flow, four, "4"); err != nil {
			return nil, err
		}
		if value, err = call(flow, three, "3"); err != nil {
			return nil, err
		}
		if err = flow.Sleep(time.Millisecond); err != nil {
			return nil, err
		}
		return call(flow, flow.Child(flow.Run()+"/c", "c", value), "c")
	}
	c := func(flow durable.Flow, value []byte) ([]byte, error) { return call(flow, step(flow, "5", value), "5") }
	s := func(ctx context.Context, each durable.Call) ([]byte, error) {
		j.note("begin " + each.Run + " " + each.Name)
		timer := time.NewTimer(j.Pace)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		j.note("end " + each.Run + " " + each.Name)
		return each.Input, nil
	}
	return durable.Registry{Programs: map[string]durable.Program{"p": p, "c": c}, Steps: map[string]durable.Step{"s": s}}
}

// command is the worker process, not yet started.
func (j job) command(t *testing.T) (command *exec.Cmd, said *bytes.Buffer) {
	t.Helper()
	told, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	command = exec.Command(os.Args[0], "-test.run=^TestWorker$", "-test.timeout=120s")
	command.Env = append(os.Environ(), jobKey+"="+string(told))
	said = &bytes.Buffer{}
	command.Stdout, command.Stderr = said, said
	return command, said
}

// killed reports whether the process ended by kill -9.
func killed(err error) bool {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return false
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	return ok && status.Signal() == syscall.SIGKILL
}

// finish runs the worker until it is through with its runs.
func (j job) finish(t *testing.T) {
	t.Helper()
	j.Die = ""
	command, said := j.command(t)
	if err := command.Run(); err != nil {
		t.Fatalf("%v:\n%s", err, said)
	}
}

// lines reads the journal.
func (j job) lines(t *testing.T) []string {
	t.Helper()
	content, err := os.ReadFile(j.Journal)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
}

// audit tells of a step that began after its outcome had been seen, and of one
// that began more often than the process died and once more.
func (j job) audit(t *testing.T, deaths int) {
	t.Helper()
	begins, seen := map[string]int{}, map[string]bool{}
	for _, line := range j.lines(t) {
		what, of, _ := strings.Cut(line, " ")
		switch what {
		case "begin":
			if seen[of] {
				t.Errorf("the step %q began again though its outcome was recorded", of)
			}
			begins[of]++
		case "after":
			seen[of] = true
		}
	}
	for of, times := range begins {
		if times > deaths+1 {
			t.Errorf("the step %q began %d times over %d deaths", of, times, deaths)
		}
	}
	for _, run := range j.Runs {
		for _, name := range []string{" 1", " 2", " 3", " 4", "/c 5"} {
			if begins[run+name] == 0 {
				t.Error(fmt.Sprint("never began: ", run, name))
			}
		}
	}
}
