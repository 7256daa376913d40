// Package inprocess carries events to handlers in the same process.
//
// What is promised: an event that a relay takes from an outbox reaches every
// matching handler at least once, also when the process is killed in between,
// because the outbox forgets it only after Publish returned nil. With an inbox
// in the handler's own store (bus.Once) a repeat changes nothing there, so the
// effect in that store is exactly once. Effects elsewhere may repeat. When one
// handler of an event fails, the event comes again to all of them.
package inprocess

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/bus"
)

// Bus calls handlers in the goroutine of Publish. The zero value is ready and is
// safe for concurrent use; it holds no goroutine and needs no closing.
type Bus struct {
	mu            sync.RWMutex
	subscriptions []subscription
}

var _ bus.Bus = (*Bus)(nil)

type subscription struct {
	name, pattern string
	handler       bus.Handler
}

// Subscribe implements bus.Subscriber.
func (b *Bus) Subscribe(name, pattern string, handler bus.Handler) error {
	if err := bus.CheckSubscription(name, pattern); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.subscriptions {
		if s.name == name {
			return domain.Conflict.New("There is a subscription " + name + " already.")
		}
	}
	b.subscriptions = append(b.subscriptions, subscription{name, pattern, handler})
	return nil
}

// Publish implements bus.Publisher: handlers run one after the other in the
// order of Subscribe, and a failure of one does not keep the event from the next.
func (b *Bus) Publish(ctx context.Context, event domain.Event) error {
	b.mu.RLock()
	subscriptions := b.subscriptions[:len(b.subscriptions):len(b.subscriptions)]
	b.mu.RUnlock()
	var failures []error
	for _, s := range subscriptions {
		if !bus.Match(s.pattern, event.Name) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return domain.Timeout.Wrap(errors.Join(append(failures, err)...), "An event was not handled in time; it comes again.")
		}
		if err := s.call(ctx, event); err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", s.name, err))
		}
	}
	switch {
	case len(failures) == 0:
		return nil
	case ctx.Err() != nil:
		return domain.Timeout.Wrap(errors.Join(failures...), "An event was not handled in time; it comes again.")
	}
	return domain.Upstream.Wrap(errors.Join(failures...), "An event was not handled; it comes again.")
}

// call turns a panic of the handler into a failure: the event's, not the
// process's.
func (s subscription) call(ctx context.Context, event domain.Event) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = domain.Internal.Wrap(fmt.Errorf("panic: %v", r), "The handler of an event panicked.")
		}
	}()
	return s.handler(ctx, clone(event))
}

// clone keeps one handler from changing what the next one reads.
func clone(event domain.Event) domain.Event {
	event.Payload = append([]byte(nil), event.Payload...)
	return event
}
