package memkit

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/job"
	"github.com/docsteward/docsteward/ports/jobs"
)

// Ledger remembers the runs of jobs.
type Ledger struct {
	db   *DB
	runs *Table[string, job.Run]
}

var _ jobs.Ledger = (*Ledger)(nil)

// NewLedger returns a ledger in db.
func NewLedger(db *DB) *Ledger {
	return &Ledger{db, NewTable[string](db, func(r job.Run) job.Run { return r })}
}

// Runs implements jobs.Ledger.
func (l *Ledger) Runs(ctx context.Context) ([]job.Run, error) {
	runs, err := l.runs.Select(ctx, nil)
	if runs == nil {
		runs = []job.Run{}
	}
	return runs, err
}

// Begin implements jobs.Ledger.
func (l *Ledger) Begin(ctx context.Context, name, id string, now, lease time.Time) error {
	return l.db.Within(ctx, func(ctx context.Context) error {
		r, _, err := l.runs.Get(ctx, name)
		if err != nil {
			return err
		}
		if r.Running(now) {
			return domain.Conflict.New("The job " + name + " is running.")
		}
		r.Name, r.ID, r.StartedAt, r.Lease = name, id, instant(now), instant(lease)
		return l.runs.Put(ctx, name, r)
	})
}

// Extend implements jobs.Ledger.
func (l *Ledger) Extend(ctx context.Context, name, id string, lease time.Time) error {
	return l.change(ctx, name, id, func(r job.Run) job.Run {
		r.Lease = instant(lease)
		return r
	})
}

// End implements jobs.Ledger.
func (l *Ledger) End(ctx context.Context, name, id string, now time.Time, cause string) error {
	return l.change(ctx, name, id, func(r job.Run) job.Run {
		r.Lease, r.EndedAt, r.Cause = time.Time{}, instant(now), cause
		r.Took = r.EndedAt.Sub(r.StartedAt)
		if cause == "" {
			r.SucceededAt = r.EndedAt
		}
		return r
	})
}

// change updates the run of name and id that is under way.
func (l *Ledger) change(ctx context.Context, name, id string, change func(job.Run) job.Run) error {
	return l.db.Within(ctx, func(ctx context.Context) error {
		r, _, err := l.runs.Get(ctx, name)
		if err != nil {
			return err
		}
		if r.ID != id || r.Lease.IsZero() {
			return domain.Conflict.New("The run of the job " + name + " is not under way.")
		}
		return l.runs.Put(ctx, name, change(r))
	})
}

func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
