// Package reportmem keeps reports, their schedules and their deliveries in memory, for
// tests and for programs that keep nothing.
package reportmem

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/ports/reporting"
)

var (
	_ reporting.Reports    = (*Reports)(nil)
	_ reporting.Schedules  = (*Schedules)(nil)
	_ reporting.Deliveries = (*Deliveries)(nil)
)

// byTime sorts rows by an instant and then by their ids.
func byTime[T any](rows []T, at func(T) time.Time, id func(T) string, latestFirst bool) {
	slices.SortFunc(rows, func(a, b T) int {
		order := at(a).Compare(at(b))
		if latestFirst {
			order = -order
		}
		return cmp.Or(order, strings.Compare(id(a), id(b)))
	})
}
