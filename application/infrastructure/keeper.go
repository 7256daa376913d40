package infrastructure

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/deadletter"
	"github.com/docsteward/docsteward/domain/saga"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/usecase"
)

// How often the keeper looks, and how long it leaves a saga to the process that is
// changing it.
const (
	keepEvery  = 30 * time.Second
	settling   = 15 * time.Second
	purgeEvery = time.Hour
)

// How long is kept what nobody asks for any more.
const (
	keepSagas   = 90 * 24 * time.Hour
	keepRetries = 90 * 24 * time.Hour
	purgeBatch  = 500
)

// AlarmAge is the age at which a dead letter makes the health of the service degraded.
const AlarmAge = 24 * time.Hour

// Keeper looks after what no caller waits for: sagas past their deadline, sagas whose
// process died, dead letters that grow old, and what was kept for long enough.
type Keeper struct {
	service
	// owner is the service in whose name the keeper reads.
	owner string

	mu     sync.Mutex
	depth  int
	oldest time.Time
	purged time.Time
}

// NewKeeper returns the keeper of the same stores and runtime as the menu. It reads in
// the name of the service of the id.
func NewKeeper(deps Deps, owner string) *Keeper { return &Keeper{service: service{deps}, owner: owner} }

// Work keeps until ctx ends. What fails is logged and tried again the next time.
func (k *Keeper) Work(ctx context.Context) error {
	ctx = usecase.AsService(ctx, k.owner)
	for {
		if err := k.Keep(ctx); err != nil && ctx.Err() == nil {
			k.Logger.ErrorContext(ctx, "infrastructure could not be looked after", "error", err)
		}
		if !clock.Wait(ctx, k.Clock, keepEvery) {
			return nil
		}
	}
}

// Keep looks once. It goes on past what it cannot help, and returns all faults.
func (k *Keeper) Keep(ctx context.Context) error {
	return errors.Join(k.keepSagas(ctx), k.keepLetters(ctx), k.purge(ctx))
}

// keepSagas helps every saga that is under way and stands still.
func (k *Keeper) keepSagas(ctx context.Context) error {
	var faults []error
	active := infrastructure.SagaFilter{Status: []saga.Status{saga.Started, saga.Compensating}}
	for offset := 0; ; {
		page, err := k.Sagas.Find(ctx, active, domain.PageRequest{Limit: domain.MaxLimit, Offset: offset})
		if err != nil {
			return errors.Join(append(faults, err)...)
		}
		for _, one := range page.Items {
			if err := k.help(ctx, one); err != nil {
				faults = append(faults, err)
			}
		}
		offset += len(page.Items)
		if !page.HasMore() || len(page.Items) == 0 {
			return errors.Join(faults...)
		}
	}
}

// help brings on a saga that stands still: what is past its deadline is undone, and
// what was to run and does not is begun.
func (k *Keeper) help(ctx context.Context, one saga.Saga) error {
	now := k.now()
	switch running := one.Running(); {
	case one.Status == saga.Compensating:
		return k.helpUndo(ctx, one, now)
	case running != "":
		step, err := one.Step(running)
		if err != nil || now.Sub(step.ExecutedAt) < settling {
			return err
		}
		return k.startStep(ctx, one, running)
	case !one.Overdue(now):
		return nil
	}
	reason := "The saga was under way past its deadline."
	k.Logger.WarnContext(ctx, "a saga is past its deadline and is compensated", "saga_id", one.ID.String(), "saga_type", one.Type)
	changed, err := k.change(ctx, one.ID.String(), func(one *saga.Saga, _ time.Time) error { return one.Compensate(reason) })
	if errors.Is(err, domain.Conflict) {
		return nil // it moved meanwhile
	}
	if err != nil {
		return err
	}
	return k.startUndo(ctx, changed)
}

// helpUndo begins the run that undoes, where it is missing, and ends the saga whose run
// came to nothing: what is left to undo needs a hand then.
func (k *Keeper) helpUndo(ctx context.Context, one saga.Saga, now time.Time) error {
	run, err := k.Runtime.Describe(ctx, undoRun(one.ID.String()))
	if errors.Is(err, domain.NotFound) {
		return k.startUndo(ctx, one)
	}
	if err != nil || !run.Status.Ended() || now.Sub(run.Ended) < settling {
		return err
	}
	cause := "The compensation ended as " + string(run.Status) + "."
	if run.Status == durable.Failed && run.Fault != nil {
		cause = run.Fault.Message
	}
	_, err = k.change(ctx, one.ID.String(), func(one *saga.Saga, now time.Time) error {
		for step, more := one.NextUndo(); more; step, more = one.NextUndo() {
			one.Undone(step.ID, cause, now)
		}
		one.Settle(now)
		return nil
	})
	return err
}

// keepLetters notes how many dead letters there are and how old they are.
func (k *Keeper) keepLetters(ctx context.Context) error {
	h, err := k.gather(ctx)
	if err != nil {
		return err
	}
	counts := deadletter.Count(h.letters)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.depth, k.oldest = h.total, counts.Oldest
	return nil
}

// purge erases what was kept for long enough, once in a while.
func (k *Keeper) purge(ctx context.Context) error {
	now := k.now()
	k.mu.Lock()
	due := now.Sub(k.purged) >= purgeEvery
	if due {
		k.purged = now
	}
	k.mu.Unlock()
	if !due {
		return nil
	}
	_, err := k.Retries.Purge(ctx, now.Add(-keepRetries))
	_, more := k.Sagas.Purge(ctx, now.Add(-keepSagas), purgeBatch)
	return errors.Join(err, more)
}

// Letters tells how many dead letters there were at the last look, and how long ago the
// first of them was given up.
func (k *Keeper) Letters() (depth int, oldest time.Duration) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.oldest.IsZero() {
		oldest = max(k.Clock.Now().Sub(k.oldest), 0)
	}
	return k.depth, oldest
}
