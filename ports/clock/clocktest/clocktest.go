// Package clocktest is a clock that tests move by hand.
package clocktest

import (
	"slices"
	"sync"
	"time"

	"github.com/docsteward/docsteward/ports/clock"
)

// Start is where a manual clock begins: a Monday noon in UTC.
var Start = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

// Manual is a clock that stands still until it is moved. It is safe for
// concurrent use.
type Manual struct {
	mu     sync.Mutex
	now    time.Time
	timers []*timer
	change chan struct{} // closed and made anew when timers are added
}

var _ clock.Clock = (*Manual)(nil)

// New returns a clock that shows Start.
func New() *Manual { return At(Start) }

// At returns a clock that shows now.
func At(now time.Time) *Manual { return &Manual{now: now, change: make(chan struct{})} }

// Now implements clock.Clock.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// NewTimer implements clock.Clock.
func (m *Manual) NewTimer(d time.Duration) clock.Timer {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := &timer{clock: m, at: m.now.Add(d), c: make(chan time.Time, 1)}
	if d <= 0 {
		t.c <- m.now
		return t
	}
	m.timers = append(m.timers, t)
	close(m.change)
	m.change = make(chan struct{})
	return t
}

// Advance moves the clock on by d and fires the timers that are due, the
// earliest first.
func (m *Manual) Advance(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
	slices.SortStableFunc(m.timers, func(a, b *timer) int { return a.at.Compare(b.at) })
	for len(m.timers) > 0 && !m.timers[0].at.After(m.now) {
		m.timers[0].c <- m.timers[0].at
		m.timers = m.timers[1:]
	}
}

// AwaitTimers returns when at least n timers wait, so that a test knows that
// the code under test has gone to sleep.
func (m *Manual) AwaitTimers(n int) {
	for {
		m.mu.Lock()
		waiting, change := len(m.timers), m.change
		m.mu.Unlock()
		if waiting >= n {
			return
		}
		<-change
	}
}

type timer struct {
	clock *Manual
	at    time.Time
	c     chan time.Time
}

// C implements clock.Timer.
func (t *timer) C() <-chan time.Time { return t.c }

// Stop implements clock.Timer.
func (t *timer) Stop() bool {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	i := slices.Index(t.clock.timers, t)
	if i >= 0 {
		t.clock.timers = slices.Delete(t.clock.timers, i, i+1)
	}
	return i >= 0
}
