package usecase_test

import (
	"testing"
	"time"

	"github.com/docsteward/docsteward/ports/usecase"
)

func TestWhatIsAbsentIsZeroAndTheOtherWayRound(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	if got := usecase.TimeOrNil(at); got == nil || usecase.Given(got) != at {
		t.Errorf("got %v", got)
	}
	if usecase.TimeOrNil(time.Time{}.In(time.FixedZone("x", 3600))) != nil || usecase.Given[string](nil) != "" {
		t.Error("what is absent has a value")
	}
}
