package durabledbos

import (
	"context"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/docsteward/docsteward/domain"
)

// lease is the right to work as an executor; nil on SQLite. The instants of its
// row are those of the database's clock; its holder counts from before it asked.
type lease struct {
	asked time.Time
}

// acquire waits until the lease of this executor is free: until an earlier process
// of the same name has let go of it or its lease has lapsed.
func (r *Runtime) acquire(ctx context.Context, e *engine) (*lease, error) {
	if !r.shared() {
		return nil, nil
	}
	for {
		asked := time.Now()
		taken, err := r.write(ctx, e, `INSERT INTO %s`+executors+` AS held (id, token, lapses_at)
			VALUES ($1, $2, now() + $3 * interval '1 millisecond')
			ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token, lapses_at = EXCLUDED.lapses_at
			WHERE held.lapses_at <= now() OR held.token = EXCLUDED.token`)
		if err != nil {
			return nil, err
		}
		if taken {
			return &lease{asked: asked}, nil
		}
		if err := idle(ctx, r.config.Poll); err != nil {
			return nil, err
		}
	}
}

// write carries out a statement about our lease within a sixth of it, and reports
// whether it touched the row.
func (r *Runtime) write(ctx context.Context, e *engine, statement string) (bool, error) {
	limited, cancel := context.WithTimeout(ctx, r.config.Lease/6)
	defer cancel()
	var touched int64
	err := exec(limited, e, e.runtime.SystemDB().Pool(), statement, &touched, r.config.Executor, r.token, r.config.Lease.Milliseconds())
	return touched == 1, err
}

// renew prolongs the lease. It fails when the lease is lost, and when it could not
// be renewed for half of it: with the time that one try takes, this process stops
// before another takes over.
func (r *Runtime) renew(ctx context.Context, e *engine, held *lease) error {
	asked := time.Now()
	renewed, err := r.write(ctx, e, `UPDATE %s`+executors+` SET lapses_at = now() + $3 * interval '1 millisecond'
		WHERE id = $1 AND token = $2 AND lapses_at > now()`)
	switch {
	case err == nil && !renewed:
		return domain.Conflict.New("The lease of this executor has lapsed, or another process works under its name.")
	case err == nil:
		held.asked = asked
	case time.Since(held.asked) > r.config.Lease/2:
		return err
	}
	return nil
}

// takeOver puts the runs of lapsed executors back into the queue. Of many that try
// at once, each lapsed executor is seen by one.
func (r *Runtime) takeOver(ctx context.Context, e *engine) error {
	if !r.shared() {
		return nil
	}
	transaction, err := e.runtime.SystemDB().Pool().BeginTx(ctx, dbos.TxOptions{})
	if err != nil {
		return err
	}
	defer func() { _ = transaction.Rollback(context.WithoutCancel(ctx)) }() // after the commit it does nothing
	lapsed, err := rowsOn(ctx, e, transaction, `SELECT id FROM %s`+executors+` WHERE lapses_at <= now() FOR UPDATE SKIP LOCKED`)
	if err != nil || len(lapsed) == 0 {
		return err
	}
	if _, err := e.runtime.RecoverPendingWorkflows(lapsed); err != nil {
		return err
	}
	for _, id := range lapsed {
		if err := exec(ctx, e, transaction, `DELETE FROM %s`+executors+` WHERE id = $1`, nil, id); err != nil {
			return err
		}
	}
	return transaction.Commit(ctx)
}

// release lets the lease lapse at once, so that others need not wait for it.
func (r *Runtime) release(held *lease) {
	if held == nil {
		return
	}
	err := r.ask(context.Background(), func(ctx context.Context, e *engine) error {
		_, err := r.write(ctx, e, `UPDATE %s`+executors+` SET lapses_at = now() WHERE id = $1 AND token = $2 AND $3 > 0`)
		return err
	})
	if err != nil {
		r.config.Log.Error("the lease of this executor lapses by itself", "error", err)
	}
}
