package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
)

var (
	noon  = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC) // never written
	first = domain.StoredID[check.Check]("first")        // never written
	next  = domain.StoredID[check.Check]("next")         // never written
)

// saw is a flag that a document names, judged so.
func saw(document, name string, start int, state claim.State) check.Seen {
	return check.Seen{Document: document, Line: start + 1, Verdict: claim.Verdict{
		Claim: claim.Claim{Kind: code.Flag, Name: name, Written: "--" + name, Start: start, End: start + 3}, State: state, Reason: state.String()}}
}

func TestClaimsDriftAndHealByTheirStates(t *testing.T) {
	for _, c := range []struct {
		from, to        claim.State
		drifted, healed int
	}{
		{claim.Holds, claim.Holds, 0, 0}, {claim.Holds, claim.Gone, 1, 0}, {claim.Holds, claim.Renamed, 1, 0}, {claim.Holds, claim.Changed, 1, 0},
		{claim.Unknown, claim.Gone, 1, 0}, {claim.Unknown, claim.Holds, 0, 0}, {claim.Holds, claim.Unknown, 0, 0},
		{claim.Gone, claim.Renamed, 0, 0}, {claim.Gone, claim.Holds, 0, 1}, {claim.Changed, claim.Holds, 0, 1}, {claim.Renamed, claim.Unknown, 0, 0},
	} {
		known := check.Compare(nil, check.Claims("p", []check.Seen{saw("a.md", "x", 1, c.from)}), check.Scope{}, first, noon)
		o := check.Compare(known.Written, check.Claims("p", []check.Seen{saw("a.md", "x", 1, c.to)}), check.Scope{}, next, noon.Add(time.Hour))
		turns := 1
		if c.from == c.to {
			turns = 0
		}
		if o.Drifted != c.drifted || o.Healed != c.healed || len(o.Changes) != c.drifted+c.healed || len(o.Turns) != turns || o.Opened+o.Closed != 0 {
			t.Errorf("%v to %v: %+v", c.from, c.to, o)
		}
	}
}

func TestWhatIsFirstSeenWrongHasDrifted(t *testing.T) {
	seen := check.Claims("p", []check.Seen{saw("b.md", "x", 1, claim.Gone), saw("a.md", "y", 2, claim.Holds)})
	o := check.Compare(nil, seen, check.Scope{}, first, noon)
	if o.Opened != 2 || o.Drifted != 1 || !o.Changes[0].New || o.Changes[0].Event != check.EventDrifted || o.Counts.Total() != 2 || o.Counts.Drifted() != 1 {
		t.Errorf("got %+v", o)
	}
	if len(o.Written) != 2 || o.Written[0].Document != "a.md" || o.Written[0].FirstSeen != noon || o.Written[0].Since != noon {
		t.Errorf("written are %+v", o.Written)
	}
	if again := check.Compare(o.Written, seen, check.Scope{}, next, noon.Add(time.Hour)); len(again.Written)+len(again.Turns)+len(again.Changes) != 0 || again.Counts != o.Counts {
		t.Errorf("the same again: %+v", again)
	}
}

func TestClaimsThatVanishAreClosedAndMayComeBack(t *testing.T) {
	seen := check.Claims("p", []check.Seen{saw("a.md", "x", 1, claim.Gone), saw("a.md", "y", 2, claim.Holds)})
	o := check.Compare(nil, seen, check.Scope{}, first, noon)
	without := check.Compare(o.Written, nil, check.Scope{}, next, noon.Add(time.Hour))
	if without.Closed != 2 || without.Drifted+without.Healed != 0 || without.Counts.Total() != 0 || !without.Turns[0].Closed || without.Written[0].Open() {
		t.Fatalf("got %+v", without)
	}
	if again := check.Compare(without.Written, nil, check.Scope{}, next, noon.Add(2*time.Hour)); again.Closed != 0 || len(again.Written) != 0 {
		t.Errorf("closed twice: %+v", again)
	}
	back := check.Compare(without.Written, seen, check.Scope{}, next, noon.Add(3*time.Hour))
	if back.Opened != 2 || back.Drifted != 1 || !back.Written[0].Open() || back.Written[0].FirstSeen != noon || back.Written[0].Since != noon.Add(3*time.Hour) {
		t.Errorf("back again: %+v", back)
	}
}

