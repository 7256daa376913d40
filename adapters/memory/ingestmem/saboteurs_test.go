package ingestmem_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/porttest"
)

const saboteurKey = "INGESTION_SABOTEUR"

// saboteurs are stores that each break one promise, by the case that must tell.
var saboteurs = map[string]struct {
	caught string
	spoil  func(*porttest.IngestionEnv)
}{
	"two jobs in a slot":   {"a_slot_and_a_source_have_one_job", func(e *porttest.IngestionEnv) { e.Jobs = crowded{e.Jobs} }},
	"first come":           {"have_their_turn_by_priority", func(e *porttest.IngestionEnv) { e.Jobs = fair{e.Jobs} }},
	"any revision will do": {"a_stale_change_is_a_conflict", func(e *porttest.IngestionEnv) { e.Jobs = careless{e.Jobs} }},
	"forgets differences":  {"are_kept_whole", func(e *porttest.IngestionEnv) { e.Jobs = forgetful{e.Jobs} }},
	"deaf to the end":      {"an_ended_context_is_a_timeout", func(e *porttest.IngestionEnv) { e.Jobs = deaf{e.Jobs} }},
	"no way back":          {"a_rolled_back_change_is_gone", func(e *porttest.IngestionEnv) { e.Unit = oneWay{} }},
}

// crowded lets any number of jobs hold a slot.
type crowded struct{ ingestion.Jobs }

func (s crowded) Update(ctx context.Context, j ingest.Job) error {
	err := s.Jobs.Update(ctx, j)
	if err != nil && strings.Contains(err.Error(), "the slot") {
		return nil
	}
	return err
}

// fair lets the first asked for go first.
type fair struct{ ingestion.Jobs }

func (s fair) Next(ctx context.Context, limit int) ([]ingest.Job, error) {
	jobs, err := s.Jobs.Next(ctx, limit)
	slices.SortStableFunc(jobs, func(a, b ingest.Job) int { return a.Request.At.Compare(b.Request.At) })
	return jobs, err
}

// careless takes a change of any revision.
type careless struct{ ingestion.Jobs }

func (s careless) Update(ctx context.Context, j ingest.Job) error {
	if stored, err := s.Get(ctx, j.ID); err == nil {
		j.Revision = stored.Revision + 1
	}
	return s.Jobs.Update(ctx, j)
}

// forgetful loses where source and store differ.
type forgetful struct{ ingestion.Jobs }

func (s forgetful) Get(ctx context.Context, id ingest.ID) (ingest.Job, error) {
	j, err := s.Jobs.Get(ctx, id)
	if j.Reconciliation != nil {
		j.Reconciliation.Differences = nil
	}
	return j, err
}

// deaf works on when its context ended.
type deaf struct{ ingestion.Jobs }

func (s deaf) Count(ctx context.Context) (ingestion.Counts, error) {
	return s.Jobs.Count(context.WithoutCancel(ctx))
}

// oneWay keeps what was written before a failure.
type oneWay struct{}

func (oneWay) Within(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }

// TestSaboteur runs the suite on the saboteur that the environment names; by itself
// it does nothing but say so.
func TestSaboteur(t *testing.T) {
	saboteur, ok := saboteurs[os.Getenv(saboteurKey)]
	if !ok {
		t.Skipf("runs in the subprocesses of TestTheSuiteCatchesSaboteurs, which set %s", saboteurKey)
	}
	porttest.Ingestion(t, func(*testing.T) porttest.IngestionEnv {
		e := env()
		saboteur.spoil(&e)
		return e
	})
}

func TestTheSuiteCatchesSaboteurs(t *testing.T) {
	for name, saboteur := range saboteurs {
		t.Run(name, func(t *testing.T) {
			command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSaboteur$", "-test.v", "-test.timeout=60s")
			command.Env = append(os.Environ(), saboteurKey+"="+name)
			out, err := command.CombinedOutput()
			if err == nil || !bytes.Contains(out, []byte("--- FAIL: TestSaboteur/"+saboteur.caught)) {
				t.Errorf("the case %s did not tell: %v\n%s", strings.ReplaceAll(saboteur.caught, "_", " "), err, out)
			}
		})
	}
}
