// Package relay carries events from a service's outbox to a bus: at least once,
// in order within one aggregate, with retries, and into the dead letters when
// they cannot be delivered.
package relay

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/outbox"
)

// Relay empties one outbox. Several relays, in other processes too, may serve
// the same one.
type Relay struct {
	source outbox.Source
	bus    bus.Publisher
	clock  clock.Clock
	random func() float64
	log    *slog.Logger
	config Config
	wake   Waker
}

// New returns a relay that is not running. random returns numbers in [0, 1) and
// spreads retries; it is safe for concurrent use.
func New(source outbox.Source, to bus.Publisher, wake Waker, clock clock.Clock, random func() float64, log *slog.Logger, cfg Config) *Relay {
	return &Relay{source: source, bus: to, wake: wake, clock: clock, random: random, log: log, config: cfg.withDefaults()}
}

// Waker tells a relay that something was appended. An outbox needs it before
// there is a relay, so it is made apart.
type Waker chan struct{}

// NewWaker returns a waker.
func NewWaker() Waker { return make(Waker, 1) }

// Wake makes the relay look at once. It never blocks.
func (w Waker) Wake() {
	select {
	case w <- struct{}{}:
	default:
	}
}

// Run delivers until ctx ends, then what is still due for as long as the grace
// lasts, and returns nil. Failures are logged and tried again; what could not be
// delivered at the end stays in the outbox for the next run.
func (r *Relay) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		n, err := r.round(ctx)
		if err != nil && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "outbox cannot be read", slog.Any("error", err))
		}
		if n == 0 {
			r.sleep(ctx)
		}
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.config.Grace)
	defer cancel()
	if err := r.Drain(grace); err != nil {
		r.log.ErrorContext(ctx, "events stay in the outbox", slog.Any("error", err))
	}
	return nil
}

// Drain delivers what is due now and returns when nothing is due any more, or
// with Timeout when ctx ends. Failed events are due later and are left.
func (r *Relay) Drain(ctx context.Context) error {
	for {
		n, err := r.round(ctx)
		if err != nil || n == 0 {
			return err
		}
	}
}

func (r *Relay) sleep(ctx context.Context) {
	timer := r.clock.NewTimer(r.config.Poll)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-r.wake:
	case <-timer.C():
	}
}

// round claims one batch and returns its size once all of it is settled. Events
// that were not begun when ctx ended are released.
func (r *Relay) round(ctx context.Context) (int, error) {
	now := r.clock.Now()
	lease := now.Add(r.config.Lease)
	entries, err := r.source.Claim(ctx, now, lease, r.config.Batch)
	if err != nil {
		return 0, err
	}
	queues := byAggregate(entries)
	work := make(chan []outbox.Entry)
	var workers sync.WaitGroup
	for range min(r.config.Workers, len(queues)) {
		workers.Go(func() {
			for queue := range work {
				r.deliver(ctx, lease, queue)
			}
		})
	}
	for _, queue := range queues {
		work <- queue
	}
	close(work)
	workers.Wait()
	return len(entries), nil
}

// byAggregate splits entries into one queue per aggregate, in order.
func byAggregate(entries []outbox.Entry) [][]outbox.Entry {
	type aggregate struct{ kind, id string }
	var queues [][]outbox.Entry
	at := map[aggregate]int{}
	for _, e := range entries {
		of := aggregate{e.Event.Aggregate, e.Event.AggregateID}
		i, ok := at[of]
		if !ok {
			i = len(queues)
			at[of] = i
			queues = append(queues, nil)
		}
		queues[i] = append(queues[i], e)
	}
	return queues
}

// deliver publishes the events of one aggregate in order. It ends at the first
// that must come again, and releases those behind it. An event that was begun is
// settled even when ctx ends meanwhile.
func (r *Relay) deliver(ctx context.Context, lease time.Time, queue []outbox.Entry) {
	settle := context.WithoutCancel(ctx)
	for i, entry := range queue {
		if ctx.Err() != nil {
			r.release(settle, queue[i:])
			return
		}
		left := lease.Sub(r.clock.Now())
		if left <= 0 {
			return // lapsed: whoever claims next has them
		}
		limit, cancel := context.WithTimeout(settle, left)
		err := r.bus.Publish(limit, entry.Event)
		cancel()
		if err == nil {
			err = r.source.Delivered(settle, entry.Event.ID)
			if err == nil {
				continue
			}
			r.log.ErrorContext(settle, "outbox cannot be written; the event comes again", slog.String("event", entry.Event.ID), slog.Any("error", err))
			return
		}
		if again := r.failed(settle, entry, err); again {
			r.release(settle, queue[i+1:])
			return
		}
	}
}

// failed postpones or buries an event and reports whether it comes again.
func (r *Relay) failed(ctx context.Context, entry outbox.Entry, cause error) bool {
	attrs := []any{slog.String("event", entry.Event.ID), slog.String("name", entry.Event.Name),
		slog.Int("attempt", entry.Attempts+1), slog.String("correlation_id", entry.Event.Correlation), slog.Any("error", cause)}
	now := r.clock.Now()
	if entry.Attempts >= max(r.config.Retries, 0) {
		r.log.ErrorContext(ctx, "event goes to the dead letters", attrs...)
		err := r.source.Bury(ctx, entry.Event.ID, now, cause.Error())
		r.report(ctx, err)
		return err != nil
	}
	wait := r.config.delay(entry.Attempts+1, r.random())
	r.log.WarnContext(ctx, "event comes again", append(attrs, slog.Duration("in", wait))...)
	r.report(ctx, r.source.Postpone(ctx, entry.Event.ID, now.Add(wait), cause.Error()))
	return true
}

func (r *Relay) release(ctx context.Context, queue []outbox.Entry) {
	if len(queue) == 0 {
		return
	}
	ids := make([]string, len(queue))
	for i, entry := range queue {
		ids[i] = entry.Event.ID
	}
	r.report(ctx, r.source.Release(ctx, time.Time{}, ids...))
}

// report logs what the outbox could not be told: the lease settles it.
func (r *Relay) report(ctx context.Context, err error) {
	if err != nil {
		r.log.ErrorContext(ctx, "outbox cannot be written", slog.String("kind", domain.FaultOf(err).Kind.String()), slog.Any("error", err))
	}
}
