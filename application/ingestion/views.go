package ingestion

import (
	"time"

	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/usecase"
)

// jobView is a job as callers see it.
func jobView(j ingest.Job, now time.Time) ingestion.Ingestion {
	r, c := j.Request, j.Counts
	view := ingestion.Ingestion{
		IngestionID: j.ID.String(), RequestID: j.ID.String(), SourceURL: ingest.Shown(r.URL), SourceType: string(r.Type), Source: j.Source,
		Status: string(j.Status), ProgressPercentage: j.Progress(), TotalItems: c.Discovered(), ProcessedItems: c.Stored + c.Unchanged + c.Failed,
		SuccessfulItems: c.Stored, FailedItems: c.Failed, SkippedItems: c.Skipped(), UnchangedItems: c.Unchanged, DeletedItems: c.Deleted,
		DuplicateItems: c.Duplicates, SuccessRate: j.SuccessRate(), Stages: []ingestion.Stage{}, Errors: []ingestion.Error{},
		HasErrors: len(j.Errors) > 0 || c.Failed > 0, IsComplete: j.Status.Final(), IsSuccessful: j.Status.Successful(),
		ExecutionID: j.Run, RetryOf: j.RetryOf.String(), Priority: r.Priority, Tags: append([]string{}, r.Tags...), HasScopeLimits: r.Limited(),
		RequestedBy: r.User, CorrelationID: r.Correlation, CreatedAt: r.At, UpdatedAt: j.ProgressAt,
		StartedAt: usecase.TimeOrNil(j.StartedAt), CompletedAt: usecase.TimeOrNil(j.EndedAt), DurationSeconds: j.Duration(now).Seconds(),
	}
	for _, s := range j.Stages {
		view.Stages = append(view.Stages, ingestion.Stage(s))
	}
	for _, t := range j.Errors {
		view.Errors = append(view.Errors, ingestion.Error{Type: t.Type, Message: t.Message, Item: t.Item, Timestamp: t.At})
	}
	if t := lastOfJob(j); t != nil {
		view.ErrorMessage = t.Message
	}
	if held := j.Reconciliation; held != nil {
		agree := held.Reconciled()
		view.Reconciled = &agree
		view.Reconciliation = &ingestion.Reconciliation{
			Reconciled: agree, SourceDigest: held.SourceDigest, StoreDigest: held.StoreDigest, Files: held.Files, Documents: held.Documents, Differing: held.Differing,
		}
		for _, d := range held.Differences {
			view.Reconciliation.Differences = append(view.Reconciliation.Differences, ingestion.Difference(d))
		}
	}
	return view
}

// summary is a job without the paths that differ.
func summary(j ingest.Job, now time.Time) ingestion.Ingestion {
	view := jobView(j, now)
	if view.Reconciliation != nil {
		view.Reconciliation.Differences = nil
	}
	return view
}
