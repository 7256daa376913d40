// Package cron reads rules of time as cron writes them, on the clocks of any place.
package cron

import (
	"strings"
	"time"
	_ "time/tzdata" // places are known on machines that have no database of them

	"github.com/robfig/cron/v3"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/reporting"
)

// Calendar knows when rules come true. Its zero value is ready.
type Calendar struct{}

var _ reporting.Calendar = Calendar{}

// Next implements reporting.Calendar. A rule has five fields (minute, hour, day of the
// month, month, day of the week) or is a word such as @daily. An hour that the clocks
// leap over does not come, and one that they repeat comes once.
func (Calendar) Next(rule, zone string, after time.Time) (time.Time, error) {
	place, err := location(zone)
	if err != nil {
		return time.Time{}, err
	}
	rule = strings.TrimSpace(rule)
	if strings.Contains(rule, "TZ=") {
		return time.Time{}, refuse("cron", "The rule names a time zone; give it in timezone.", nil)
	}
	if strings.HasPrefix(rule, "@every") {
		return time.Time{}, refuse("cron", "@every has no fixed instants; give the minutes or hours, as */15 * * * *.", nil)
	}
	schedule, err := cron.ParseStandard(rule)
	if err != nil {
		return time.Time{}, refuse("cron", "The rule is no cron expression: "+err.Error()+".", err)
	}
	next := schedule.Next(after.In(place))
	if next.IsZero() {
		return next, nil
	}
	return next.UTC(), nil
}

func location(zone string) (*time.Location, error) {
	if zone == "" || zone == "Local" {
		return nil, refuse("timezone", "The schedule needs a time zone such as UTC or Europe/Vienna.", nil)
	}
	place, err := time.LoadLocation(zone)
	if err != nil {
		return nil, refuse("timezone", "There is no such time zone; give one such as UTC or Europe/Vienna.", err)
	}
	return place, nil
}

func refuse(field, message string, cause error) error {
	fault := domain.Invalid.New(message)
	if cause != nil {
		fault = domain.Invalid.Wrap(cause, message)
	}
	return fault.WithField(field, "format", message)
}
