package porttest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/tx"
)

// IngestionEnv is the port of ingestion, over the same data.
type IngestionEnv struct {
	Jobs ingestion.Jobs
	Unit tx.Unit
}

// Ingestion proves the promises of ingestion.Jobs. open returns an empty store each
// time.
func Ingestion(t *testing.T, open func(t *testing.T) IngestionEnv) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, e IngestionEnv)
	}{
		{"are kept whole", ingestionKept},
		{"a stale change is a conflict", ingestionStale},
		{"are found by what they are", ingestionsFound},
		{"a slot and a source have one job", ingestionAlone},
		{"of many that want a slot one wins", ingestionRace},
		{"have their turn by priority", ingestionTurn},
		{"are counted", ingestionsCounted},
		{"a rolled back change is gone", ingestionRollback},
		{"an ended context is a timeout", ingestionTimeout},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

func ingestionID(text string) ingest.ID { return domain.StoredID[ingest.Job](text) }

func madeIngestion(id string, minute int) ingest.Job {
	return ingest.NewJob(ingestionID(id), ingest.Request{
		URL: "/docs/" + id, Type: ingest.Filesystem, Name: "it's ü", Full: true, Keep: true, Bare: true, MaxItems: 7, Priority: 5,
		Tags: []string{"a", "ü"}, Correlation: "c-1", User: "ada", At: noon.Add(time.Duration(minute) * time.Minute),
	})
}

func ingestionKept(t *testing.T, e IngestionEnv) {
	ctx := context.Background()
	_, err := e.Jobs.Get(ctx, ingestionID("a"))
	wantKind(t, "the unknown", err, domain.NotFound)
	j := madeIngestion("a", 0)
	must(t, e.Jobs.Add(ctx, j))
	wantKind(t, "the same id", e.Jobs.Add(ctx, j), domain.Conflict)
	must(t, j.Begin(2, noon.Add(time.Hour)))
	j.Run, j.Source, j.RetryOf = "run", "place", ingestionID("z")
	j.Counts = ingest.Counts{Stored: 1, Unchanged: 2, Failed: 3, Remaining: 4, Deleted: 5, Duplicates: 6}
	j.Stages = []ingest.Stage{{Name: "analyse", State: ingest.Skipped, Reason: "it's ü", Figures: map[string]float64{"score": 99.5}}}
	j.Errors = []ingest.Trouble{{Type: "item", Message: "Split it.", Item: "a.md", At: noon}}
	j.Reconciliation = &ingest.Reconciliation{SourceDigest: "s", StoreDigest: "t", Files: 3, Documents: 2, Differing: 1, Differences: []ingest.Difference{{Path: "a.md", Problem: "missing", Document: "d"}}}
	must(t, e.Jobs.Update(ctx, j))
	got, err := e.Jobs.Get(ctx, j.ID)
	must(t, err)
	wantSame(t, "job", got, j)
	got.Stages[0].Figures["score"], got.Errors[0].Item, got.Reconciliation.Differences[0].Path, got.Request.Tags[0] = 0, "spoiled", "spoiled", "spoiled"
	got, err = e.Jobs.Get(ctx, j.ID)
	must(t, err)
	wantSame(t, "job after its copy was changed", got, j)
	bare := ingest.Job{ID: ingestionID("bare"), Revision: 1}
	must(t, e.Jobs.Add(ctx, bare))
	got, err = e.Jobs.Get(ctx, bare.ID)
	must(t, err)
	wantSame(t, "a job with nothing", got, bare)
}

func ingestionStale(t *testing.T, e IngestionEnv) {
	ctx := context.Background()
	j := madeIngestion("a", 0)
	wantKind(t, "a change of the unknown", e.Jobs.Update(ctx, j), domain.NotFound)
	must(t, e.Jobs.Add(ctx, j))
	wantKind(t, "the same revision", e.Jobs.Update(ctx, j), domain.Conflict)
	must(t, j.Cancel(noon))
	must(t, e.Jobs.Update(ctx, j))
	wantKind(t, "a revision twice", e.Jobs.Update(ctx, j), domain.Conflict)
}

func ingestionsFound(t *testing.T, e IngestionEnv) {
	ctx := context.Background()
	for n := range 6 {
		j := madeIngestion(fmt.Sprint("j", n), n/2)
		if n == 5 {
			j.Request.Type, j.Status = ingest.GitHub, ingest.Failed
		}
		must(t, e.Jobs.Add(ctx, j))
	}
	for _, c := range []struct {
		f    ingestion.Filter
		page domain.PageRequest
		want string
	}{
		{want: "j4 j5 j2 j3 j0 j1 of 6"},
		{page: domain.PageRequest{Limit: 2, Offset: 1}, want: "j5 j2 of 6"},
		{f: ingestion.Filter{Status: ingest.Failed}, want: "j5 of 1"},
		{f: ingestion.Filter{Type: ingest.Filesystem}, page: domain.PageRequest{Limit: 1}, want: "j4 of 5"},
		{f: ingestion.Filter{Type: ingest.Filesystem, Status: ingest.Failed}, want: "of 0"},
	} {
		page, err := e.Jobs.Find(ctx, c.f, c.page)
		must(t, err)
		if got := named(page.Items) + fmt.Sprint("of ", page.Total); got != c.want {
			t.Errorf("%+v finds %q, want %q", c.f, got, c.want)
		}
	}
}

func named(jobs []ingest.Job) string {
	var names string
	for _, j := range jobs {
		names += j.ID.String() + " "
	}
	return names
}

// begun takes a job into a slot.
func begun(ctx context.Context, e IngestionEnv, j ingest.Job, slot int) error {
	if err := j.Begin(slot, noon.Add(time.Hour)); err != nil {
		return err
	}
	return e.Jobs.Update(ctx, j)
}

func ingestionAlone(t *testing.T, e IngestionEnv) {
	ctx := context.Background()
	a, b, c := madeIngestion("a", 0), madeIngestion("b", 1), madeIngestion("c", 2)
	c.Request.URL = a.Request.URL
	for _, j := range []ingest.Job{a, b, c} {
		must(t, e.Jobs.Add(ctx, j))
	}
	must(t, begun(ctx, e, a, 1))
	wantKind(t, "the same slot", begun(ctx, e, b, 1), domain.Conflict)
	wantKind(t, "the same source", begun(ctx, e, c, 2), domain.Conflict)
	must(t, begun(ctx, e, b, 3))
	active, err := e.Jobs.Active(ctx)
	must(t, err)
	if got := named(active); got != "a b " || active[1].Slot != 3 {
		t.Errorf("%q are active", got)
	}
	must(t, active[0].End(noon.Add(2*time.Hour)))
	must(t, e.Jobs.Update(ctx, active[0]))
	must(t, begun(ctx, e, c, 1))
}

func ingestionRace(t *testing.T, e IngestionEnv) {
	ctx := context.Background()
	const rivals = 8
	for n := range rivals {
		must(t, e.Jobs.Add(ctx, madeIngestion(fmt.Sprint("j", n), 0)))
	}
	outcomes := make([]error, rivals)
	var all sync.WaitGroup
	for n := range rivals {
		all.Go(func() { outcomes[n] = begun(ctx, e, madeIngestion(fmt.Sprint("j", n), 0), 1) })
	}
	all.Wait()
	won := 0
	for _, err := range outcomes {
		if err == nil {
			won++
		} else {
			wantKind(t, "a loser", err, domain.Conflict)
		}
	}
	if won != 1 {
		t.Errorf("%d won the slot", won)
	}
}

func ingestionTurn(t *testing.T, e IngestionEnv) {
	ctx := context.Background()
	for n, priority := range []int{5, 10, 5, 1, 10} {
		j := madeIngestion(fmt.Sprint("j", n), n/2)
		j.Request.Priority = priority
		must(t, e.Jobs.Add(ctx, j))
	}
	again := madeIngestion("x", 0)
	again.Request.URL, again.Request.Priority = "/docs/j1", 9
	must(t, e.Jobs.Add(ctx, again))
	next := func(limit int, want string) {
		t.Helper()
		jobs, err := e.Jobs.Next(ctx, limit)
		must(t, err)
		if got := named(jobs); got != want {
			t.Errorf("next are %q, want %q", got, want)
		}
	}
	next(10, "j1 j4 x j0 j2 j3 ")
	next(2, "j1 j4 ")
	first, err := e.Jobs.Get(ctx, ingestionID("j1"))
	must(t, err)
	must(t, begun(ctx, e, first, 1))
	next(10, "j4 j0 j2 j3 ")
}

func ingestionsCounted(t *testing.T, e IngestionEnv) {
	ctx := context.Background()
	none, err := e.Jobs.Count(ctx)
	must(t, err)
	wantSame(t, "the count of nothing", none, ingestion.Counts{ByStatus: map[ingest.Status]int{}})
	for n := range 3 {
		j := madeIngestion(fmt.Sprint("j", n), n)
		j.Counts = ingest.Counts{Stored: n, Unchanged: 2, Failed: 1, Remaining: 4, Deleted: 5, Duplicates: 6}
		if n == 2 {
			j.Status = ingest.Completed
		}
		must(t, e.Jobs.Add(ctx, j))
	}
	counts, err := e.Jobs.Count(ctx)
	must(t, err)
	wantSame(t, "counts", counts, ingestion.Counts{
		ByStatus: map[ingest.Status]int{ingest.Queued: 2, ingest.Completed: 1},
		Items:    ingest.Counts{Stored: 3, Unchanged: 6, Failed: 3, Remaining: 12, Deleted: 15, Duplicates: 18},
	})
}

func ingestionRollback(t *testing.T, e IngestionEnv) {
	ctx := context.Background()
	stop := errors.New("stop")
	err := e.Unit.Within(ctx, func(ctx context.Context) error {
		must(t, e.Jobs.Add(ctx, madeIngestion("a", 0)))
		return stop
	})
	if !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	_, err = e.Jobs.Get(ctx, ingestionID("a"))
	wantKind(t, "what was rolled back", err, domain.NotFound)
}

func ingestionTimeout(t *testing.T, e IngestionEnv) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	j := madeIngestion("a", 0)
	wantKind(t, "Add", e.Jobs.Add(ctx, j), domain.Timeout)
	wantKind(t, "Update", e.Jobs.Update(ctx, j), domain.Timeout)
	_, err := e.Jobs.Get(ctx, j.ID)
	wantKind(t, "Get", err, domain.Timeout)
	_, err = e.Jobs.Find(ctx, ingestion.Filter{}, domain.PageRequest{})
	wantKind(t, "Find", err, domain.Timeout)
	_, err = e.Jobs.Active(ctx)
	wantKind(t, "Active", err, domain.Timeout)
	_, err = e.Jobs.Next(ctx, 1)
	wantKind(t, "Next", err, domain.Timeout)
	_, err = e.Jobs.Count(ctx)
	wantKind(t, "Count", err, domain.Timeout)
}
