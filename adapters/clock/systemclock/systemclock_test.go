package systemclock_test

import (
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
)

func TestTimer(t *testing.T) {
	var clock systemclock.Clock
	before := clock.Now()
	if fired := <-clock.NewTimer(time.Millisecond).C(); fired.Before(before) {
		t.Errorf("the timer fired at %v, before it was made at %v", fired, before)
	}
	timer := clock.NewTimer(time.Hour)
	if !timer.Stop() {
		t.Error("Stop of a waiting timer = false, want true")
	}
	if timer.Stop() {
		t.Error("second Stop = true, want false")
	}
}
