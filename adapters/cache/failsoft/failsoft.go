// Package failsoft lets a cache fail without anybody being hurt: while it does,
// nothing is found and nothing is kept, and what it missed of invalidations is
// made good before it is used again.
package failsoft

import (
	"context"
	"sync"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/clock"
)

// pause is how long a cache that failed is left alone by everyone but Check, so
// that a dead server slows one call only.
const pause = 10 * time.Second

// none is the stamp while the cache fails; nothing is stored with it.
const none cache.Stamp = "none"

// Cache implements cache.Cache over one that may fail. Its methods fail when ctx
// has ended, and Stats with Unavailable, but never else. It is safe for
// concurrent use.
//
// A cache that comes back may hold what was invalidated meanwhile, by a call
// that failed or because its server lost the last second. So it is cleared
// before it is used again, and before it is used first.
type Cache struct {
	inner   cache.Cache
	clock   clock.Clock
	changed func(ctx context.Context, failure error)

	mu     sync.Mutex
	up     bool
	trying bool      // somebody clears it
	missed bool      // an invalidation while it was not up
	told   bool      // changed knows that it fails
	again  time.Time // when to try
	last   error
}

var _ cache.Cache = (*Cache)(nil)

// New returns a cache over inner. changed, when not nil, is called once each
// time when inner begins to fail, with the failure, and when it serves again,
// with nil.
func New(inner cache.Cache, clock clock.Clock, changed func(ctx context.Context, failure error)) *Cache {
	if changed == nil {
		changed = func(context.Context, error) {}
	}
	return &Cache{inner: inner, clock: clock, changed: changed}
}

// Check tries the cache, also one that is left alone, and returns the failure,
// or nil when it serves.
func (c *Cache) Check(ctx context.Context) error {
	c.mu.Lock()
	c.again = time.Time{}
	c.mu.Unlock()
	if _, err := c.Stamp(ctx); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.up {
		return nil
	}
	return c.last
}

// use runs call when the cache is up, or can be brought up.
func (c *Cache) use(ctx context.Context, call func() error) error {
	if err := ctx.Err(); err != nil {
		return domain.FaultOf(err)
	}
	if !c.ready(ctx) {
		return nil
	}
	err := call()
	if err != nil && ctx.Err() == nil {
		c.down(ctx, err)
		return nil
	}
	return err
}

// ready reports whether the cache is up, after clearing it where it was not and
// it is time to try.
func (c *Cache) ready(ctx context.Context) bool {
	c.mu.Lock()
	if c.up || c.trying || c.clock.Now().Before(c.again) {
		defer c.mu.Unlock()
		return c.up
	}
	c.trying = true
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		c.trying = false
		c.mu.Unlock()
	}()
	for {
		c.mu.Lock()
		c.missed = false
		c.mu.Unlock()
		if err := c.inner.Clear(ctx); err != nil {
			if ctx.Err() == nil {
				c.down(ctx, err)
			}
			return false
		}
		if c.raise(ctx) {
			return true
		}
	}
}

// raise ends the failure, unless an invalidation was missed since the clearing.
func (c *Cache) raise(ctx context.Context) bool {
	c.mu.Lock()
	if c.missed {
		c.mu.Unlock()
		return false
	}
	told := c.told
	c.up, c.told, c.last = true, false, nil
	c.mu.Unlock()
	if told {
		c.changed(ctx, nil)
	}
	return true
}

func (c *Cache) down(ctx context.Context, err error) {
	c.mu.Lock()
	told := c.told
	c.up, c.told, c.last, c.again = false, true, err, c.clock.Now().Add(pause)
	c.mu.Unlock()
	if !told {
		c.changed(ctx, err)
	}
}

// forget runs a call that makes values unreadable. One that is not made, or
// fails, is made good by the clearing.
func (c *Cache) forget(ctx context.Context, call func() error) error {
	if err := ctx.Err(); err != nil {
		return domain.FaultOf(err)
	}
	if !c.ready(ctx) {
		c.mu.Lock()
		up := c.up
		c.missed = true
		c.mu.Unlock()
		if !up {
			return nil
		}
	}
	err := call()
	if err != nil {
		c.down(ctx, err)
	}
	if ctx.Err() != nil {
		return err
	}
	return nil
}
