package check

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
)

// Names of the events of claims.
const (
	// EventDrifted tells of a claim that is wrong and was not when it was last seen,
	// or that is wrong the first time it is seen.
	EventDrifted = "claim.drifted"
	// EventHealed tells of a claim that was wrong and agrees with the code again.
	EventHealed = "claim.healed"
)

// Change is a claim that drifted or healed.
type Change struct {
	// Event is EventDrifted or EventHealed.
	Event    string
	Claim    ClaimID
	Document string
	Line     int
	Kind     code.Kind
	Name     string
	// From is the state before; Unknown for a claim that is New.
	New      bool
	From, To claim.State
	Reason   string
	// Suggestion would be right; Commit took the name away. Both may be empty.
	Suggestion, Commit string
}

// Scope is what a check looked at.
type Scope struct {
	// Folder is a folder or document below the root of the project; empty is all.
	Folder string
	// Unread are paths that could not be read: what lies there is not known to have
	// vanished. An empty one stands for all.
	Unread []string
}

// Covers reports whether a claim that is not seen in the scope has vanished.
func (s Scope) Covers(document string) bool {
	return below(s.Folder, document) && !slices.ContainsFunc(s.Unread, func(path string) bool { return below(path, document) })
}

// below reports whether a path is a folder, or lies below it.
func below(folder, path string) bool {
	rest, ok := strings.CutPrefix(path, folder)
	return ok && (folder == "" || rest == "" || rest[0] == '/')
}

// Outcome is what became of the claims of a project.
type Outcome struct {
	// Written are the claims that are not as they were stored, Turns the changes of
	// how they stand: those of the seen by document and place, then the closed.
	Written []Claim
	Turns   []Turn
	// Changes are the claims that drifted or healed, in the same order.
	Changes []Change
	// Counts are the open claims after the check; the others count changes.
	Counts                          Counts
	Drifted, Healed, Opened, Closed int
}

// Compare lays what a check saw over what was known. Known are the claims of the
// project, closed ones too.
//
// A claim drifts when it becomes Gone, Renamed or Changed from any other state, and
// when it is so at first sight; it heals when it then Holds. One that turns Unknown
// does neither: the code does not say. Claims that the scope covers and that are
// not among the seen are closed; seen again, they count as new.
func Compare(known, seen []Claim, scope Scope, by ID, now time.Time) Outcome {
	o := Outcome{}
	before := make(map[ClaimID]Claim, len(known))
	for _, c := range known {
		before[c.ID] = c
	}
	for _, c := range sorted(seen) {
		old, found := before[c.ID]
		delete(before, c.ID)
		o.look(old, found, c, by, now)
		o.Counts.Add(c.State)
	}
	for _, c := range sorted(known) {
		if _, unseen := before[c.ID]; !unseen || !c.Open() {
			continue
		}
		if !scope.Covers(c.Document) {
			o.Counts.Add(c.State)
			continue
		}
		c.ClosedAt = now
		o.Closed++
		o.Written = append(o.Written, c)
		o.Turns = append(o.Turns, Turn{Claim: c.ID, Check: by, At: now, From: c.State, To: c.State, Closed: true, Reason: "The document does not say it any more."})
	}
	return o
}

func sorted(claims []Claim) []Claim {
	return slices.SortedStableFunc(slices.Values(claims), func(a, b Claim) int {
		return cmp.Or(strings.Compare(a.Document, b.Document), cmp.Compare(a.Start, b.Start))
	})
}

// look notes what became of one claim.
func (o *Outcome) look(old Claim, found bool, c Claim, by ID, now time.Time) {
	fresh := !found || !old.Open()
	c.FirstSeen, c.Since = old.FirstSeen, old.Since
	if !found {
		c.FirstSeen = now
	}
	from := old.State
	if fresh {
		o.Opened++
		from = claim.Unknown
	}
	if turned := fresh || c.State != old.State; turned {
		c.Since = now
		turn := Turn{Claim: c.ID, Check: by, At: now, New: fresh, From: from, To: c.State, Reason: c.Reason, Commit: c.Commit}
		o.Turns = append(o.Turns, turn)
		o.change(turn, c)
	}
	if c != old {
		o.Written = append(o.Written, c)
	}
}

// change notes a turn for the worse, or back.
func (o *Outcome) change(t Turn, c Claim) {
	change := Change{Claim: c.ID, Document: c.Document, Line: c.Line, Kind: c.Kind, Name: c.Name, New: t.New, From: t.From, To: t.To,
		Reason: c.Reason, Suggestion: c.Suggestion, Commit: c.Commit}
	switch {
	case Drifted(t.To) && !Drifted(t.From):
		change.Event = EventDrifted
		o.Drifted++
	case t.To == claim.Holds && Drifted(t.From):
		change.Event = EventHealed
		o.Healed++
	default:
		return
	}
	o.Changes = append(o.Changes, change)
}

// Drifted reports whether a claim of that state is wrong.
func Drifted(s claim.State) bool { return claim.Verdict{State: s}.Drifted() }

// ParseState returns the state of that name; false when there is none.
func ParseState(name string) (claim.State, bool) {
	for s := claim.Unknown; s <= claim.Changed; s++ {
		if s.String() == name {
			return s, true
		}
	}
	return claim.Unknown, false
}
