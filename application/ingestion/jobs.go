package ingestion

import (
	"context"
	"iter"
	"strconv"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (s *service) getIngestion(ctx context.Context, c ingestion.GetIngestion) (ingestion.Ingestion, error) {
	j, err := s.job(ctx, c.ID)
	if err != nil {
		return ingestion.Ingestion{}, err
	}
	return jobView(j, s.now()), nil
}

func (s *service) listIngestions(ctx context.Context, c ingestion.ListIngestions) (ingestion.IngestionList, error) {
	f := ingestion.Filter{Status: ingest.Status(c.Status), Type: ingest.SourceType(c.SourceType)}
	found, err := s.Jobs.Find(ctx, f, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	if err != nil {
		return ingestion.IngestionList{}, err
	}
	now := s.now()
	page := domain.MapPage(found, func(j ingest.Job) ingestion.Ingestion { return summary(j, now) })
	return ingestion.IngestionList{Items: page.Items, Total: page.Total, Limit: page.Limit, Offset: page.Offset, HasMore: page.HasMore()}, nil
}

func (s *service) getStats(ctx context.Context, _ ingestion.GetIngestionStats) (ingestion.Stats, error) {
	counts, err := s.Jobs.Count(ctx)
	if err != nil {
		return ingestion.Stats{}, err
	}
	stats := ingestion.Stats{
		QueuedIngestions: counts.ByStatus[ingest.Queued], FailedIngestions: counts.ByStatus[ingest.Failed],
		CancelledIngestions: counts.ByStatus[ingest.Cancelled], Workers: s.Limits.Workers, QueueLimit: s.Limits.Queue,
		TotalItemsProcessed:  counts.Items.Stored + counts.Items.Unchanged + counts.Items.Failed,
		TotalSuccessfulItems: counts.Items.Stored, TotalFailedItems: counts.Items.Failed,
	}
	for status, n := range counts.ByStatus {
		stats.TotalIngestions += n
		switch {
		case status.Active():
			stats.ActiveIngestions += n
		case status.Final():
			stats.CompletedIngestions += n
		}
		if status.Successful() {
			stats.SuccessfulIngestions += n
		}
	}
	if stats.CompletedIngestions > 0 {
		stats.SuccessRate = float64(stats.SuccessfulIngestions) / float64(stats.CompletedIngestions)
	}
	return stats, nil
}

// lookEvery is how often a job that is watched is looked at, whichever process works
// on it.
const lookEvery = 200 * time.Millisecond

func (s *service) watchIngestion(ctx context.Context, c ingestion.WatchIngestion) (iter.Seq2[ingestion.IngestionEvent, error], error) {
	after := 0
	if last := usecase.MetaOf(ctx).LastEventID; last != "" {
		n, err := strconv.Atoi(last)
		if err != nil || n < 0 {
			return nil, domain.Invalid.New("The last event id is the sequence of an event of this ingestion, from 1.")
		}
		after = n
	}
	if _, err := s.job(ctx, c.ID); err != nil {
		return nil, err
	}
	return func(yield func(ingestion.IngestionEvent, error) bool) {
		for {
			j, err := s.job(ctx, c.ID)
			if err != nil {
				yield(ingestion.IngestionEvent{}, err)
				return
			}
			if j.Revision > after {
				after = j.Revision
				if !yield(s.changed(j), nil) {
					return
				}
			}
			if j.Status.Final() || !clock.Wait(ctx, s.Clock, lookEvery) {
				return
			}
		}
	}, nil
}

// changed is the event of the last change of a job.
func (s *service) changed(j ingest.Job) ingestion.IngestionEvent {
	name := ingest.EventProgress
	switch {
	case j.Status == ingest.Queued:
		name = ingest.EventRequested
	case j.Status.Final():
		name = eventOf(ingest.Validating, j.Status)
	}
	return ingestion.IngestionEvent{Sequence: strconv.Itoa(j.Revision), EventType: name, Ingestion: jobView(j, s.now())}
}
