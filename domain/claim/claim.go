// Package claim is the concept of what documentation says about software: that a
// flag, a variable, a port, a route, a file, a symbol exists, or what its default
// is. Extract reads the claims of a page; a Project holds them against the facts
// of the code. Names that nothing ties to the project are never called wrong.
package claim

import "github.com/docsteward/docsteward/domain/code"

// Place is the part of a page in which a claim stands.
type Place uint8

// The places.
const (
	// Prose is running text.
	Prose Place = iota + 1
	// Table is a cell of a table.
	Table
	// CodeSpan is code within running text.
	CodeSpan
	// CodeBlock is a block of code, of the claim's Language.
	CodeBlock
	// Heading is the title of a section.
	Heading
	// Link is the target of a link.
	Link
)

// places is never written.
var places = [...]string{Prose: "prose", Table: "table", CodeSpan: "code span", CodeBlock: "code block", Heading: "heading", Link: "link"}

// String returns the name of the place.
func (p Place) String() string {
	if p < Prose || int(p) >= len(places) {
		return "unknown"
	}
	return places[p]
}

// Claim is one thing that a page says about software.
type Claim struct {
	Kind code.Kind
	// Name is spelled as code.NormalName does.
	Name string
	// Written is the name as the text spells it, and Start and End are its range
	// [Start, End) in bytes of the content.
	Written    string
	Start, End int
	// Value is the default that the page states, or the version that it asks for;
	// it is stated when HasValue. A value that a command line merely uses is none.
	Value    string
	HasValue bool
	Place    Place
	// Described tells that the text is a line of a schema, which says what there is
	// and not what somebody chose.
	Described bool
	// Language is that of the code block, in lower case; may be empty.
	Language string
	// Command is the program that the flag is given to or whose container the port
	// is of; empty when the text does not say.
	Command string
	// Section holds the titles of the headings above, the outermost first.
	Section []string
	// Group numbers the table, list, code block or paragraph around the claim, so
	// that claims with one group are neighbours.
	Group int
	// Companion is the endpoint of the URL whose port this is; may be empty.
	Companion string
	// Source is the repository that a link around the claim leads into, as
	// github.com/owner/name; empty without such a link.
	Source string
	// Reason says in a sentence why the claim is not about this project, or not
	// about its present; empty when it is to be judged.
	Reason string
}
