package porttest

import (
	"context"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/job"
	"github.com/docsteward/docsteward/ports/jobs"
)

// JobLedger proves the promises of jobs.Ledger. open returns an empty ledger
// each time.
func JobLedger(t *testing.T, open func(t *testing.T) jobs.Ledger) {
	t.Run("runs are remembered whole", func(t *testing.T) { ledgerKeeps(t, open(t)) })
	t.Run("a job runs once at a time", func(t *testing.T) { ledgerExcludes(t, open(t)) })
	t.Run("of many that begin at once one does", func(t *testing.T) { ledgerRaces(t, open(t)) })
	t.Run("an ended context is a timeout", func(t *testing.T) {
		l := open(t)
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := l.Runs(ended)
		wantKind(t, "Runs", err, domain.Timeout)
		wantKind(t, "Begin", l.Begin(ended, "a", "1", noon, noon.Add(time.Hour)), domain.Timeout)
	})
}

func ledgerKeeps(t *testing.T, l jobs.Ledger) {
	ctx := context.Background()
	runs, err := l.Runs(ctx)
	must(t, err)
	wantSame(t, "an empty ledger", runs, []job.Run{})
	must(t, l.Begin(ctx, "b", "1", noon, noon.Add(time.Minute)))
	must(t, l.End(ctx, "b", "1", noon.Add(1500*time.Microsecond), ""))
	must(t, l.Begin(ctx, "b", "2", noon.Add(time.Hour), noon.Add(2*time.Hour)))
	must(t, l.End(ctx, "b", "2", noon.Add(time.Hour+time.Second), "no ü"))
	must(t, l.Begin(ctx, "a", "3", noon, noon.Add(time.Minute)))
	must(t, l.Extend(ctx, "a", "3", noon.Add(time.Hour)))
	runs, err = l.Runs(ctx)
	must(t, err)
	wantSame(t, "runs", runs, []job.Run{
		{Name: "a", ID: "3", StartedAt: noon, Lease: noon.Add(time.Hour)},
		{Name: "b", ID: "2", StartedAt: noon.Add(time.Hour), EndedAt: noon.Add(time.Hour + time.Second),
			SucceededAt: noon.Add(1500 * time.Microsecond), Took: time.Second, Cause: "no ü"},
	})
}

func ledgerExcludes(t *testing.T, l jobs.Ledger) {
	ctx := context.Background()
	lease := noon.Add(time.Minute)
	wantKind(t, "extend of the unknown", l.Extend(ctx, "a", "1", lease), domain.Conflict)
	must(t, l.Begin(ctx, "a", "1", noon, lease))
	wantKind(t, "a second run", l.Begin(ctx, "a", "2", noon.Add(time.Second), lease), domain.Conflict)
	must(t, l.Begin(ctx, "b", "3", noon, lease)) // another job does not mind
	must(t, l.Begin(ctx, "a", "4", lease, lease.Add(time.Minute)))
	wantKind(t, "end of the run whose place was taken", l.End(ctx, "a", "1", lease, ""), domain.Conflict)
	wantKind(t, "extend of it", l.Extend(ctx, "a", "1", lease.Add(time.Hour)), domain.Conflict)
	must(t, l.End(ctx, "a", "4", lease, ""))
	wantKind(t, "a second end", l.End(ctx, "a", "4", lease, ""), domain.Conflict)
	must(t, l.Begin(ctx, "a", "5", lease, lease.Add(time.Minute)))
}

func ledgerRaces(t *testing.T, l jobs.Ledger) {
	const many = 8
	outcomes := make(chan error, many)
	for i := range many {
		go func() {
			outcomes <- l.Begin(context.Background(), "a", string(rune('0'+i)), noon, noon.Add(time.Minute))
		}()
	}
	began := 0
	for range many {
		if err := <-outcomes; err == nil {
			began++
		} else {
			wantKind(t, "one that was slower", err, domain.Conflict)
		}
	}
	if began != 1 {
		t.Errorf("%d runs began, want 1", began)
	}
}
