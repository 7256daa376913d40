// Package systemclock is the clock of the machine.
package systemclock

import (
	"time"

	"github.com/docsteward/docsteward/ports/clock"
)

// Clock reads the machine's clock. The zero value is ready.
type Clock struct{}

var _ clock.Clock = Clock{}

// Now returns the present instant in UTC, to the microsecond, which is what
// every store keeps.
func (Clock) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// NewTimer implements clock.Clock.
func (Clock) NewTimer(d time.Duration) clock.Timer { return timer{time.NewTimer(d)} }

type timer struct{ *time.Timer }

// C implements clock.Timer.
func (t timer) C() <-chan time.Time { return t.Timer.C }
