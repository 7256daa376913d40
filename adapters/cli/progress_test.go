package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/ports/clock/clocktest"
)

func TestProgressIsDrawnOnlyForLongWorkAndClearedBehindIt(t *testing.T) {
	var screen strings.Builder
	clock := clocktest.New()
	bar := &Progress{terminal: &screen, clock: clock}
	bar.Step(1, 4)
	clock.Advance(progressAfter - 1)
	bar.Step(2, 4)
	if bar.Clear(); screen.Len() > 0 {
		t.Errorf("short work draws %q", screen.String())
	}
	bar.Step(1, 4)
	clock.Advance(time.Second)
	bar.Step(2, 4)
	bar.Step(3, 4) // too soon to be drawn anew
	bar.Clear()
	if got := screen.String(); strings.Count(got, "\r[") != 1 || !strings.Contains(got, "###############...............] 2 of 4") || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("long work draws %q", got)
	}
}

func TestProgressDrawsNothingElsewhereThanOnATerminal(t *testing.T) {
	var file strings.Builder
	clock := clocktest.New()
	bar := NewProgress(&file, clock)
	bar.Step(1, 2)
	clock.Advance(time.Minute)
	bar.Step(2, 2)
	if bar.Clear(); file.Len() > 0 {
		t.Errorf("got %q", file.String())
	}
}
