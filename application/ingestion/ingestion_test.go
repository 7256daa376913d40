package ingestion_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	app "github.com/docsteward/docsteward/application/ingestion"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

func TestAJobIsFollowedFromTheQueueToItsEnd(t *testing.T) {
	o := newOffice(t, usual())
	id := o.start(t, "/docs/", 5)
	if j := o.job(t, id); j.Status != "queued" || j.ProgressPercentage != 5 || j.SourceURL != "/docs" {
		t.Fatalf("got %+v", j)
	}
	o.round(t)
	if j := o.job(t, id); j.Status != "initializing" || j.ExecutionID != "run-1" || j.StartedAt == nil {
		t.Fatalf("got %+v", j)
	}
	if c := o.flows.begun[0]; c.WorkflowID != "ingestion" || c.Parameters["request"].(object)["location"] != "/docs" || c.Parameters["inspect"] != true {
		t.Errorf("begun with %+v", c)
	}
	look := func(want string, total int) {
		t.Helper()
		o.clock.Advance(time.Second)
		o.round(t)
		if j := o.job(t, id); j.Status != want || j.TotalItems != total {
			t.Errorf("%s with %d items, want %s with %d", j.Status, j.TotalItems, want, total)
		}
	}
	o.show("run-1", "running", action("ingest", "running", nil))
	look("connecting", 0)
	o.agent = []sourceagent.Ingestion{{Key: "run-9/ingest", Source: "other", Added: 99}, {Key: "run-1/ingest", Source: "place"}}
	look("discovering", 0)
	o.agent[1].Added = 3
	look("downloading", 3)
	ingested := action("ingest", "completed", object{"source": "place", "added": 5.0, "unchanged": 2.0, "removed": 1.0, "failed": 1.0, "failures": []any{object{"path": "big.md", "kind": "too large", "message": "Split it."}}})
	o.show("run-1", "running", ingested, action("analyse", "running", nil), action("reconcile", "running", nil))
	look("processing", 8)
	analysed := action("analyse", "completed", object{"summary": object{"score": 90.5, "total": 3.0}})
	o.show("run-1", "running", ingested, analysed, action("reconcile", "running", nil))
	look("validating", 8)
	o.show("run-1", "completed", ingested, analysed, workflows.ActionResult{ActionID: "scan", Status: "skipped", Reason: "condition"},
		workflows.ActionResult{ActionID: "claims", Status: "failed", ErrorKind: "rejected", ErrorMessage: "There is no code."},
		action("reconcile", "completed", object{"reconciled": false, "source_digest": "d", "store_digest": "e", "files": 8.0, "documents": 7.0, "differing": 1.0,
			"differences": []any{object{"path": "big.md", "problem": "missing"}}}), action("notify", "completed", nil))
	look("partial_success", 8)
	j := o.job(t, id)
	if j.SuccessfulItems != 5 || j.UnchangedItems != 2 || j.DeletedItems != 1 || j.FailedItems != 1 || *j.Reconciled || j.Reconciliation.Differences[0].Path != "big.md" || j.CompletedAt == nil {
		t.Errorf("got %+v", j)
	}
	if len(j.Errors) != 1 || j.Errors[0].Item != "big.md" || j.Errors[0].Type != "item" || j.ErrorMessage != "" {
		t.Errorf("the errors are %+v", j.Errors)
	}
	var stages []string
	for _, s := range j.Stages {
		stages = append(stages, s.Name+" "+s.State)
	}
	if got := strings.Join(stages, ", "); got != "ingest completed, scan skipped, analyse completed, claims skipped, reconcile completed, notify completed" {
		t.Errorf("the stages are %s", got)
	}
	if j.Stages[2].Figures["score"] != 90.5 || !strings.Contains(j.Stages[1].Reason, "No service of this build") || j.Stages[3].Reason != "There is no code." {
		t.Errorf("the stages are %+v", j.Stages)
	}
	if got := o.events(t); got != "requested started progress progress progress progress progress completed" {
		t.Errorf("told are %s", got)
	}
}

