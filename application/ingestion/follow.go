package ingestion

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/workflows"
)

// follow looks at the run of a job, and notes what it found.
func (d *Desk) follow(ctx context.Context, j ingest.Job) error {
	if j.Stalled(d.now(), d.Limits.Stall) {
		return d.stall(ctx, j)
	}
	if j.Run == "" {
		return d.begin(ctx, j)
	}
	run, err := d.GetExecution.Execute(workingOn(ctx, j), workflows.GetExecution{ID: j.Run}).Unwrap()
	if errors.Is(err, domain.NotFound) {
		return d.fail(ctx, j, ingest.Trouble{Type: "internal", Message: "The run of the workflow that carried it out is gone; ask for it again."})
	}
	if err != nil {
		return err
	}
	seen := d.look(j, run)
	if seen.Counts == (ingest.Counts{}) && actionOf(run, stageIngest).Status == ingest.Running {
		d.listen(ctx, j, &seen)
	}
	return d.note(ctx, j, run, seen)
}

// note stores what a look found, and the end of a job whose run ended.
func (d *Desk) note(ctx context.Context, j ingest.Job, run workflows.Execution, seen ingest.Seen) error {
	return d.Unit.Within(ctx, func(ctx context.Context) error {
		_, err := d.change(ctx, j.ID, func(j *ingest.Job) error {
			if !j.Status.Final() {
				j.Observe(seen, d.now())
			}
			return nil
		})
		if err != nil || !slices.Contains([]string{"completed", "failed", "cancelled"}, run.Status) {
			return err
		}
		_, err = d.change(ctx, j.ID, func(j *ingest.Job) error {
			if j.Status.Final() {
				return nil
			}
			return d.end(j, run)
		})
		return err
	})
}

// end notes how the run of a job ended.
func (d *Desk) end(j *ingest.Job, run workflows.Execution) error {
	now := d.now()
	for _, t := range failures(run) {
		j.Note(t, now)
	}
	j.Reconciliation = reconciliation(run)
	switch run.Status {
	case "cancelled":
		return j.Cancel(now)
	case "failed":
		return j.Fail(causeOf(*j, run), now)
	}
	return j.End(now)
}

// stall ends a job of which nothing moved for too long.
func (d *Desk) stall(ctx context.Context, j ingest.Job) error {
	message := fmt.Sprintf("stalled: nothing moved for %s while it was %s; try again when the source and the services answer.", d.Limits.Stall, j.Status)
	if err := d.fail(ctx, j, ingest.Trouble{Type: "stalled", Message: message}); err != nil {
		return err
	}
	return d.stop(ctx, j)
}

// patience is how long the source agent may take to tell how far it is: other jobs wait
// meanwhile.
const patience = 3 * time.Second

// listen asks the source agent how far its part is, while the run waits for it. That
// nobody answers is no failure: the run will tell.
func (d *Desk) listen(ctx context.Context, j ingest.Job, seen *ingest.Seen) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	under, err := d.ListRuns.Execute(workingOn(ctx, j), sourceagent.ListIngestions{Status: "running", Limit: 100}).Unwrap()
	if err != nil {
		return
	}
	for _, run := range under.Items {
		if !strings.HasPrefix(run.Key, j.Run+"/") {
			continue
		}
		seen.Source = run.Source
		seen.Counts = countsOf(run)
		seen.Status = ingest.Discovering
		if seen.Counts != (ingest.Counts{}) {
			seen.Status = ingest.Downloading
		}
	}
}

func countsOf(run sourceagent.Ingestion) ingest.Counts {
	return ingest.Counts{
		Stored: run.Added + run.Changed + run.Renamed, Unchanged: run.Unchanged, Failed: run.Failed, Remaining: run.Remaining,
		Deleted: run.Removed, Duplicates: run.Duplicates,
	}
}

// troubleType says in one word what a kind of fault means for a source.
func troubleType(kind domain.Kind) string {
	switch kind {
	case domain.Unauthenticated, domain.Forbidden:
		return "auth"
	case domain.NotFound:
		return "not_found"
	case domain.Unavailable, domain.Upstream, domain.Timeout, domain.RateLimited:
		return "connect"
	case domain.Conflict:
		return "busy"
	}
	return "internal"
}

// causeOf is why the run of a job failed, without secrets.
func causeOf(j ingest.Job, run workflows.Execution) ingest.Trouble {
	kind, message, where := run.ErrorKind, run.ErrorMessage, "ingested"
	if a := actionOf(run, stageIngest); a.Status == ingest.Broken {
		kind, message = a.ErrorKind, a.ErrorMessage
	} else if a := actionOf(run, stageReconcile); a.Status == ingest.Broken {
		kind, message, where = a.ErrorKind, a.ErrorMessage, "held against the store"
	}
	shown := ingest.Shown(j.Request.URL)
	return ingest.Trouble{
		Type:    troubleType(domain.KindNamed(kind)),
		Message: fmt.Sprintf("The source %s could not be %s: %s", shown, where, strings.ReplaceAll(message, j.Request.URL, shown)),
	}
}

// outputOf decodes what an action answered; the zero value where it has not.
func outputOf[T any](run workflows.Execution, action string) (value T, answered bool) {
	a := actionOf(run, action)
	if a.Status != ingest.Done {
		return value, false
	}
	body, err := json.Marshal(a.Output)
	if err == nil {
		err = json.Unmarshal(body, &value)
	}
	return value, err == nil
}

func actionOf(run workflows.Execution, id string) workflows.ActionResult {
	for _, r := range run.Results {
		if r.ActionID == id {
			return r
		}
	}
	return workflows.ActionResult{ActionID: id, Status: ingest.Waiting}
}

// failures are the files that could not be ingested.
func failures(run workflows.Execution) []ingest.Trouble {
	ingested, _ := outputOf[sourceagent.Ingestion](run, stageIngest)
	var all []ingest.Trouble
	for _, f := range ingested.Failures {
		all = append(all, ingest.Trouble{Type: "item", Message: f.Message, Item: f.Path})
	}
	return all
}

// reconciliation is what the run says of source and store; nil where it does not.
func reconciliation(run workflows.Execution) *ingest.Reconciliation {
	held, answered := outputOf[sourceagent.Reconciliation](run, stageReconcile)
	if !answered {
		return nil
	}
	r := &ingest.Reconciliation{
		SourceDigest: held.SourceDigest, StoreDigest: held.StoreDigest, Files: held.Files, Documents: held.Documents, Differing: held.Differing,
	}
	for _, one := range held.Differences {
		r.Differences = append(r.Differences, ingest.Difference{Path: one.Path, Problem: one.Problem, Document: one.Document})
	}
	return r
}
