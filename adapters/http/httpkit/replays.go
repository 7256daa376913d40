package httpkit

import (
	"bytes"
	"container/list"
	"context"
	"crypto/sha256"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Bounds of what is remembered of calls with an idempotency key.
const (
	replayTTL  = 24 * time.Hour
	maxReplays = 10_000
	// maxReplay is the greatest answer that is remembered, in bytes; a greater one is
	// not, and its call has its effect anew.
	maxReplay = 64 << 10
)

// replays answers a repeated call with what the first one was answered. They are
// remembered in memory: a process that restarts has forgotten them. Failures are
// not remembered, so that a call may be tried again.
type replays struct {
	clock clock.Clock
	mu    sync.Mutex
	known map[string]*replay
	// order holds the names, the oldest first.
	order list.List
}

// replay is a call that is under way, or its answer.
type replay struct {
	name    string
	command [sha256.Size]byte
	at      time.Time
	place   *list.Element
	// done is closed once the call has ended; body is nil when it failed.
	done chan struct{}
	body []byte
}

// enter returns the call of that name, and whether the caller is its first and must
// settle it. A repeat waits for the first while that is under way. It fails with
// Conflict when the key was used for another command, and with Timeout.
func (r *replays) enter(ctx context.Context, name string, command [sha256.Size]byte) (*replay, bool, error) {
	for {
		held, first := r.find(name, command)
		switch {
		case first:
			return held, true, nil
		case held.command != command:
			return nil, false, domain.Conflict.New("The idempotency key was used for another request; use a new key for a new request.")
		}
		select {
		case <-held.done:
		case <-ctx.Done():
			return nil, false, domain.FaultOf(ctx.Err())
		}
		if held.body != nil {
			return held, false, nil
		}
	}
}

func (r *replays) find(name string, command [sha256.Size]byte) (*replay, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.clock.Now()
	if held := r.known[name]; held != nil && now.Sub(held.at) < replayTTL {
		return held, false
	}
	for oldest := r.order.Front(); oldest != nil && r.order.Len() >= maxReplays; oldest = r.order.Front() {
		r.drop(oldest.Value.(*replay))
	}
	made := &replay{name: name, command: command, at: now, done: make(chan struct{})}
	if old := r.known[name]; old != nil {
		r.drop(old)
	}
	made.place = r.order.PushBack(made)
	r.known[name] = made
	return made, true
}

func (r *replays) drop(held *replay) {
	r.order.Remove(held.place)
	if r.known[held.name] == held {
		delete(r.known, held.name)
	}
}

// settle ends a call: a nil body forgets it.
func (r *replays) settle(held *replay, body []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(body) > maxReplay {
		body = nil
	}
	held.body = body
	if body == nil {
		r.drop(held)
	}
	close(held.done)
}

// once reports whether an operation has to be kept from having its effect twice.
func (e *endpoint) once(meta usecase.Meta) bool {
	return meta.IdempotencyKey != "" && !e.op.Idempotent && !e.op.Streaming && !e.op.Uploading
}

// serveOnce executes a call whose key is new, and answers a repeat as its first was.
func (e *endpoint) serveOnce(c echo.Context, ctx context.Context, meta usecase.Meta, command any) error {
	spelled, err := bind.Value(command)
	if err != nil {
		return domain.Internal.Wrap(err, "The request cannot be compared with an earlier one; leave the idempotency key out.")
	}
	name := meta.Caller.User + "\x00" + e.op.Name + "\x00" + meta.IdempotencyKey
	held, first, err := e.server.replays.enter(ctx, name, sha256.Sum256(spelled))
	if err != nil {
		return err
	}
	if !first {
		c.Response().Header().Set(wire.HeaderReplayed, "true")
		e.server.write(c, e.op.Status, held.body)
		return nil
	}
	var body []byte
	defer func() { e.server.replays.settle(held, body) }()
	reply, err := e.op.Slot.Invoke(ctx, command)
	if err != nil {
		return err
	}
	var written bytes.Buffer
	if err := e.spellReply(&written, c, reply); err != nil {
		return err
	}
	body = written.Bytes()
	e.server.write(c, e.op.Status, body)
	return nil
}
