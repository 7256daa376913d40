package report

import (
	"time"

	"github.com/docsteward/docsteward/domain"
)

// DefaultPeriod is how far back a report looks when nobody says.
const DefaultPeriod = 7 * 24 * time.Hour

// MaxPeriod is the longest stretch that a report tells of: ten years.
const MaxPeriod = 3653 * 24 * time.Hour

// Period is the stretch of time that a report tells of: from From until before To,
// both in UTC.
type Period struct{ From, To time.Time }

// NewPeriod returns the period between two instants or days; text is RFC 3339, or a
// day such as 2006-01-02, which as an end counts whole. An empty end is now, an empty
// start the DefaultPeriod before the end. It fails with Invalid when one is no instant,
// when the end is not after the start, and beyond MaxPeriod.
func NewPeriod(start, end string, now time.Time) (Period, error) {
	p := Period{To: now.UTC()}
	if end != "" {
		to, day, err := instant(end)
		if err != nil {
			return Period{}, err
		}
		if day {
			to = to.AddDate(0, 0, 1)
		}
		p.To = to
	}
	p.From = p.To.Add(-DefaultPeriod)
	if start != "" {
		from, _, err := instant(start)
		if err != nil {
			return Period{}, err
		}
		p.From = from
	}
	return p, p.check()
}

// Last returns the period of the given length that ends at now.
func Last(length time.Duration, now time.Time) Period {
	return Period{From: now.UTC().Add(-length), To: now.UTC()}
}

func (p Period) check() error {
	if !p.To.After(p.From) {
		return refusePeriod("The period ends before it begins.", "must end after it begins")
	}
	if p.To.Sub(p.From) > MaxPeriod {
		return refusePeriod("The period is longer than ten years.", "must be at most ten years long")
	}
	return nil
}

// Holds reports whether the instant lies in the period.
func (p Period) Holds(t time.Time) bool { return !t.Before(p.From) && t.Before(p.To) }

// Overlap is how long of the stretch from one instant to another lies in the period; a
// zero end has not come yet.
func (p Period) Overlap(from, to time.Time) time.Duration {
	if to.IsZero() || to.After(p.To) {
		to = p.To
	}
	if from.Before(p.From) {
		from = p.From
	}
	return max(to.Sub(from), 0)
}

// Length is how long the period is.
func (p Period) Length() time.Duration { return p.To.Sub(p.From) }

func instant(text string) (at time.Time, day bool, err error) {
	if at, err = time.Parse(time.RFC3339, text); err == nil {
		return at.UTC(), false, nil
	}
	if at, err = time.Parse(time.DateOnly, text); err == nil {
		return at, true, nil
	}
	return time.Time{}, false, refusePeriod(quoted(text)+" is no instant.", "must be such as 2006-01-02 or 2006-01-02T15:04:05Z")
}

func refusePeriod(message, rule string) error {
	return domain.Invalid.New(message+" Give date_range a start and an end such as 2006-01-02 or 2006-01-02T15:04:05Z.").
		WithField("date_range", "format", rule)
}
