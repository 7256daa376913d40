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

// After waits on the machine's clock.
func (Clock) After(d time.Duration) <-chan time.Time { return time.After(d) }
