// Package incident follows a failure from the alert that opens it to the review that
// closes it: through up to three levels of escalation, whose steps are done or passed
// over with a reason before the next level is called.
package incident

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// ID identifies an incident.
type ID = domain.ID[Incident]

// ParseID returns the ID that text spells; Invalid when it spells none.
func ParseID(text string) (ID, error) { return domain.ParseID[Incident](text) }

// Status is how far an incident is.
type Status string

// The statuses.
const (
	// Investigating incidents are worked on.
	Investigating Status = "investigating"
	// Resolved incidents are over and not yet reviewed.
	Resolved Status = "resolved"
	// Closed incidents are reviewed.
	Closed Status = "closed"
)

// Incident is a failure that people look after.
type Incident struct {
	ID ID
	// Service failed; Rule and Alert say by what that was noticed.
	Service, Rule, Alert string
	Title, Severity      string
	Status               Status
	// Level is from 1 to 3.
	Level int
	// Affected are the services that fail because of this one.
	Affected []string
	Steps    []Step
	Timeline []Entry
	// Review is drafted when the incident is resolved.
	Review Review
	// OpenedAt is when the rule was first broken.
	OpenedAt, ResolvedAt, ClosedAt time.Time
	// Revision counts the changes, from 1.
	Revision int
}

// StepState is how far a step is.
type StepState string

// The states of steps.
const (
	// Open steps are to be done.
	Open StepState = "open"
	// Done steps have a result.
	Done StepState = "done"
	// Skipped steps have a reason.
	Skipped StepState = "skipped"
)

// Step is one line of the checklist of a level.
type Step struct {
	// Level and Number, both from 1, identify the step.
	Level, Number int
	Title         string
	// Check is what a machine can find out for the step; empty is nothing.
	Check Check
	State StepState
	// Result is what was found, or why the step was passed over.
	Result string
	Author string
	At     time.Time
}

// Entry is a line of the timeline.
type Entry struct {
	At     time.Time
	Author string
	Text   string
}

// Review is what is learnt of an incident.
type Review struct {
	Impact, RootCause, Resolution, Prevention string
}

// Opening is what an incident begins with.
type Opening struct {
	ID                                    ID
	Service, Rule, Alert, Severity, Title string
	// Error says what was found.
	Error    string
	Affected []string
	Since    time.Time
}

// System is the author of what the machine does.
const System = "docsteward"

// OpenIncident returns an incident of the first level, revision 1.
func OpenIncident(o Opening, now time.Time) Incident {
	i := Incident{
		ID: o.ID, Service: o.Service, Rule: o.Rule, Alert: o.Alert, Severity: o.Severity, Title: o.Title, Status: Investigating,
		Level: ServiceOwner, Affected: slices.Clone(o.Affected), Steps: checklist(ServiceOwner), OpenedAt: o.Since, Revision: 1,
	}
	i.Timeline = append(i.Timeline, Entry{o.Since, System, strings.TrimSuffix("The rule "+o.Rule+" was broken: "+o.Error, ": ")})
	i.Timeline = append(i.Timeline, Entry{now, System, "The incident was opened and the " + Team(i.Level) + " called."})
	return i
}

// changed counts a change and, with a text, notes it.
func (i *Incident) changed(now time.Time, author, text string) {
	i.Revision++
	if text != "" {
		i.Timeline = append(i.Timeline, Entry{now, author, text})
	}
}

// step finds a step; NotFound when the level that the incident has reached has none
// of that number.
func (i *Incident) step(level, number int) (*Step, error) {
	at := slices.IndexFunc(i.Steps, func(s Step) bool { return s.Level == level && s.Number == number })
	if at < 0 {
		return nil, domain.NotFound.New(fmt.Sprintf("The incident is at level %d and has no step %d of level %d.", i.Level, number, level))
	}
	return &i.Steps[at], nil
}

// Do records what a step found. It fails with NotFound for a step that there is not,
// and with Conflict when the incident is closed. A step may be done again.
func (i *Incident) Do(level, number int, result, author string, now time.Time) error {
	return i.record(level, number, Done, result, author, now)
}

// Tried notes what a machine that could not carry out an open step met with; the step
// stays open. It fails as Do does.
func (i *Incident) Tried(level, number int, result string, now time.Time) error {
	return i.record(level, number, Open, result, System, now)
}

// Skip passes over a step. It fails as Do does, and with Invalid without a reason.
func (i *Incident) Skip(level, number int, reason, author string, now time.Time) error {
	if strings.TrimSpace(reason) == "" {
		return domain.Invalid.New("A step is passed over with a reason only.").WithField("reason", "required", "must not be blank")
	}
	return i.record(level, number, Skipped, reason, author, now)
}

