package cron_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/cron"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestSuite(t *testing.T) { porttest.Calendar(t, cron.Calendar{}) }

func FuzzNext(f *testing.F) {
	for _, rule := range []string{"* * * * *", "0 9 * * MON", "@daily", "TZ=UTC 1 * * * *", "*/0 * * * *", "99 * * * *", "1-0 * * * *", "\x00"} {
		f.Add(rule, "Europe/Vienna")
	}
	after := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, rule, zone string) {
		next, err := cron.Calendar{}.Next(rule, zone, after)
		if err == nil && !next.IsZero() && !next.After(after) {
			t.Errorf("%q came true at %v", rule, next)
		}
	})
}

func ExampleCalendar_Next() {
	next, err := cron.Calendar{}.Next("0 9 * * MON", "Europe/Vienna", time.Date(2026, 3, 25, 0, 0, 0, 0, time.UTC))
	fmt.Println(next, err)
	// Output: 2026-03-30 07:00:00 +0000 UTC <nil>
}
