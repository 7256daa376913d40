package clock_test

import (
	"context"
	"testing"
	"time"

	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
)

func TestWaitEndsWithTimeOrContext(t *testing.T) {
	c := clocktest.New()
	ctx, cancel := context.WithCancel(context.Background())
	waited := make(chan bool)
	go func() { waited <- clock.Wait(ctx, c, time.Minute) }()
	c.AwaitTimers(1)
	c.Advance(time.Minute)
	if !<-waited {
		t.Error("the time had passed")
	}
	go func() { waited <- clock.Wait(ctx, c, time.Minute) }()
	c.AwaitTimers(1)
	cancel()
	if <-waited {
		t.Error("the context had ended")
	}
}
