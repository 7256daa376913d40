package claim

import (
	"time"

	"github.com/docsteward/docsteward/domain/code"
)

// State is what the code says of a claim.
type State uint8

// The states.
const (
	// Unknown is a claim that nothing decides: it is not about this project, or not
	// about its present, or too little ties it to the project.
	Unknown State = iota
	// Holds is a claim that agrees with the code.
	Holds
	// Gone is a name that the project does not have, though the page says so.
	Gone
	// Renamed is a name that the project has under another name, the Suggestion.
	Renamed
	// Changed is a value that differs from that of the code.
	Changed
)

// states is never written.
var states = [...]string{Unknown: "unknown", Holds: "holds", Gone: "gone", Renamed: "renamed", Changed: "changed"}

// String returns the name of the state.
func (s State) String() string {
	if int(s) >= len(states) {
		return "unknown"
	}
	return states[s]
}

// Verdict is what the code says of one claim.
type Verdict struct {
	Claim Claim
	State State
	// Fact is the evidence: what holds, or whose value differs; nil without one.
	Fact *code.Fact
	// Suggestion is the name or the value that would be right; may be empty.
	Suggestion string
	// Reason says in plain words why the state is what it is.
	Reason string
	// Confidence is from 0 to 1: how well the state is supported. From Alarm on a
	// missing name is called Gone or Renamed.
	Confidence float64
	// Proven tells that history knows the name, and its Suggestion as the successor.
	Proven bool
	// Agrees tells that the page states a value and the code has the same.
	Agrees bool
	// foreign tells that it is given to a program that is not of this project.
	foreign bool
	// known tells that history knows the name.
	known bool
}

// Drifted reports whether the verdict is that the page is wrong.
func (v Verdict) Drifted() bool { return v.State >= Gone }

// The bounds of the confidence that a name which the code does not have is one that
// the project is meant to have.
const (
	// Alarm is from where on the page is called wrong.
	Alarm = 0.6
	// Strong is from where on there is hardly a doubt.
	Strong = 0.85
)

// Removal is what history tells of a name that is gone.
type Removal struct {
	// Commit took the name away, at Date; both may be empty.
	Commit string
	Date   time.Time
	// Successor is the name in its place; empty when there is none for certain.
	Successor string
}

// History knows names that the project had.
type History interface {
	// Existed tells how a name went that the project had once and has no more; false
	// when it never had it. Names are spelled as code.NormalName does.
	Existed(kind code.Kind, name string) (Removal, bool)
}

// Options says what is known of a project besides the facts of its code. The zero
// Options is good.
type Options struct {
	// History may be nil.
	History History
	// Vocabulary is the words of the code without its documents; may be nil, which
	// makes false alarms likelier where facts are incomplete.
	Vocabulary *Vocabulary
	// Module is the path by which other code imports the project; may be empty.
	Module string
	// Programs are commands of the project that the facts do not show.
	Programs []string
	// Version is that of the documentation that belongs to the code, such as v3.5;
	// pages of another version are not judged. Empty judges every page.
	Version string
}

// Page says where claims come from.
type Page struct {
	// Path is that of the document below the root, with slashes; may be empty.
	Path string
	// Matter is its metadata; may be nil.
	Matter map[string]any
}

// Judge holds claims of one page against the facts. Whoever judges many pages makes
// the Project once.
func Judge(index *code.Index, claims []Claim, options Options) []Verdict {
	return NewProject(index, options).Judge(Page{}, claims)
}