func TestWhyAJobFails(t *testing.T) {
	for kind, want := range map[domain.Kind]string{
		domain.NotFound: "not_found", domain.Forbidden: "auth", domain.Unauthenticated: "auth", domain.Unavailable: "connect", domain.Timeout: "connect",
		domain.Conflict: "busy", domain.Internal: "internal",
	} {
		o := newOffice(t, usual())
		id := o.start(t, "/docs", 5)
		o.round(t)
		o.show("run-1", "failed", workflows.ActionResult{ActionID: "ingest", Status: "failed", ErrorKind: kind.String(), ErrorMessage: "It said no to /docs."})
		o.round(t)
		if j := o.job(t, id); j.Status != "failed" || j.Errors[0].Type != want || !strings.Contains(j.ErrorMessage, "The source /docs could not be ingested: It said no") {
			t.Errorf("%s: %+v", kind, j)
		}
	}
}

func TestTheHighestPriorityGoesFirstAndASourceHasOneJob(t *testing.T) {
	o := newOffice(t, usual())
	low, first, twin, second := o.start(t, "/low", 1), o.start(t, "/first", 9), o.start(t, "/first", 10), o.start(t, "/second", 9)
	o.round(t)
	at := func(want ...string) {
		t.Helper()
		for i, id := range []string{low, first, twin, second} {
			if got := o.job(t, id).Status; got != want[i] {
				t.Errorf("job %d is %s, want %s", i, got, want[i])
			}
		}
	}
	at("queued", "queued", "initializing", "initializing")
	if running, waiting := o.desk.Load(); running != 2 || waiting != 2 {
		t.Errorf("%d at work, %d wait", running, waiting)
	}
	o.show("run-1", "completed", action("ingest", "completed", object{"added": 1.0}))
	o.round(t)
	at("queued", "initializing", "completed", "initializing")
	stats, err := o.menu.GetIngestionStats.Execute(t.Context(), ingestion.GetIngestionStats{}).Unwrap()
	if err != nil || stats.ActiveIngestions != 2 || stats.QueuedIngestions != 1 || stats.CompletedIngestions != 1 || stats.TotalIngestions != 4 || stats.SuccessRate != 1 || stats.TotalSuccessfulItems != 1 {
		t.Errorf("%+v, %v", stats, err)
	}
}

func TestAFullQueueTakesNoMore(t *testing.T) {
	o := newOffice(t, app.Limits{Workers: 1, Queue: 2, Stall: time.Minute})
	o.start(t, "/a", 5)
	o.start(t, "/b", 5)
	err := o.menu.StartIngestion.Execute(t.Context(), ingestion.StartIngestion{SourceURL: "/c", SourceType: "filesystem"}).Err()
	if fault := domain.FaultOf(err); !errors.Is(err, domain.RateLimited) || fault.RetryAfter <= 0 {
		t.Errorf("got %v", err)
	}
	o.round(t)
	o.start(t, "/c", 5)
}

func TestCancelledJobsStop(t *testing.T) {
	o := newOffice(t, app.Limits{Workers: 1, Queue: 9, Stall: time.Minute})
	working, waiting := o.start(t, "/a", 9), o.start(t, "/b", 5)
	o.round(t)
	for _, id := range []string{working, waiting} {
		done, err := o.menu.CancelIngestion.Execute(t.Context(), ingestion.CancelIngestion{ID: id}).Unwrap()
		if err != nil || done.Status != "cancelled" || o.job(t, id).Status != "cancelled" {
			t.Errorf("%+v, %v", done, err)
		}
		if err := o.menu.CancelIngestion.Execute(t.Context(), ingestion.CancelIngestion{ID: id}).Err(); !errors.Is(err, domain.Conflict) {
			t.Errorf("again: %v", err)
		}
	}
	if strings.Join(o.flows.ended, " ") != "run-1" {
		t.Errorf("stopped are %v", o.flows.ended)
	}
	o.round(t)
	if len(o.flows.begun) != 1 {
		t.Error("a cancelled job was begun")
	}
	if got := o.events(t); got != "requested requested started cancelled cancelled" {
		t.Errorf("told are %s", got)
	}
}

