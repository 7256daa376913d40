// Package deadletter is the concept of events and deliveries that were given up:
// how often each may be tried again, and what the causes have in common.
package deadletter

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Bounds of the tries of one letter.
const (
	// DefaultLimit is how often a letter may be tried again when nobody says.
	DefaultLimit = 3
	// MaxLimit is the greatest number that may be asked for.
	MaxLimit = 10
)

// Letter is something that could not be delivered and waits for a decision.
type Letter struct {
	// ID is unique among all letters: the name of the place where it lies, a colon,
	// and its id there.
	ID string
	// Event and Type are the id and the name of the event.
	Event, Type string
	// Service is the id of the service that has it.
	Service string
	// Correlation joins it to the request that caused it; it may be empty.
	Correlation string
	// Data is the published body of the event: JSON, or empty.
	Data []byte
	// Cause is the text of the last failure.
	Cause string
	// Details are what else is known, by name.
	Details map[string]string
	// HappenedAt is when the event happened, DiedAt when it was given up, in UTC.
	HappenedAt, DiedAt time.Time
	// Retries counts how often it was tried again after it was given up, and Limit is
	// how often it may be.
	Retries, Limit int
}

// NewID returns the id of the letter that has an id of its own in a place.
func NewID(place, local string) string { return place + ":" + local }

// SplitID returns the place and the id there of a letter. It reports false for a text
// that is no such id.
func SplitID(id string) (place, local string, ok bool) {
	place, local, ok = strings.Cut(id, ":")
	return place, local, ok && place != "" && local != ""
}

// CanRetry reports whether the letter may be tried again.
func (l Letter) CanRetry() bool { return l.Retries < l.Limit }

// Counted returns the letter after one more try under the limit. It reports false,
// and changes nothing, when the limit is used up.
func (l Letter) Counted(limit int) (Letter, bool) {
	if l.Retries >= limit {
		return l, false
	}
	l.Retries, l.Limit = l.Retries+1, limit
	return l, true
}

// Age is how long ago the letter was given up.
func (l Letter) Age(now time.Time) time.Duration { return max(now.Sub(l.DiedAt), 0) }

// Filter chooses letters; what is empty chooses all.
type Filter struct {
	// Type, Service and Correlation are equal.
	Type, Service, Correlation string
	// Since is the first instant of death.
	Since time.Time
}

// Matches reports whether the filter chooses the letter.
func (f Filter) Matches(l Letter) bool {
	is := func(wanted, given string) bool { return wanted == "" || wanted == given }
	return is(f.Type, l.Type) && is(f.Service, l.Service) && is(f.Correlation, l.Correlation) && !l.DiedAt.Before(f.Since)
}

// Latest sorts letters in place, the last given up first, ties by id.
func Latest(letters []Letter) {
	slices.SortFunc(letters, func(a, b Letter) int {
		return cmp.Or(b.DiedAt.Compare(a.DiedAt), strings.Compare(a.ID, b.ID))
	})
}

// Earliest sorts letters in place in the order in which they are to be tried again:
// by when their events happened, so that what happened to one thing keeps its order.
func Earliest(letters []Letter) {
	slices.SortFunc(letters, func(a, b Letter) int {
		return cmp.Or(a.HappenedAt.Compare(b.HappenedAt), a.DiedAt.Compare(b.DiedAt), strings.Compare(a.ID, b.ID))
	})
}
