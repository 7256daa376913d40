package clocktest_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/ports/clock/clocktest"
)

func ExampleManual() {
	clock := clocktest.New()
	timer := clock.NewTimer(time.Minute)
	clock.Advance(time.Hour)
	fmt.Println((<-timer.C()).Format(time.TimeOnly), clock.Now().Format(time.TimeOnly))
	// Output: 12:01:00 13:00:00
}

func TestStoppedTimerDoesNotFire(t *testing.T) {
	clock := clocktest.New()
	timer := clock.NewTimer(time.Second)
	if !timer.Stop() || timer.Stop() {
		t.Error("Stop must be true once")
	}
	clock.Advance(time.Minute)
	select {
	case at := <-timer.C():
		t.Errorf("a stopped timer fired at %v", at)
	default:
	}
}

func TestAwaitTimers(t *testing.T) {
	clock := clocktest.New()
	done := make(chan time.Time)
	go func() { done <- <-clock.NewTimer(time.Second).C() }()
	clock.AwaitTimers(1)
	clock.Advance(time.Second)
	if at := <-done; !at.Equal(clocktest.Start.Add(time.Second)) {
		t.Errorf("fired at %v", at)
	}
}
