// Package lifecycle is the concept of the phases that a document goes through,
// from active to deleted, and of the policies that move it on.
package lifecycle

import (
	"slices"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

// EventTransition is the name of the event of a change of phase.
const EventTransition = "lifecycle.transition"

// Phase is where a document stands in its life.
type Phase string

// The phases.
const (
	Active          Phase = "active"
	Published       Phase = "published"
	ArchivalPending Phase = "archival_pending"
	Archived        Phase = "archived"
	Retention       Phase = "retention"
	DeletionPending Phase = "deletion_pending"
	Deleted         Phase = "deleted"
)

// allowed lists where each phase may lead. Never written.
var allowed = map[Phase][]Phase{
	Active:          {Published, ArchivalPending, Archived, Retention},
	Published:       {Active, ArchivalPending, Archived, Retention},
	ArchivalPending: {Archived, Active},
	Archived:        {DeletionPending, Active},
	Retention:       {DeletionPending, Active},
	DeletionPending: {Deleted, Archived},
	Deleted:         {},
}

// May reports whether a document may go from one phase to another.
func (p Phase) May(to Phase) bool { return slices.Contains(allowed[p], to) }

// DefaultRetentionDays is how long a document is kept before it is archived, and
// how long an archived one is kept before it is deleted, unless a policy says.
const DefaultRetentionDays = 365

// Record is where one document stands.
type Record struct {
	// Document is the document.
	Document document.ID
	// Phase is where it stands.
	Phase Phase
	// RetentionDays is how long a policy keeps it before archival; 0 where none says.
	RetentionDays int
	// ArchivalDate and DeletionDate are when it is to be archived and deleted, in
	// UTC; zero is never.
	ArchivalDate, DeletionDate time.Time
	// ReviewedAt is when a policy or a person last looked at it; zero is never.
	ReviewedAt time.Time
	// Applied are the ids of the policies that were applied last, first the one
	// that weighs most.
	Applied []string
}

// New returns the record of a document that nothing was decided about.
func New(id document.ID) Record { return Record{Document: id, Phase: Active} }

// Change is one row of the audit: it stays when the document is gone.
type Change struct {
	// ID identifies the row.
	ID string
	// Document is the document that changed its phase.
	Document document.ID
	// From and To are the phases before and after.
	From, To Phase
	// Reason says why, By who: a user, or "policy" or "schedule".
	Reason, By string
	// At is when, in UTC.
	At time.Time
}

// Transition returns the record in another phase and the row that tells of it.
// It fails with Conflict, details.allowed naming the phases that are, when the
// phase may not lead there, and with Invalid when there is no such phase.
//
// A pending phase is due at once unless its date says later.
func (r Record) Transition(to Phase, reason, by string, now time.Time) (Record, Change, error) {
	if _, known := allowed[to]; !known {
		return r, Change{}, domain.Invalid.New("There is no such phase.").WithField("new_phase", "enum", "must be a phase of the life cycle")
	}
	if !r.Phase.May(to) {
		return r, Change{}, domain.Conflict.New("A document that is "+string(r.Phase)+" cannot become "+string(to)+".").
			WithDetail("allowed", allowed[r.Phase])
	}
	now = now.UTC()
	change := Change{Document: r.Document, From: r.Phase, To: to, Reason: reason, By: by, At: now}
	r.Phase, r.ReviewedAt = to, now
	switch to {
	case Active, Published:
		r.ArchivalDate, r.DeletionDate, r.RetentionDays = time.Time{}, time.Time{}, 0
	case ArchivalPending:
		if r.ArchivalDate.IsZero() {
			r.ArchivalDate = now
		}
	case Archived, Retention:
		if !r.DeletionDate.After(now) {
			r.DeletionDate = now.AddDate(0, 0, DefaultRetentionDays)
		}
	case DeletionPending:
		if r.DeletionDate.IsZero() || by != bySchedule && by != byPolicy {
			r.DeletionDate = now
		}
	}
	return r, change, nil
}

// Who made a change that no person made.
const (
	byPolicy   = "policy"
	bySchedule = "schedule"
)

// Advance returns the record after every change that its dates make due, with
// the rows that tell of them, oldest first; none when nothing is due.
func (r Record) Advance(now time.Time) (Record, []Change) {
	var changes []Change
	for {
		next, due := r.due(now)
		if !due {
			return r, changes
		}
		to, change, err := r.Transition(next, "The date has come.", bySchedule, now)
		if err != nil {
			return r, changes
		}
		r = to
		changes = append(changes, change)
	}
}

func (r Record) due(now time.Time) (Phase, bool) {
	passed := func(date time.Time) bool { return !date.IsZero() && !date.After(now) }
	switch r.Phase {
	case Active, Published, ArchivalPending:
		return Archived, passed(r.ArchivalDate)
	case Archived, Retention:
		return DeletionPending, passed(r.DeletionDate)
	case DeletionPending:
		return Deleted, passed(r.DeletionDate)
	}
	return "", false
}

// Compliance says whether the document is where its dates want it: unmanaged
// when no policy was applied, overdue when a date has passed, or compliant.
func (r Record) Compliance(now time.Time) string {
	if _, due := r.due(now); due {
		return "overdue"
	}
	if len(r.Applied) == 0 {
		return "unmanaged"
	}
	return "compliant"
}
