package docstore

import (
	"context"
	"errors"
	"time"

	"github.com/docsteward/docsteward/application/jobs"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

const (
	// purgeBatch bounds how long one erasure keeps other writers waiting.
	purgeBatch = 500
	// inboxDays is how long a repeat of an event is recognised; no event is
	// delivered anew after so long.
	inboxDays = 7
	// qualityDays is how long the history of quality reaches back.
	qualityDays = 730
	day         = 24 * time.Hour
)

// Intervals say how often the jobs of the store run; 0 is only on request.
type Intervals struct {
	Quality, Lifecycle, Cleanup, Integrity, Backup time.Duration
	// History is how long events, deliveries and bulk operations are kept once
	// they are done with.
	History time.Duration
}

// Jobs are the recurring work of the store.
func (b *Background) Jobs(i Intervals) []jobs.Job {
	return []jobs.Job{
		{Name: "quality", Description: "Assesses every document and keeps a summary of their quality.", Every: i.Quality, Do: b.sumUpQuality},
		{Name: "lifecycle", Description: "Applies policies and makes every change of phase that is due.", Every: i.Lifecycle, Do: b.advanceLives},
		{Name: "cleanup", Description: "Erases old events, deliveries, bulk operations and summaries of quality.", Every: i.Cleanup,
			Do: func(ctx context.Context) error { return b.cleanUp(ctx, i.History) }},
		{Name: "inbox-cleanup", Description: "Forgets which events were handled a week ago.", Every: i.Cleanup, Do: b.forgetHandled},
		{Name: "integrity-check", Description: "Reads the whole database and looks for damage.", Every: i.Integrity, Do: b.Upkeep.Integrity},
		{Name: "backup", Description: "Copies the database to a file and erases the oldest copies.", Every: i.Backup,
			Do: func(ctx context.Context) error {
				_, err := b.makeBackup(ctx, docstore.MakeBackup{})
				return err
			}},
	}
}

// sumUpQuality records how the documents are. Assessing takes the fingerprints
// of new contents too, so that a request for the quality finds them taken.
func (b *Background) sumUpQuality(ctx context.Context) error {
	summary := document.QualitySummary{At: b.Clock.Now().UTC()}
	rule := document.QualityRule{Now: summary.At, StaleDays: staleDays, MinViews: minViews}
	if err := b.assess(ctx, rule, func(_ document.State, a document.Assessment) { summary.Add(a) }); err != nil {
		return err
	}
	return b.QualityLog.Record(ctx, summary)
}

// advanceLives processes life cycles. A document that could not be advanced is
// logged, and does not fail the others.
func (b *Background) advanceLives(ctx context.Context) error {
	result, err := b.processLifecycles(ctx, docstore.ProcessLifecycles{})
	for _, failure := range result.Errors {
		b.log.WarnContext(ctx, "life cycle not advanced", "cause", failure)
	}
	return err
}

// cleanUp erases what is done with for longer than history.
func (b *Background) cleanUp(ctx context.Context, history time.Duration) error {
	now := b.Clock.Now()
	return errors.Join(
		b.purge(ctx, "deliveries", now.Add(-history), b.Deliveries.Purge),
		b.purge(ctx, "events", now.Add(-history), b.EventLog.Purge),
		b.purge(ctx, "bulk operations", now.Add(-history), b.BulkOperations.Purge),
		b.purge(ctx, "summaries of quality", now.Add(-qualityDays*day), b.QualityLog.Purge),
	)
}

// purge erases in batches until nothing is left to erase.
func (b *Background) purge(ctx context.Context, what string, before time.Time, batch func(context.Context, time.Time, int) (int, error)) error {
	for erased := 0; ; {
		n, err := batch(ctx, before, purgeBatch)
		erased += n
		if err == nil && ctx.Err() != nil {
			err = domain.FaultOf(ctx.Err())
		}
		if err != nil || n < purgeBatch {
			if erased > 0 {
				b.log.InfoContext(ctx, "erased what is old", "what", what, "count", erased)
			}
			return err
		}
	}
}

func (b *Background) forgetHandled(ctx context.Context) error {
	_, err := b.Inbox.Forget(ctx, b.Clock.Now().Add(-inboxDays*day))
	return err
}
