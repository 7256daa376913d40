package sqlkit

import "time"

// Instant is a point in time as both engines store it: microseconds since 1970
// in UTC, in an integer column, where order of numbers is order in time. Zero is
// the zero time.
type Instant int64

// InstantOf returns t cut to microseconds.
func InstantOf(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.UnixMicro())
}

// Time returns the instant in UTC.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(i)).UTC()
}
