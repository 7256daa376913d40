package ingestion

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

func (d *Desk) startIngestion(ctx context.Context, c ingestion.StartIngestion) (ingestion.Started, error) {
	correlation := c.CorrelationID
	if correlation == "" {
		correlation = usecase.MetaOf(ctx).Correlation
	}
	r, err := ingest.NewRequest(ingest.Request{
		URL: c.SourceURL, Type: ingest.SourceType(c.SourceType), Name: c.Parameters.Name, Full: c.Parameters.Full,
		Keep: c.Parameters.Prune != nil && !*c.Parameters.Prune, Bare: c.Parameters.Analyse != nil && !*c.Parameters.Analyse,
		MaxItems: c.Scope.MaxItems, Priority: c.Priority, Tags: c.Tags, Correlation: correlation, User: caller(ctx, c.RequestedBy), At: d.now(),
	}).Unwrap()
	if err != nil {
		return ingestion.Started{}, err
	}
	if err := d.readable(r); err != nil {
		return ingestion.Started{}, err
	}
	id, err := ingest.ParseID(d.IDs.New())
	if err != nil {
		return ingestion.Started{}, err
	}
	return d.take(ctx, ingest.NewJob(id, r))
}

// readable fails with Rejected where this build does not read the type of source, and
// with Forbidden where the place may not be read.
func (d *Desk) readable(r ingest.Request) error {
	if slices.Contains(d.Reads, r.Type) {
		return r.Within(d.Limits.Roots)
	}
	names := make([]string, len(d.Reads))
	for i, t := range d.Reads {
		names[i] = string(t)
	}
	return domain.Rejected.New(fmt.Sprintf("This build does not read sources of the type %s; give source_type as one of: %s.", r.Type, strings.Join(names, ", "))).
		WithField("source_type", "supported", "must be one of "+strings.Join(names, ", ")).WithDetail("supported", names)
}

// retryAfter is when to come back to a full queue.
const retryAfter = 30 * time.Second

// take puts a job into the queue, unless that is full.
func (d *Desk) take(ctx context.Context, j ingest.Job) (ingestion.Started, error) {
	err := d.Unit.Within(ctx, func(ctx context.Context) error {
		waiting, err := d.Jobs.Find(ctx, ingestion.Filter{Status: ingest.Queued}, domain.PageRequest{Limit: 1})
		if err != nil {
			return err
		}
		if waiting.Total >= d.Limits.Queue {
			return domain.RateLimited.New(fmt.Sprintf("%d ingestions wait for their turn already; ask again later.", waiting.Total)).WithRetryAfter(retryAfter)
		}
		if err := d.Jobs.Add(ctx, j); err != nil {
			return err
		}
		return d.tell(ctx, ingest.EventRequested, j)
	})
	if err != nil {
		return ingestion.Started{}, err
	}
	d.wake()
	return ingestion.Started{
		IngestionID: j.ID.String(), Status: "started", SourceURL: ingest.Shown(j.Request.URL), SourceType: string(j.Request.Type), RetryOf: j.RetryOf.String(),
	}, nil
}

func (d *Desk) retryIngestion(ctx context.Context, c ingestion.RetryIngestion) (ingestion.Started, error) {
	before, err := d.job(ctx, c.ID)
	if err != nil {
		return ingestion.Started{}, err
	}
	id, err := ingest.ParseID(d.IDs.New())
	if err != nil {
		return ingestion.Started{}, err
	}
	again, err := before.Again(id, caller(ctx, ""), d.now())
	if err != nil {
		return ingestion.Started{}, err
	}
	if err := d.readable(again.Request); err != nil {
		return ingestion.Started{}, err
	}
	return d.take(ctx, again)
}

func (d *Desk) cancelIngestion(ctx context.Context, c ingestion.CancelIngestion) (ingestion.Cancelled, error) {
	j, err := d.job(ctx, c.ID)
	if err != nil {
		return ingestion.Cancelled{}, err
	}
	if j, err = d.change(ctx, j.ID, func(j *ingest.Job) error { return j.Cancel(d.now()) }); err != nil {
		return ingestion.Cancelled{}, err
	}
	if err := d.stop(ctx, j); err != nil {
		return ingestion.Cancelled{}, err
	}
	d.wake()
	return ingestion.Cancelled{IngestionID: j.ID.String(), Status: string(j.Status)}, nil
}

// stop ends the run of a job that ended. One that has ended, or was never begun, is as
// wanted.
func (d *Desk) stop(ctx context.Context, j ingest.Job) error {
	if j.Run == "" {
		return nil
	}
	err := d.CancelExecution.Execute(workingOn(ctx, j), workflows.CancelExecution{ID: j.Run}).Err()
	if errors.Is(err, domain.Conflict) || errors.Is(err, domain.NotFound) {
		return nil
	}
	return err
}
