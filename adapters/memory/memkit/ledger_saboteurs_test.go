package memkit_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain/job"
	"github.com/docsteward/docsteward/ports/jobs"
	"github.com/docsteward/docsteward/ports/porttest"
)

const ledgerSaboteurKey = "LEDGER_SABOTEUR"

// ledgerSaboteurs are ledgers that each break one promise, by the case that must tell.
var ledgerSaboteurs = map[string]struct {
	caught string
	spoil  func(jobs.Ledger) jobs.Ledger
}{
	"any lease will do":  {"a_job_runs_once_at_a_time", func(l jobs.Ledger) jobs.Ledger { return careless{l} }},
	"the dead may speak": {"a_job_runs_once_at_a_time", func(l jobs.Ledger) jobs.Ledger { return haunted{l} }},
	"failure is success": {"runs_are_remembered_whole", func(l jobs.Ledger) jobs.Ledger { return cheerful{l} }},
	"deaf to the end":    {"an_ended_context_is_a_timeout", func(l jobs.Ledger) jobs.Ledger { return deaf{l} }},
}

// careless begins a run whoever holds the lease.
type careless struct{ jobs.Ledger }

func (c careless) Begin(ctx context.Context, name, id string, now, lease time.Time) error {
	err := c.Ledger.Begin(ctx, name, id, now, lease)
	if ctx.Err() != nil {
		return err
	}
	return nil
}

// haunted lets any run end the one that is under way.
type haunted struct{ jobs.Ledger }

func (h haunted) End(ctx context.Context, name, id string, now time.Time, cause string) error {
	runs, err := h.Runs(ctx)
	for _, r := range runs {
		if r.Name == name {
			id = r.ID
		}
	}
	if err != nil {
		return err
	}
	return h.Ledger.End(ctx, name, id, now, cause)
}

// cheerful takes the end of every run for a success.
type cheerful struct{ jobs.Ledger }

func (c cheerful) Runs(ctx context.Context) ([]job.Run, error) {
	runs, err := c.Ledger.Runs(ctx)
	for i := range runs {
		runs[i].SucceededAt = runs[i].EndedAt
	}
	return runs, err
}

// deaf works on when its context ended.
type deaf struct{ jobs.Ledger }

func (d deaf) Begin(ctx context.Context, name, id string, now, lease time.Time) error {
	return d.Ledger.Begin(context.WithoutCancel(ctx), name, id, now, lease)
}

// TestLedgerSaboteur runs the suite on the saboteur that the environment names;
// by itself it does nothing but say so.
func TestLedgerSaboteur(t *testing.T) {
	saboteur, ok := ledgerSaboteurs[os.Getenv(ledgerSaboteurKey)]
	if !ok {
		t.Skipf("runs in the subprocesses of TestJobLedgerSuiteCatchesSaboteurs, which set %s", ledgerSaboteurKey)
	}
	porttest.JobLedger(t, func(*testing.T) jobs.Ledger { return saboteur.spoil(memkit.NewLedger(memkit.New())) })
}

func TestJobLedgerSuiteCatchesSaboteurs(t *testing.T) {
	for name, saboteur := range ledgerSaboteurs {
		t.Run(name, func(t *testing.T) {
			command := exec.Command(os.Args[0], "-test.run=^TestLedgerSaboteur$", "-test.v")
			command.Env = append(os.Environ(), ledgerSaboteurKey+"="+name)
			out, err := command.CombinedOutput()
			if err == nil || !bytes.Contains(out, []byte("--- FAIL: TestLedgerSaboteur/"+saboteur.caught)) {
				t.Errorf("the case %s did not tell: %v\n%s", strings.ReplaceAll(saboteur.caught, "_", " "), err, out)
			}
		})
	}
}