func TestAJobOfWhichNothingMovesIsStalled(t *testing.T) {
	o := newOffice(t, usual())
	id := o.start(t, "/a", 5)
	o.round(t)
	o.show("run-1", "running", action("ingest", "running", nil))
	o.round(t)
	o.clock.Advance(5*time.Minute + time.Second)
	o.round(t)
	if j := o.job(t, id); j.Status != "failed" || j.Errors[0].Type != "stalled" || !strings.Contains(j.ErrorMessage, "stalled: nothing moved for 5m0s") {
		t.Errorf("got %+v", j)
	}
	if strings.Join(o.flows.ended, " ") != "run-1" {
		t.Errorf("stopped are %v", o.flows.ended)
	}
	again, err := o.menu.RetryIngestion.Execute(t.Context(), ingestion.RetryIngestion{ID: id}).Unwrap()
	if err != nil || again.RetryOf != id {
		t.Fatalf("%+v, %v", again, err)
	}
	o.round(t)
	if j := o.job(t, again.IngestionID); j.Status != "initializing" || j.ExecutionID != "run-2" {
		t.Errorf("got %+v", j)
	}
}

// A process may die between any two steps: what it began is found again, once.
func TestADeskGoesOnWhereAnotherOneStopped(t *testing.T) {
	o := newOffice(t, usual())
	id := o.start(t, "/a", 5)
	o.flows.refuse = domain.Unavailable.New("The process is about to die.")
	if err := o.desk.Round(t.Context()); !errors.Is(err, domain.Unavailable) {
		t.Fatalf("got %v", err)
	}
	if j := o.job(t, id); j.Status != "initializing" || j.ExecutionID != "" {
		t.Fatalf("got %+v", j)
	}
	o.flows.refuse = nil
	ctx := usecase.WithMeta(t.Context(), usecase.Meta{IdempotencyKey: "ingestion/" + id})
	if _, err := o.flows.execute(ctx, workflows.ExecuteWorkflow{}); err != nil { // begun, and not noted
		t.Fatal(err)
	}
	o.round(t)
	o.round(t)
	if j := o.job(t, id); j.ExecutionID != "run-1" || len(o.flows.begun) != 1 {
		t.Errorf("%d runs, the job has %s", len(o.flows.begun), j.ExecutionID)
	}
	delete(o.flows.runs, "run-1")
	o.round(t)
	if j := o.job(t, id); j.Status != "failed" || !j.HasErrors {
		t.Errorf("its run is gone: %+v", j)
	}
	other := o.start(t, "/b", 5)
	o.flows.refuse = domain.Rejected.New("The workflow is archived.")
	o.round(t)
	if j := o.job(t, other); j.Status != "failed" || !strings.Contains(j.ErrorMessage, "archived") {
		t.Errorf("a workflow that nobody may run: %+v", j)
	}
}

