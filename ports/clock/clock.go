// Package clock is the port of time, so that nothing but an adapter reads the
// clock of the machine and tests can move time by hand.
package clock

//go:generate go tool mockgen -source=clock.go -destination=../mocks/clockmock/clock.go -package=clockmock

import "time"

// Clock tells the time and wakes.
type Clock interface {
	// Now returns the present instant.
	Now() time.Time
	// NewTimer returns a timer that fires once, d from now; at once when d is
	// not positive. The caller stops it when it is no longer wanted.
	NewTimer(d time.Duration) Timer
}

// Timer fires once.
type Timer interface {
	// C returns the channel on which the instant of firing is sent. It holds one
	// instant, so that a timer never waits for its reader, and is never closed.
	C() <-chan time.Time
	// Stop keeps the timer from firing and reports whether it did: false means
	// that it fired or was stopped before.
	Stop() bool
}
