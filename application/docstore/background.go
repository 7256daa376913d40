package docstore

import (
	"context"
	"log/slog"
	"time"
)

// Signals wake the background when there is work for it, so that nobody waits
// for its next look.
type Signals struct {
	deliveries, bulk signal
}

// NewSignals returns signals.
func NewSignals() *Signals { return &Signals{deliveries: make(signal, 1), bulk: make(signal, 1)} }

// signal holds at most one call to wake.
type signal chan struct{}

// wake never blocks; a nil signal wakes nobody.
func (s signal) wake() {
	select {
	case s <- struct{}{}:
	default:
	}
}

// Background is the work of the store that no request waits for. Each of its
// workers runs until its context ends and then returns nil.
type Background struct {
	*service
	log *slog.Logger
}

// NewBackground returns the background over the same dependencies as Fill.
func NewBackground(deps Deps, log *slog.Logger) *Background {
	return &Background{newService(deps), log}
}

// loop calls round again at once while it finds work, and else after a pause or
// a signal. A failed round is logged and tried again after the pause.
func (b *Background) loop(ctx context.Context, work string, pause time.Duration, wake signal, round func(context.Context) (found bool, err error)) {
	for ctx.Err() == nil {
		found, err := round(ctx)
		if err != nil && ctx.Err() == nil {
			b.log.ErrorContext(ctx, "background work failed", slog.String("work", work), slog.Any("error", err))
		}
		if !found || err != nil {
			b.pause(ctx, pause, wake)
		}
	}
}

func (b *Background) pause(ctx context.Context, d time.Duration, wake signal) {
	timer := b.Clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-wake:
	case <-timer.C():
	}
}