func TestOnlyWhatWasLookedAtIsClosed(t *testing.T) {
	var seen []check.Seen
	for _, document := range []string{"docs/a.md", "docs/b/c.md", "docs.md", "d.md"} {
		seen = append(seen, saw(document, "x", 1, claim.Holds))
	}
	known := check.Compare(nil, check.Claims("p", seen), check.Scope{}, first, noon).Written
	for _, c := range []struct {
		scope  check.Scope
		closed string
	}{
		{check.Scope{}, "d.md docs.md docs/a.md docs/b/c.md"},
		{check.Scope{Folder: "docs"}, "docs/a.md docs/b/c.md"},
		{check.Scope{Folder: "docs.md"}, "docs.md"},
		{check.Scope{Unread: []string{"docs/b"}}, "d.md docs.md docs/a.md"},
		{check.Scope{Folder: "docs", Unread: []string{"docs/a.md"}}, "docs/b/c.md"},
		{check.Scope{Unread: []string{""}}, ""},
	} {
		o := check.Compare(known, nil, c.scope, next, noon.Add(time.Hour))
		var closed []string
		for _, one := range o.Written {
			closed = append(closed, one.Document)
		}
		if got := strings.Join(closed, " "); got != c.closed || o.Counts.Total() != 4-o.Closed {
			t.Errorf("%+v: closed are %q, want %q, and %d stay", c.scope, got, c.closed, o.Counts.Total())
		}
	}
}

func TestIdentitiesStayWhenLinesMoveAndValuesAreCorrected(t *testing.T) {
	ids := func(seen ...check.Seen) []check.ClaimID {
		var all []check.ClaimID
		for _, c := range check.Claims("p", seen) {
			all = append(all, c.ID)
		}
		return all
	}
	valued := func(value string) check.Seen {
		s := saw("a.md", "x", 1, claim.Holds)
		s.Verdict.Claim.Value, s.Verdict.Claim.HasValue = value, true
		return s
	}
	base := ids(saw("a.md", "x", 1, claim.Holds), saw("a.md", "x", 9, claim.Gone), valued("1"))
	if base[0] == base[1] || base[0] == base[2] || base[1] == base[2] {
		t.Errorf("equal claims are one: %v", base)
	}
	if moved := ids(saw("a.md", "x", 5, claim.Holds), saw("a.md", "x", 50, claim.Holds), valued("2")); !slices.Equal(moved, base) {
		t.Errorf("moved claims are others: %v, %v", moved, base)
	}
	for what, others := range map[string][]check.ClaimID{
		"document": ids(saw("b.md", "x", 1, claim.Holds)), "name": ids(saw("a.md", "y", 1, claim.Holds)), "fields that run together": ids(saw("a.m", "dx", 1, claim.Holds)),
	} {
		if slices.Contains(base, others[0]) {
			t.Errorf("a claim of another %s is the same", what)
		}
	}
}

func TestFinishKeepsTheFirstChanges(t *testing.T) {
	o := check.Outcome{Changes: make([]check.Change, check.MaxChanges+1), Drifted: check.MaxChanges + 1}
	var c check.Check
	c.Finish(o, noon)
	if len(c.Changes) != check.MaxChanges || c.Drifted != check.MaxChanges+1 || c.FinishedAt != noon {
		t.Errorf("%d changes of %d", len(c.Changes), c.Drifted)
	}
}

func TestNames(t *testing.T) {
	for name, good := range map[string]bool{"docs": true, "Ünï codé": true, "": false, " ": false, "a\nb": false, "a\xff": false, " a": false, strings.Repeat("ü", 100): true, strings.Repeat("a", 101): false} {
		if err := check.CheckName(name); (err == nil) != good {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestStatesAreParsedAsTheyAreSpelled(t *testing.T) {
	for s := claim.Unknown; s <= claim.Changed; s++ {
		if got, ok := check.ParseState(s.String()); !ok || got != s {
			t.Errorf("%v: got %v, %v", s, got, ok)
		}
	}
	if _, ok := check.ParseState("Holds"); ok {
		t.Error("a name in other letters is a state")
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"", "a\x00b", "\xff\xfe", " ü\n", strings.Repeat("ü", 600), strings.Repeat("\xff", 1200)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		kept := check.Text(s)
		if len(kept) > 1000 || !utf8.ValidString(kept) || strings.ContainsAny(kept, "\x00\n") || check.Text(kept) != kept {
			t.Errorf("%q is kept as %q", s, kept)
		}
	})
}

func ExampleCompare() {
	page := func(state claim.State) []check.Claim {
		return check.Claims("tool", []check.Seen{saw("docs/options.md", "data.path", 10, state)})
	}
	before := check.Compare(nil, page(claim.Holds), check.Scope{}, first, noon)
	after := check.Compare(before.Written, page(claim.Gone), check.Scope{}, next, noon.Add(time.Hour))
	for _, c := range after.Changes {
		fmt.Println(c.Event, c.Document, c.Name, c.From, "to", c.To)
	}
	// Output: claim.drifted docs/options.md data.path holds to gone
}

func ExampleClaims() {
	seen := []check.Seen{saw("a.md", "data.path", 10, claim.Holds)}
	moved := []check.Seen{saw("a.md", "data.path", 99, claim.Holds)}
	fmt.Println(check.Claims("tool", seen)[0].ID == check.Claims("tool", moved)[0].ID)
	// Output: true
}
