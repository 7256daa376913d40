// Package check is the concept of documents that are held against code again and
// again: what they claim, how each claim stood from check to check, and which of
// them drifted from the code or healed.
package check

import (
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/claim"
)

// ID identifies a check.
type ID = domain.ID[Check]

// ParseID returns the id that text spells; Invalid when it spells none.
func ParseID(text string) (ID, error) { return domain.ParseID[Check](text) }

// Check is one look at the documents of a project.
type Check struct {
	// ID identifies the check, and Number counts the checks of the project from 1.
	ID      ID
	Project string
	Number  int
	// Root is the absolute path of the project, and Location what was looked at.
	Root, Location string
	// Commit is the one that was checked, where the caller told, and Differing how
	// many files of the project differed from it.
	Commit    string
	Differing int
	// Documents is how many were read, and Facts how many the code had.
	Documents, Facts int
	// Counts are the open claims of the whole project after the check.
	Counts Counts
	// Drifted, Healed, Opened and Closed count the claims to which that happened.
	Drifted, Healed, Opened, Closed int
	// Changes are the claims that drifted or healed, at most MaxChanges, by document.
	Changes []Change
	// Troubles are files that could not be read, at most MaxChanges, by path; Unread
	// counts them all. Their claims stay as they were.
	Troubles []Trouble
	Unread   int
	// User and Correlation are those of the request.
	User, Correlation string
	// StartedAt and FinishedAt are in UTC.
	StartedAt, FinishedAt time.Time
}

// MaxChanges is how many changes, and how many troubles, a check keeps.
const MaxChanges = 1000

// Trouble is what was wrong with one file.
type Trouble struct {
	// Path is that of the file, Kind the kind of fault in words, and Message says what
	// to do.
	Path, Kind, Message string
}

// Counts are numbers of claims by what the code says of them.
type Counts struct {
	// Unknown, Holds, Gone, Renamed and Changed are the states of claim.State.
	Unknown, Holds, Gone, Renamed, Changed int
}

// Add counts a claim.
func (c *Counts) Add(s claim.State) {
	switch s {
	case claim.Holds:
		c.Holds++
	case claim.Gone:
		c.Gone++
	case claim.Renamed:
		c.Renamed++
	case claim.Changed:
		c.Changed++
	default:
		c.Unknown++
	}
}

// Total is how many claims there are.
func (c Counts) Total() int { return c.Unknown + c.Holds + c.Drifted() }

// Drifted is how many claims are wrong.
func (c Counts) Drifted() int { return c.Gone + c.Renamed + c.Changed }

// Finish ends the check with what became of the claims.
func (c *Check) Finish(o Outcome, now time.Time) {
	c.Counts, c.Drifted, c.Healed, c.Opened, c.Closed = o.Counts, o.Drifted, o.Healed, o.Opened, o.Closed
	c.Changes = o.Changes[:min(len(o.Changes), MaxChanges)]
	c.FinishedAt = now
}

// longestName is the greatest length of the name of a project, in characters.
const longestName = 100

// CheckName fails with Invalid unless the name is one that a project can have.
func CheckName(name string) error {
	switch {
	case Text(name) != name, Text(name) == "":
		return nameFault("pattern", "must be text, and not blank")
	case utf8.RuneCountInString(name) > longestName:
		return nameFault("maxLength", "must have at most 100 characters")
	}
	return nil
}

func nameFault(rule, message string) error {
	return domain.Invalid.New("The name of a project "+message+"; give another name.").WithField("project", rule, message)
}
