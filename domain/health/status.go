// Package health judges how services are: from what they answer, from what they
// depend on, and from rules over what was measured. It names the root cause where
// many fail at once, and says nothing twice.
package health

import (
	"slices"
	"strings"
)

// Status is how a service is.
type Status string

// The statuses.
const (
	// Healthy services work.
	Healthy Status = "healthy"
	// Degraded services work, with something wrong.
	Degraded Status = "degraded"
	// Unhealthy services do not work.
	Unhealthy Status = "unhealthy"
	// Maintenance is a planned absence, which counts against nobody.
	Maintenance Status = "maintenance"
	// Unknown is the status of what was not asked.
	Unknown Status = "unknown"
)

// ParseStatus returns the status that a text names, in any case; Unknown for any
// other text.
func ParseStatus(text string) Status {
	s := Status(strings.ToLower(strings.TrimSpace(text)))
	if slices.Contains([]Status{Healthy, Degraded, Unhealthy, Maintenance}, s) {
		return s
	}
	return Unknown
}

// Operational reports whether a service of this status serves its callers.
func (s Status) Operational() bool { return s == Healthy || s == Degraded }

// Overall is the status of the whole: healthy when all are, else unhealthy when any
// is, else degraded when any is, else unknown. What is in maintenance is left out;
// nothing at all is healthy.
func Overall(statuses ...Status) Status {
	all := true
	worst := Unknown
	for _, s := range statuses {
		switch s {
		case Maintenance, Healthy:
			continue
		case Unhealthy:
			return Unhealthy
		case Degraded:
			worst = Degraded
		}
		all = false
	}
	if all {
		return Healthy
	}
	return worst
}
