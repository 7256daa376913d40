package porttest

import (
	"context"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	domainsource "github.com/docsteward/docsteward/domain/source"
)

func madeRun(id, place string, started time.Time) domainsource.Run {
	return domainsource.Run{ID: domain.StoredID[domainsource.Run](id), Place: domain.StoredID[domainsource.Place](place), Name: "n ü",
		Kind: domainsource.Git, Status: domainsource.Running, Correlation: "c", User: "u", Key: "k/ü", StartedAt: started, Lease: started.Add(time.Minute)}
}

func runsKept(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	r := madeRun("r", "a", noon)
	_, err := e.Runs.Get(ctx, r.ID)
	wantKind(t, "the unknown", err, domain.NotFound)
	wantKind(t, "an update of the unknown", e.Runs.Update(ctx, r), domain.NotFound)
	must(t, e.Runs.Begin(ctx, r))
	got, err := e.Runs.Get(ctx, r.ID)
	must(t, err)
	wantSame(t, "begun", got, r)
	r.Counts = domainsource.Counts{Added: 1, Changed: 2, Renamed: 3, Removed: 4, Unchanged: 5, Duplicates: 6, Failed: 7, Remaining: 8}
	r.Failures = []domainsource.Trouble{{Path: "ü.md", Kind: "too large", Message: "it's"}}
	r.Warnings = []domainsource.Trouble{{Path: "b", Kind: "conflict", Message: "m"}, {Path: "c", Kind: "rejected", Message: "n"}}
	r.Digest, r.Lease = "d", noon.Add(time.Hour)
	must(t, e.Runs.Update(ctx, r))
	r.Finish(domainsource.Completed, "", noon.Add(time.Second))
	must(t, e.Runs.Update(ctx, r))
	got, err = e.Runs.Get(ctx, r.ID)
	must(t, err)
	wantSame(t, "ended", got, r)
	got.Failures[0].Path = "changed"
	again, err := e.Runs.Get(ctx, r.ID)
	must(t, err)
	wantSame(t, "after a change of what was returned", again, r)
}

func runsAlone(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	must(t, e.Runs.Begin(ctx, madeRun("other", "b", noon)))
	if begun := e.beginAtOnce(t, 8); begun != 1 {
		t.Errorf("%d runs of one place began, want 1", begun)
	}
	running, err := e.Runs.List(ctx, domain.StoredID[domainsource.Place]("a"), domainsource.Running, domain.PageRequest{})
	must(t, err)
	if running.Total != 1 {
		t.Fatalf("%d runs are running, want 1", running.Total)
	}
	first := running.Items[0]
	refused(t, "a second", e.Runs.Begin(ctx, madeRun("late", "a", noon.Add(59*time.Second))), domain.Conflict, "id", first.ID.String())
	first.Finish(domainsource.Cancelled, "why", noon)
	must(t, e.Runs.Update(ctx, first))
	must(t, e.Runs.Begin(ctx, madeRun("next", "a", noon)))
	wantKind(t, "a taken id", e.Runs.Begin(ctx, madeRun("next", "c", noon)), domain.Conflict)
}

func runsTakenOver(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	dead := madeRun("dead", "a", noon)
	must(t, e.Runs.Begin(ctx, dead))
	must(t, e.Runs.Begin(ctx, madeRun("next", "a", noon.Add(time.Minute))))
	got, err := e.Runs.Get(ctx, dead.ID)
	must(t, err)
	if got.Status != domainsource.Failed || got.Cause == "" || !got.FinishedAt.Equal(noon.Add(time.Minute)) {
		t.Errorf("the dead run is %+v", got)
	}
	refused(t, "its sign of life", e.Runs.Update(ctx, dead), domain.Conflict, "status", "failed")
}

func runsEnded(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	r := madeRun("r", "a", noon)
	must(t, e.Runs.Begin(ctx, r))
	r.Finish(domainsource.Completed, "", noon)
	must(t, e.Runs.Update(ctx, r))
	late := r
	late.Digest = "other"
	refused(t, "a late update", e.Runs.Update(ctx, late), domain.Conflict, "status", "completed")
	got, err := e.Runs.Get(ctx, r.ID)
	must(t, err)
	wantSame(t, "run", got, r)
}

func runsListed(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	a := madeRun("1", "a", noon)
	a.Finish(domainsource.Failed, "why", noon)
	b, c := madeRun("2", "a", noon.Add(time.Second)), madeRun("0", "b", noon)
	for _, r := range []domainsource.Run{a, b, c} {
		begun := r
		begun.Status = domainsource.Running
		must(t, e.Runs.Begin(ctx, begun))
		if r.Status != domainsource.Running {
			must(t, e.Runs.Update(ctx, r))
		}
	}
	list := func(place string, status domainsource.Status) []domainsource.Run {
		page, err := e.Runs.List(ctx, domain.StoredID[domainsource.Place](place), status, domain.PageRequest{})
		must(t, err)
		return page.Items
	}
	wantSame(t, "all", list("", ""), []domainsource.Run{b, c, a})
	wantSame(t, "of a place", list("a", ""), []domainsource.Run{b, a})
	wantSame(t, "in a state", list("", domainsource.Failed), []domainsource.Run{a})
	page, err := e.Runs.List(ctx, domain.StoredID[domainsource.Place](""), "", domain.PageRequest{Limit: 1, Offset: 1})
	must(t, err)
	wantSame(t, "page", page, domain.Page[domainsource.Run]{Items: []domainsource.Run{c}, Total: 3, Limit: 1, Offset: 1})
}
