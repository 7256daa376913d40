package check

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
)

// ClaimID identifies a claim of a document from check to check.
type ClaimID = domain.ID[Claim]

// ParseClaimID returns the id that text spells; Invalid when it spells none.
func ParseClaimID(text string) (ClaimID, error) { return domain.ParseID[Claim](text) }

// Claim is a claim of a document with how it stands.
type Claim struct {
	// ID follows from project, document, kind, name, whether a value is stated, and
	// the place among equals: it stays when lines move, and when the stated value is
	// corrected.
	ID      ClaimID
	Project string
	// Document is the path below the root of the project.
	Document string
	// Start and End are its range [Start, End) in bytes, and Line counts from 1.
	Start, End, Line int
	// Text is the name as the document spells it, Name as code.NormalName does, and
	// Value what the document states, when HasValue.
	Kind              code.Kind
	Text, Name, Value string
	HasValue          bool
	// Standing is how the claim stands, since Since.
	Standing
	// FirstSeen is when the first check saw it, and ClosedAt when one saw it no more;
	// zero for one that is open. All instants are in UTC.
	FirstSeen, Since, ClosedAt time.Time
}

// Standing is what the code says of a claim, with the evidence.
type Standing struct {
	State claim.State
	// Reason says it in plain words, and Confidence from 0 to 1 how sure it is.
	Reason     string
	Confidence float64
	// Path and Line are the place of the fact, and Fact its value; empty without one.
	Path string
	At   int
	Fact string
	// Suggestion is the name or value that would be right, and Commit took the name
	// away; both may be empty.
	Suggestion, Commit string
}

// Open reports whether the last check saw the claim.
func (c Claim) Open() bool { return c.ClosedAt.IsZero() }

// Turn is a change of how a claim stands.
type Turn struct {
	Claim ClaimID
	// Check made it known, and At is when that finished, in UTC.
	Check ID
	At    time.Time
	// From is the state before; Unknown for a claim that is New.
	New      bool
	From, To claim.State
	// Closed says that the claim vanished from its document; To is then its last state.
	Closed bool
	Reason string
	Commit string
}

// Seen is a claim as one check saw it.
type Seen struct {
	// Document is the path below the root of the project.
	Document string
	Line     int
	Verdict  claim.Verdict
	// Commit took the name away; may be empty.
	Commit string
}

// Claims gives everything that was seen of a project its identity. Equal claims of
// a document are counted in the order given, which is that of the document.
func Claims(project string, seen []Seen) []Claim {
	equals := make(map[string]int)
	claims := make([]Claim, len(seen))
	for i, s := range seen {
		claims[i] = s.claim(project)
		c := &claims[i]
		key := strings.Join([]string{project, c.Document, c.Kind.String(), c.Name, fmt.Sprint(c.HasValue)}, "\x00")
		equals[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, equals[key]))
		c.ID = domain.StoredID[Claim](hex.EncodeToString(sum[:12]))
	}
	return claims
}

func (s Seen) claim(project string) Claim {
	v, one := s.Verdict, s.Verdict.Claim
	c := Claim{
		Project: project, Document: Text(s.Document), Start: one.Start, End: one.End, Line: s.Line, Kind: one.Kind,
		Text: Text(one.Written), Name: Text(one.Name), Value: Text(one.Value), HasValue: one.HasValue,
		Standing: Standing{State: v.State, Reason: Text(v.Reason), Confidence: v.Confidence, Suggestion: Text(v.Suggestion), Commit: s.Commit},
	}
	if v.Fact != nil {
		c.Path, c.At, c.Fact = Text(v.Fact.Path), v.Fact.Line, Text(v.Fact.Value)
	}
	return c
}

// longestText is how much is kept of one text, in bytes: more than any name has,
// and little enough for the index of every store.
const longestText = 1000

// Text returns a text as it is kept: valid UTF-8 without control characters, at
// most 1000 bytes.
func Text(s string) string {
	s = strings.Map(printable, s)
	if len(s) > longestText {
		s = strings.ToValidUTF8(s[:longestText], "")
	}
	return strings.TrimSpace(s)
}

// printable makes a blank of a control character; what is no UTF-8 comes as the
// replacement character.
func printable(r rune) rune {
	if r < ' ' || r == 0x7f {
		return ' '
	}
	return r
}

// Fact returns a fact as it is kept.
func Fact(f code.Fact) code.Fact {
	f.Name, f.Value, f.Scope, f.Path = Text(f.Name), Text(f.Value), Text(f.Scope), Text(f.Path)
	return f
}
