package porttest

import (
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/reporting"
)

// Calendar proves the promises of reporting.Calendar.
func Calendar(t *testing.T, c reporting.Calendar) {
	for _, rule := range []struct{ cron, zone, after, want string }{
		{"30 6 * * *", "UTC", "2026-01-05T06:29:59Z", "2026-01-05T06:30:00Z"},
		{"30 6 * * *", "UTC", "2026-01-05T06:30:00Z", "2026-01-06T06:30:00Z"},
		{"0 9 * * 1", "Europe/Vienna", "2026-03-23T08:00:00Z", "2026-03-30T07:00:00Z"},
		{"0 9 * * *", "America/New_York", "2026-03-08T12:00:00Z", "2026-03-08T13:00:00Z"},
		{"@monthly", "Asia/Tokyo", "2026-01-05T00:00:00Z", "2026-01-31T15:00:00Z"},
		{"0 0 29 2 *", "UTC", "2026-01-05T00:00:00Z", "2028-02-29T00:00:00Z"},
		{"30 2 29 3 *", "Europe/Vienna", "2026-03-01T00:00:00Z", "2027-03-29T00:30:00Z"}, // the clocks leap over it in 2026
	} {
		after, err := time.Parse(time.RFC3339, rule.after)
		must(t, err)
		next, err := c.Next(rule.cron, rule.zone, after)
		must(t, err)
		if got := next.Format(time.RFC3339); got != rule.want {
			t.Errorf("%s in %s after %s: got %s, want %s", rule.cron, rule.zone, rule.after, got, rule.want)
		}
	}
	if next, err := c.Next("0 0 31 2 *", "UTC", noon); err != nil || !next.IsZero() {
		t.Errorf("the 31st of February: %v, %v", next, err)
	}
	for _, rule := range [][3]string{
		{"", "UTC", "cron"}, {"* * * *", "UTC", "cron"}, {"61 * * * *", "UTC", "cron"}, {"never", "UTC", "cron"},
		{"* * * * * *", "UTC", "cron"}, {"CRON_TZ=Asia/Tokyo 0 9 * * *", "UTC", "cron"}, {"@every 1h", "UTC", "cron"},
		{"* * * * *", "", "timezone"}, {"* * * * *", "Local", "timezone"}, {"* * * * *", "Mars/Base", "timezone"}, {"* * * * *", "../etc/passwd", "timezone"},
	} {
		_, err := c.Next(rule[0], rule[1], noon)
		wantKind(t, rule[0]+" in "+rule[1], err, domain.Invalid)
		if fault := domain.FaultOf(err); len(fault.Fields) != 1 || fault.Fields[0].Field != rule[2] {
			t.Errorf("%v does not name %s", fault, rule[2])
		}
	}
}
