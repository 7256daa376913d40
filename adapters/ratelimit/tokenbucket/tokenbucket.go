// Package tokenbucket limits rates within one process.
package tokenbucket

import (
	"container/list"
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/ratelimit"
)

// maxKeys bounds the buckets that are kept; the one used longest ago goes first.
const maxKeys = 10_000

// Limiter keeps a bucket per key.
type Limiter struct {
	clock clock.Clock
	rate  rate.Limit
	burst int

	mu      sync.Mutex
	buckets map[string]*list.Element
	recent  *list.List
}

type bucket struct {
	key     string
	limiter *rate.Limiter
}

var _ ratelimit.Limiter = (*Limiter)(nil)

// New returns a limiter that refills each bucket with perSecond tokens a second,
// up to burst.
func New(clock clock.Clock, perSecond float64, burst int) *Limiter {
	return &Limiter{clock: clock, rate: rate.Limit(perSecond), burst: burst, buckets: make(map[string]*list.Element), recent: list.New()}
}

// Take takes a token from the bucket of key, or tells how long until the next.
func (l *Limiter) Take(_ context.Context, key string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	reservation := l.bucket(key).ReserveN(now, 1)
	wait := reservation.DelayFrom(now)
	if wait > 0 {
		reservation.CancelAt(now)
	}
	return wait
}

func (l *Limiter) bucket(key string) *rate.Limiter {
	if e, ok := l.buckets[key]; ok {
		l.recent.MoveToFront(e)
		return e.Value.(*bucket).limiter
	}
	if l.recent.Len() >= maxKeys {
		oldest := l.recent.Back()
		delete(l.buckets, l.recent.Remove(oldest).(*bucket).key)
	}
	b := &bucket{key: key, limiter: rate.NewLimiter(l.rate, l.burst)}
	l.buckets[key] = l.recent.PushFront(b)
	return b.limiter
}
