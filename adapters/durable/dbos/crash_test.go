package durabledbos_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	durabledbos "github.com/docsteward/docsteward/adapters/durable/dbos"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
)

// stores are those that crashes are tried on; each call is a fresh one.
var stores = map[string]func(t *testing.T) durabledbos.Config{
	"sqlite": func(t *testing.T) durabledbos.Config {
		return durabledbos.Config{SQLite: filepath.Join(t.TempDir(), "runs.db")}
	},
	"postgres": func(t *testing.T) durabledbos.Config {
		dsn, schema := sqltest.PostgresSchema(t)
		return durabledbos.Config{Postgres: dsn, Schema: schema, Executor: "one", Lease: 1500 * time.Millisecond}
	},
}

// TestKilledAtEachBoundary kills the process before, in and after each step. The
// next process has another name, and goes on.
func TestKilledAtEachBoundary(t *testing.T) {
	lines := []string{"started run"}
	for _, step := range []string{"run 1", "run 2", "run 3", "run 4", "run/c 5"} {
		lines = append(lines, "begin "+step, "end "+step, "after "+step)
	}
	lines = append(lines, "after run c")
	for name, store := range stores {
		t.Run(name, func(t *testing.T) {
			config := store(t)
			for i, line := range lines {
				if config.Postgres != "" && i%4 != 2 {
					continue // each has to wait for a lease to lapse: a part has to do
				}
				run := fmt.Sprint("run", i)
				j := job{Config: config, Journal: filepath.Join(t.TempDir(), "journal"), Runs: []string{run}, Die: strings.Replace(line, "run", run, 1)}
				command, said := j.command(t)
				if err := command.Run(); !killed(err) {
					t.Fatalf("%s: the process ended with %v:\n%s", line, err, said)
				}
				j.Config.Executor = fmt.Sprint("after ", i)
				j.finish(t)
				j.audit(t, 1)
			}
		})
	}
}

// TestKilledAtRandom kills processes that work on many runs, again and again.
func TestKilledAtRandom(t *testing.T) {
	for name, store := range stores {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			j := job{Config: store(t), Journal: filepath.Join(t.TempDir(), "journal"), Pace: 20 * time.Millisecond}
			for i := range 20 {
				j.Runs = append(j.Runs, fmt.Sprint("run", i))
			}
			deaths := 0
			for range 6 {
				command, _ := j.command(t)
				if err := command.Start(); err != nil {
					t.Fatal(err)
				}
				before, span := len(j.lines(t)), random.IntN(60)
				grows(t, j, before+1+span)
				_ = command.Process.Kill()
				if killed(command.Wait()) {
					deaths++
				}
			}
			if deaths == 0 {
				t.Error("no process died at its work")
			}
			j.finish(t)
			j.audit(t, deaths)
		})
	}
}

// grows waits until the journal has that many lines, or has stopped growing.
func grows(t *testing.T, j job, lines int) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	last, quiet := 0, 0
	for now := 0; now < lines && quiet < 1500; quiet++ {
		<-tick.C
		if now = len(j.lines(t)); now != last {
			last, quiet = now, 0
		}
	}
}

// TestTakeover kills one of two processes; the other brings its runs to their end.
func TestTakeover(t *testing.T) {
	config := stores["postgres"](t)
	config.Lease = 2 * time.Second
	journal := filepath.Join(t.TempDir(), "journal")
	dying := job{Config: config, Journal: journal, Runs: []string{"run1", "run2", "run3"}, Pace: 300 * time.Millisecond, Die: "after run2 3"}
	heir := job{Config: config, Journal: journal}
	heir.Config.Executor = "heir"
	command, dyingSaid := dying.command(t)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	for _, run := range dying.Runs {
		waitFor(t, dying, "begin "+run+" 1", dyingSaid.String) // the heir must not begin them
	}
	other, said := heir.command(t)
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Process.Kill(); _ = other.Wait() }()
	if err := command.Wait(); !killed(err) {
		t.Fatalf("the process ended with %v:\n%s", err, dyingSaid)
	}
	died := time.Now()
	for _, run := range dying.Runs {
		waitFor(t, dying, "after "+run+" c", said.String)
	}
	t.Logf("taken over and ended %v after the death, with a lease of %v", time.Since(died).Round(time.Millisecond), config.Lease)
	dying.audit(t, 1)
}

// waitFor waits for a line of the journal.
func waitFor(t *testing.T, j job, line string, said func() string) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for range 3000 {
		for _, each := range j.lines(t) {
			if each == line {
				return
			}
		}
		<-tick.C
	}
	t.Fatalf("the journal never says %q; it says\n%s\n%s", line, strings.Join(j.lines(t), "\n"), said())
}

// TestFrozen stops a process for longer than its lease: when it wakes, another has
// its runs, and what it was doing is not recorded.
func TestFrozen(t *testing.T) {
	config := stores["postgres"](t)
	journal := filepath.Join(t.TempDir(), "journal")
	frozen := job{Config: config, Journal: journal, Runs: []string{"run1", "run2"}, Pace: 300 * time.Millisecond}
	command, said := frozen.command(t)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, frozen, "begin run2 2", said.String)
	if err := command.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	heir := frozen
	heir.Config.Executor = "heir"
	other, otherSaid := heir.command(t)
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, heir, "after run2 3", otherSaid.String)
	if err := command.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	if err := other.Wait(); err != nil {
		t.Errorf("the heir: %v\n%s", err, otherSaid)
	}
	if err := command.Wait(); err != nil { // it waits for its runs, whoever ends them
		t.Errorf("the one that was frozen: %v\n%s", err, said)
	}
	frozen.audit(t, 1)
}
