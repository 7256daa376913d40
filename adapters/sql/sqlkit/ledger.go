package sqlkit

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/job"
	"github.com/docsteward/docsteward/ports/jobs"
)

// Ledger remembers the runs of a service's background jobs in its own database.
type Ledger struct{ db *DB }

var _ jobs.Ledger = (*Ledger)(nil)

// NewLedger returns the ledger of db.
func NewLedger(db *DB) *Ledger { return &Ledger{db} }

type jobRow struct {
	Name      string `gorm:"primaryKey"`
	ID        string
	Started   Instant
	Ended     Instant
	Succeeded Instant
	Took      time.Duration
	Cause     string
	Lease     Instant
}

func (jobRow) TableName() string { return "jobs" }

func (r jobRow) run() job.Run {
	return job.Run{Name: r.Name, ID: r.ID, StartedAt: r.Started.Time(), EndedAt: r.Ended.Time(), SucceededAt: r.Succeeded.Time(),
		Took: r.Took, Cause: r.Cause, Lease: r.Lease.Time()}
}

// Runs implements jobs.Ledger.
func (l *Ledger) Runs(ctx context.Context) ([]job.Run, error) {
	rows, err := List[jobRow](ctx, l.db, "job", Order("name"))
	runs := make([]job.Run, len(rows))
	for i, row := range rows {
		runs[i] = row.run()
	}
	return runs, err
}

// Begin implements jobs.Ledger.
func (l *Ledger) Begin(ctx context.Context, name, id string, now, lease time.Time) error {
	done, err := l.db.RawWrite(ctx).ExecContext(ctx, `
		INSERT INTO jobs (name, id, started, lease) VALUES ($1, $2, $3, $4)
		ON CONFLICT (name) DO UPDATE SET id = excluded.id, started = excluded.started, lease = excluded.lease
		WHERE jobs.lease <= excluded.started`, name, id, InstantOf(now), InstantOf(lease))
	if err != nil {
		return Translate(err, "job")
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return domain.Conflict.New("The job " + name + " is running.")
	}
	return nil
}

// Extend implements jobs.Ledger.
func (l *Ledger) Extend(ctx context.Context, name, id string, lease time.Time) error {
	return l.change(ctx, `UPDATE jobs SET lease = $3 WHERE name = $1 AND id = $2 AND lease > 0`, name, id, InstantOf(lease))
}

// End implements jobs.Ledger.
func (l *Ledger) End(ctx context.Context, name, id string, now time.Time, cause string) error {
	return l.change(ctx, `
		UPDATE jobs SET lease = 0, ended = $3, took = ($3 - started) * 1000, cause = $4,
			succeeded = CASE WHEN $5 THEN $3 ELSE succeeded END
		WHERE name = $1 AND id = $2 AND lease > 0`, name, id, InstantOf(now), cause, cause == "")
}

// change updates the run of name and id that is under way.
func (l *Ledger) change(ctx context.Context, statement, name, id string, args ...any) error {
	done, err := l.db.RawWrite(ctx).ExecContext(ctx, statement, append([]any{name, id}, args...)...)
	if err != nil {
		return Translate(err, "job")
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return domain.Conflict.New("The run of the job " + name + " is not under way.")
	}
	return nil
}