func TestTheDeskWorksUntilItsContextEnds(t *testing.T) {
	o := newOffice(t, usual())
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- o.desk.Work(ctx) }()
	o.clock.AwaitTimers(1)
	id := o.start(t, "/a", 5)
	for o.job(t, id).Status == "queued" {
		o.clock.AwaitTimers(1) // the desk is woken by the new job, not by time
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestAJobIsWatched(t *testing.T) {
	o := newOffice(t, usual())
	id := o.start(t, "/a", 5)
	o.round(t)
	watch := func(last string) (got string) {
		t.Helper()
		ctx := usecase.WithMeta(t.Context(), usecase.Meta{LastEventID: last})
		events, err := o.menu.WatchIngestion.Execute(ctx, ingestion.WatchIngestion{ID: id}).Unwrap()
		if err != nil {
			t.Fatal(err)
		}
		for event, err := range events {
			if err != nil {
				t.Fatal(err)
			}
			got += event.Sequence + " " + event.EventType + " " + event.Ingestion.Status + "; "
			if event.Ingestion.Status == "initializing" {
				o.show("run-1", "completed", action("ingest", "completed", object{"added": 1.0}))
				o.round(t)
				go func() { o.clock.AwaitTimers(1); o.clock.Advance(time.Second) }()
			}
		}
		return got
	}
	if got := watch(""); got != "3 ingestion.progress initializing; 5 ingestion.completed completed; " {
		t.Errorf("got %s", got)
	}
	if got := watch("3"); got != "5 ingestion.completed completed; " {
		t.Errorf("behind 3: %s", got)
	}
	if got := watch("5"); got != "" {
		t.Errorf("behind the last: %s", got)
	}
	for id, c := range map[string]struct {
		last string
		want domain.Kind
	}{id: {"x", domain.Invalid}, "none": {"", domain.NotFound}} {
		ctx := usecase.WithMeta(t.Context(), usecase.Meta{LastEventID: c.last})
		if err := o.menu.WatchIngestion.Execute(ctx, ingestion.WatchIngestion{ID: id}).Err(); !errors.Is(err, c.want) {
			t.Errorf("%s behind %q: %v", id, c.last, err)
		}
	}
}

func TestWhatIsNotReadIsRefusedAtOnce(t *testing.T) {
	o := newOffice(t, app.Limits{Workers: 1, Queue: 1, Stall: time.Minute, Roots: []string{"/docs"}})
	for kind, c := range map[domain.Kind]ingestion.StartIngestion{
		domain.Rejected:  {SourceURL: "https://github.com/u/r", SourceType: "github"},
		domain.Invalid:   {SourceURL: " ", SourceType: "filesystem"},
		domain.Forbidden: {SourceURL: "/etc", SourceType: "filesystem"},
	} {
		if err := o.menu.StartIngestion.Execute(t.Context(), c).Err(); !errors.Is(err, kind) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	sources, err := o.menu.ListSources.Execute(t.Context(), ingestion.ListSources{}).Unwrap()
	if err != nil || len(sources.Sources) != 1 || sources.Sources[0].Type != "filesystem" || sources.Sources[0].Description == "" || len(sources.Known) != 10 {
		t.Errorf("%+v, %v", sources, err)
	}
	list, err := o.menu.ListIngestions.Execute(t.Context(), ingestion.ListIngestions{Limit: 10}).Unwrap()
	if err != nil || list.Total != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestADocumentIsDescribed(t *testing.T) {
	o := newOffice(t, usual())
	at := o.clock.Now().Add(-48 * time.Hour)
	o.documents["d"] = docstore.Document{ID: "d", Content: "# Guide\n\nThis is how it is done.\n", ContentHash: "other", UpdatedAt: at, Metadata: object{
		"path": "guide/start.md", "source_type": "github", "author": "ada", "tags": []any{"howto"}, "created": "2026-01-02T00:00:00Z",
	}}
	d, err := o.menu.GetDocument.Execute(t.Context(), ingestion.GetDocument{ID: "d"}).Unwrap()
	if err != nil || d.SourceURL != "guide/start.md" || d.SourceType != "github" || d.ContentType != "text/markdown" || d.Title != "This is how it is done." ||
		d.Author != "ada" || strings.Join(d.Tags, " ") != "source:github content:text size:small howto" || d.ChecksumVerified || len(d.Checksum) != 64 || d.AgeDays != 2 || d.CreatedAt == nil || !d.HasTags || !d.HasCustomMetadata {
		t.Errorf("%+v, %v", d, err)
	}
	if err := o.menu.GetDocument.Execute(t.Context(), ingestion.GetDocument{ID: "none"}).Err(); !errors.Is(err, domain.NotFound) {
		t.Errorf("an unknown one: %v", err)
	}
}
