package freshness

import "time"

// Age is how many documents were last changed so long ago.
type Age struct {
	// Name says how long, as "under a month".
	Name string
	// Documents counts them.
	Documents int
}

// ages are the bounds of the ages in days, each exclusive. Never written.
var ages = [...]struct {
	name string
	days int
}{
	{"under a month", 30}, {"under 3 months", 91}, {"under a year", 365}, {"under 2 years", 730},
}

// Ages counts documents by the time since their last change, the youngest first;
// the last counts those whose change is not known (the zero time).
func Ages(changed []time.Time, now time.Time) []Age {
	counted := make([]Age, len(ages)+2)
	for i, a := range ages {
		counted[i].Name = a.name
	}
	counted[len(ages)].Name, counted[len(ages)+1].Name = "2 years and more", "unknown"
	for _, at := range changed {
		counted[bucket(at, now)].Documents++
	}
	return counted
}

func bucket(at, now time.Time) int {
	if at.IsZero() {
		return len(ages) + 1
	}
	for i, a := range ages {
		if now.Sub(at) < time.Duration(a.days)*24*time.Hour {
			return i
		}
	}
	return len(ages)
}
