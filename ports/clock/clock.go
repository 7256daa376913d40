// Package clock is the port of time, so that nothing else reads it and tests
// can set it.
package clock

import "time"

// Clock tells the time and measures stretches of it.
type Clock interface {
	// Now returns the present instant in UTC.
	Now() time.Time
	// After returns a channel that receives once when d has passed; at once when
	// d is not positive. Nobody has to receive.
	After(d time.Duration) <-chan time.Time
}
