package clock

import (
	"context"
	"time"
)

// Wait waits until d has passed by the clock. It reports false when ctx ended first.
func Wait(ctx context.Context, c Clock, d time.Duration) bool {
	timer := c.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C():
		return true
	case <-ctx.Done():
		return false
	}
}
