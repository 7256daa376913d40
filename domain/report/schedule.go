package report

import (
	"slices"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// ScheduleID identifies a schedule.
type ScheduleID = domain.ID[Schedule]

// ParseScheduleID returns the ScheduleID that text spells; Invalid when it spells none.
func ParseScheduleID(text string) (ScheduleID, error) { return domain.ParseID[Schedule](text) }

// CatchUp says what becomes of occurrences that nobody was there for.
type CatchUp string

// The ways to catch up.
const (
	// Once makes one report for all that were missed.
	Once CatchUp = "once"
	// Skip waits for the next occurrence.
	Skip CatchUp = "skip"
)

// Grace is how late a run may begin and still count as on time.
const Grace = 5 * time.Minute

// Lease is how long a run may take. After that it counts as interrupted and is begun
// again, by whichever process looks first.
const Lease = 15 * time.Minute

// mostMissed bounds how many missed occurrences are counted in one gap.
const mostMissed = 10_000

// Order says what report is wanted.
type Order struct {
	Kind     Kind
	Format   Format
	Template string
	// Parameters are as JSON; Charts says whether charts are drawn.
	Parameters string
	Charts     bool
	// Days is how many days before the occurrence the report tells of.
	Days int
}

// Schedule is an order that is carried out again and again.
type Schedule struct {
	ID    ScheduleID
	Name  string
	Order Order
	// Cron is the rule of the occurrences and Zone the place whose clock it goes by.
	Cron, Zone string
	CatchUp    CatchUp
	Enabled    bool
	// Owner is with whose permissions it runs.
	Owner    string
	Delivery Destination
	// NextRun is the next occurrence; zero when there is none.
	NextRun time.Time
	// Occurrence is the instant that the run under way is for, and LeasedUntil when it
	// counts as interrupted; zero without one.
	Occurrence, LeasedUntil time.Time
	LastRun                 time.Time
	LastReport              string
	LastError               string
	// Runs counts runs that ended, Failures those that failed, Missed the occurrences
	// that passed more than Grace before anybody looked.
	Runs, Failures, Missed int
	CreatedAt, UpdatedAt   time.Time
	// Revision counts the changes, from 1.
	Revision int
}

// Calendar returns the next occurrence after an instant; zero when there is none.
type Calendar func(after time.Time) time.Time

// Plan sets the next occurrence anew, after the rule or the state changed.
func (s *Schedule) Plan(now time.Time, next Calendar) {
	s.NextRun, s.UpdatedAt = time.Time{}, now
	if s.Enabled {
		s.NextRun = next(now)
	}
}

// Due reports whether something is to be done at now: an occurrence came, or a run was
// interrupted.
func (s *Schedule) Due(now time.Time) bool {
	if !s.LeasedUntil.IsZero() {
		return !s.LeasedUntil.After(now)
	}
	return s.Enabled && !s.NextRun.IsZero() && !s.NextRun.After(now)
}

// Begin claims what is due at now and returns the instant that the run is for, and how
// many occurrences were missed; a zero instant when there is nothing to run. Whoever
// saves the claim first has it.
func (s *Schedule) Begin(now time.Time, next Calendar) (occurrence time.Time, missed int) {
	if !s.Due(now) {
		return time.Time{}, 0
	}
	s.Revision++
	if !s.LeasedUntil.IsZero() { // interrupted: the same occurrence again
		s.LeasedUntil = now.Add(Lease)
		return s.Occurrence, 0
	}
	latest := s.NextRun
	for at := s.NextRun; !at.IsZero() && !at.After(now) && missed < mostMissed; at = next(at) {
		latest = at
		if now.Sub(at) > Grace {
			missed++
		}
	}
	s.NextRun = next(now)
	s.Missed += missed
	if now.Sub(latest) > Grace && s.CatchUp == Skip {
		return time.Time{}, missed
	}
	s.Occurrence, s.LeasedUntil = latest, now.Add(Lease)
	return latest, missed
}

// BeginNow claims a run that somebody asked for. It fails with Conflict while another
// is under way.
func (s *Schedule) BeginNow(now time.Time) error {
	if s.LeasedUntil.After(now) {
		return domain.Conflict.New("The schedule is running; wait for it to end.")
	}
	s.Occurrence, s.LeasedUntil = now, now.Add(Lease)
	s.Revision++
	return nil
}

// End ends the run under way with the report that came of it and, when it failed, why.
func (s *Schedule) End(now time.Time, reportID, cause string) {
	s.Occurrence, s.LeasedUntil = time.Time{}, time.Time{}
	s.LastRun, s.LastReport, s.LastError = now, reportID, cause
	s.Runs++
	if cause != "" {
		s.Failures++
	}
	s.Revision++
}

// ParseCatchUp returns the way that text names; Once when it is empty. It fails with
// Invalid.
func ParseCatchUp(text string) (CatchUp, error) {
	if text == "" {
		return Once, nil
	}
	if way := CatchUp(text); slices.Contains([]CatchUp{Once, Skip}, way) {
		return way, nil
	}
	return "", domain.Invalid.New("Missed runs are caught up once, or skipped.").WithField("catch_up", "enum", "must be once or skip")
}