func (i *Incident) record(level, number int, state StepState, result, author string, now time.Time) error {
	if i.Status == Closed {
		return closed()
	}
	s, err := i.step(level, number)
	if err != nil {
		return err
	}
	if state == Open && s.State != Open {
		return nil // somebody did it meanwhile
	}
	s.State, s.Result, s.Author, s.At = state, result, author, now
	did := string(state)
	if state == Open {
		did = "tried in vain"
	}
	i.changed(now, author, fmt.Sprintf("Level %d, step %d was %s: %s", level, number, did, s.Title))
	return nil
}

func closed() error {
	return domain.Conflict.New("The incident is closed; open another one for what is new.")
}

// OpenSteps returns the steps of the present level that are neither done nor passed
// over.
func (i *Incident) OpenSteps() []Step {
	var open []Step
	for _, s := range i.Steps {
		if s.Level == i.Level && s.State == Open {
			open = append(open, s)
		}
	}
	return open
}

// Escalate calls the next level. It fails with Rejected while steps of this level are
// open, and names them; with Conflict at the last level, and when the incident is over.
func (i *Incident) Escalate(reason, author string, now time.Time) error {
	switch {
	case i.Status != Investigating:
		return domain.Conflict.New("The incident is " + string(i.Status) + " and is not escalated any more.")
	case i.Level == DevelopmentTeam:
		return domain.Conflict.New("The incident is at the last level already.")
	}
	if open := i.OpenSteps(); len(open) > 0 {
		titles := make([]string, len(open))
		for n, s := range open {
			titles[n] = fmt.Sprintf("%d (%s)", s.Number, s.Title)
		}
		return domain.Rejected.New(fmt.Sprintf("Do the open steps of level %d first, or pass over each with a reason: %s.", i.Level, strings.Join(titles, ", "))).
			WithDetail("open_steps", titles)
	}
	i.Level++
	i.Steps = append(i.Steps, checklist(i.Level)...)
	i.changed(now, author, strings.TrimSuffix("The "+Team(i.Level)+" was called: "+reason, ": "))
	return nil
}

// Note adds a line to the timeline. It fails with Invalid without a text, and with
// Conflict when the incident is closed.
func (i *Incident) Note(text, author string, now time.Time) error {
	switch {
	case strings.TrimSpace(text) == "":
		return domain.Invalid.New("An update needs a text.").WithField("text", "required", "must not be blank")
	case i.Status == Closed:
		return closed()
	}
	i.changed(now, author, text)
	return nil
}

// Resolve ends an incident and drafts its review. It fails with Conflict when it was
// over already.
func (i *Incident) Resolve(text, author string, now time.Time) error {
	if i.Status != Investigating {
		return domain.Conflict.New("The incident is " + string(i.Status) + " already.")
	}
	i.Status, i.ResolvedAt = Resolved, now
	i.changed(now, author, text)
	i.Review = i.draft(text)
	return nil
}

// draft says what is known of itself; people say the rest.
func (i *Incident) draft(how string) Review {
	r := Review{Resolution: how, Impact: fmt.Sprintf("%s failed for %s.", i.Service, i.ResolvedAt.Sub(i.OpenedAt).Round(time.Second))}
	if len(i.Affected) > 0 {
		r.Impact += " With it failed " + strings.Join(i.Affected, ", ") + "."
	}
	for _, s := range i.Steps {
		if s.Check == CheckHealth && s.State == Done {
			r.RootCause = s.Result
		}
	}
	return r
}

// Close ends the review with what people say; what is empty stays as it was drafted.
// It fails with Conflict unless the incident is resolved, and with Rejected without a
// root cause or a prevention.
func (i *Incident) Close(r Review, author string, now time.Time) error {
	if i.Status != Resolved {
		return domain.Conflict.New("The incident is " + string(i.Status) + "; only a resolved one is closed.")
	}
	for into, said := range map[*string]string{
		&r.Impact: i.Review.Impact, &r.RootCause: i.Review.RootCause, &r.Resolution: i.Review.Resolution, &r.Prevention: i.Review.Prevention,
	} {
		if strings.TrimSpace(*into) == "" {
			*into = said
		}
	}
	if r.RootCause == "" || r.Prevention == "" {
		return domain.Rejected.New("A review says what the root cause was, and how it is kept from coming again; send root_cause and prevention.")
	}
	i.Review, i.Status, i.ClosedAt = r, Closed, now
	i.changed(now, author, "The incident was reviewed and closed.")
	return nil
}
