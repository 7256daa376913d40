package relay

import (
	"testing"
	"time"
)

func TestDelay(t *testing.T) {
	cfg := Config{}.withDefaults()
	for _, c := range []struct {
		failures int
		random   float64
		want     time.Duration
	}{
		{1, 0, 500 * time.Millisecond},
		{1, 0.5, 750 * time.Millisecond},
		{2, 0, time.Second},
		{5, 0, 8 * time.Second},
		{9, 0, 128 * time.Second},
		{10, 0, 150 * time.Second},
		{1000, 0, 150 * time.Second},
	} {
		if got := cfg.delay(c.failures, c.random); got != c.want {
			t.Errorf("delay(%d, %v) = %v, want %v", c.failures, c.random, got, c.want)
		}
	}
	if got := cfg.delay(10, 0.999); got > 300*time.Second {
		t.Errorf("delay = %v, over the cap", got)
	}
}
