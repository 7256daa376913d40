package porttest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/tx"
)

// AnalysisEnv is the ports of one analysis service, over the same data.
type AnalysisEnv struct {
	Checks analysis.Checks
	Claims analysis.Claims
	Turns  analysis.Turns
	Facts  analysis.Facts
	Unit   tx.Unit
}

// Analysis proves the promises of analysis.Checks, analysis.Claims, analysis.Turns
// and analysis.Facts. open returns empty stores each time.
func Analysis(t *testing.T, open func(t *testing.T) AnalysisEnv) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, e AnalysisEnv)
	}{
		{"checks/are kept whole", checksKept},
		{"checks/have numbers of their own", checkNumbers},
		{"checks/one of several that end at once is added", checksAtOnce},
		{"checks/are listed, the latest first", checksListed},
		{"claims/are kept whole and replaced", claimsKept},
		{"claims/of a project are loaded, closed ones too", claimsLoaded},
		{"claims/are filtered", claimsFiltered},
		{"claims/the worst documents come first", claimsWorst},
		{"claims/many are put at once", claimsMany},
		{"turns/are listed as they were appended", turnsListed},
		{"facts/are kept whole and replaced", factsKept},
		{"facts/are filtered", factsFiltered},
		{"facts/many are replaced", factsMany},
		{"a rolled back change is gone", analysisRollback},
		{"an ended context is a timeout", analysisTimeout},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

func madeCheck(id, project string, number int) check.Check {
	return check.Check{
		ID: domain.StoredID[check.Check](id), Project: project, Number: number, Root: "/ü/it's", Location: "./docs", Commit: "abc", Differing: 2,
		Documents: 3, Facts: 4, Counts: check.Counts{Unknown: 1, Holds: 2, Gone: 3, Renamed: 4, Changed: 5},
		Drifted: 6, Healed: 7, Opened: 8, Closed: 9, Unread: 10, User: "u", Correlation: "c",
		StartedAt: noon, FinishedAt: noon.Add(time.Duration(number) * time.Second),
	}
}

func checksKept(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	c := madeCheck("a", "p ü", 1)
	_, err := e.Checks.Get(ctx, c.ID)
	wantKind(t, "the unknown", err, domain.NotFound)
	c.Changes = []check.Change{
		{Event: check.EventDrifted, Claim: domain.StoredID[check.Claim]("x"), Document: "ü.md", Line: 3, Kind: code.Flag, Name: "it's", From: claim.Holds, To: claim.Renamed, Reason: "r", Suggestion: "s", Commit: "d"},
		{Event: check.EventDrifted, Claim: domain.StoredID[check.Claim]("y"), New: true, To: claim.Gone},
	}
	c.Troubles = []check.Trouble{{Path: "b", Kind: "invalid", Message: "m"}}
	must(t, e.Checks.Add(ctx, c))
	for _, what := range []string{"stored", "after a change of what was returned"} {
		got, err := e.Checks.Get(ctx, c.ID)
		must(t, err)
		wantSame(t, what, got, c)
		got.Changes[0].Name, got.Troubles[0].Path = "changed", "changed"
	}
	plain := madeCheck("b", "p ü", 2)
	plain.FinishedAt = noon.Add(1500 * time.Nanosecond)
	must(t, e.Checks.Add(ctx, plain))
	plain.FinishedAt = noon.Add(time.Microsecond)
	got, err := e.Checks.Latest(ctx, "p ü")
	must(t, err)
	wantSame(t, "one without changes", got, plain)
}

func checkNumbers(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	_, err := e.Checks.Latest(ctx, "p")
	wantKind(t, "the latest of none", err, domain.NotFound)
	for n := 1; n <= 10; n++ {
		must(t, e.Checks.Add(ctx, madeCheck(fmt.Sprint(n), "p", n)))
	}
	must(t, e.Checks.Add(ctx, madeCheck("other", "P", 77)))
	latest, err := e.Checks.Latest(ctx, "p")
	must(t, err)
	wantSame(t, "the latest", latest, madeCheck("10", "p", 10))
	wantKind(t, "a taken number", e.Checks.Add(ctx, madeCheck("new", "p", 10)), domain.Conflict)
	wantKind(t, "a taken id", e.Checks.Add(ctx, madeCheck("10", "q", 1)), domain.Conflict)
}

func checksAtOnce(t *testing.T, e AnalysisEnv) {
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { errs[i] = e.Checks.Add(context.Background(), madeCheck(fmt.Sprint(i), "p", 1)) })
	}
	all.Wait()
	added := 0
	for _, err := range errs {
		if err == nil {
			added++
		} else {
			wantKind(t, "a loser", err, domain.Conflict)
		}
	}
	if added != 1 {
		t.Errorf("%d checks of one number were added, want 1", added)
	}
}

func checksListed(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	for _, c := range []check.Check{madeCheck("a", "p", 1), madeCheck("c", "p", 2), madeCheck("b", "q", 2), madeCheck("d", "p", 3)} {
		c.Changes, c.Troubles = []check.Change{{Name: "n"}}, []check.Trouble{{Path: "p"}}
		must(t, e.Checks.Add(ctx, c))
	}
	a, c, b, d := madeCheck("a", "p", 1), madeCheck("c", "p", 2), madeCheck("b", "q", 2), madeCheck("d", "p", 3)
	list := func(f analysis.CheckFilter) []check.Check {
		page, err := e.Checks.List(ctx, f, domain.PageRequest{})
		must(t, err)
		return page.Items
	}
	wantSame(t, "all", list(analysis.CheckFilter{}), []check.Check{d, b, c, a})
	wantSame(t, "of a project", list(analysis.CheckFilter{Project: "p"}), []check.Check{d, c, a})
	wantSame(t, "from 2 to 3", list(analysis.CheckFilter{From: c.FinishedAt, To: d.FinishedAt}), []check.Check{b, c})
	page, err := e.Checks.List(ctx, analysis.CheckFilter{Project: "p"}, domain.PageRequest{Limit: 1, Offset: 1})
	must(t, err)
	wantSame(t, "page", page, domain.Page[check.Check]{Items: []check.Check{c}, Total: 3, Limit: 1, Offset: 1})
}

func analysisRollback(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	kept := madeClaim("kept", "p", "a.md", 1)
	must(t, e.Claims.Put(ctx, kept))
	must(t, e.Facts.Replace(ctx, "p", []code.Fact{madeFact("kept", "a.go", 1)}))
	err := e.Unit.Within(ctx, func(ctx context.Context) error {
		changed := kept
		changed.State = claim.Gone
		must(t, e.Claims.Put(ctx, changed, madeClaim("new", "p", "a.md", 2)))
		must(t, e.Turns.Append(ctx, check.Turn{Claim: kept.ID}))
		must(t, e.Facts.Replace(ctx, "p", nil))
		must(t, e.Checks.Add(ctx, madeCheck("c", "p", 1)))
		return domain.Internal.New("lost")
	})
	wantKind(t, "the unit of work", err, domain.Internal)
	claims, err := e.Claims.Load(ctx, "p")
	must(t, err)
	wantSame(t, "claims", claims, []check.Claim{kept})
	turns, err := e.Turns.List(ctx, kept.ID, domain.PageRequest{})
	must(t, err)
	facts, err := e.Facts.List(ctx, analysis.FactFilter{}, domain.PageRequest{})
	must(t, err)
	checks, err := e.Checks.List(ctx, analysis.CheckFilter{}, domain.PageRequest{})
	must(t, err)
	if turns.Total != 0 || facts.Total != 1 || checks.Total != 0 {
		t.Errorf("left are %d turns, %d facts and %d checks", turns.Total, facts.Total, checks.Total)
	}
}

func analysisTimeout(t *testing.T, e AnalysisEnv) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	one := madeClaim("c", "p", "a.md", 1)
	_, get := e.Checks.Get(ctx, domain.StoredID[check.Check]("a"))
	_, list := e.Checks.List(ctx, analysis.CheckFilter{}, domain.PageRequest{})
	_, load := e.Claims.Load(ctx, "p")
	_, worst := e.Claims.Worst(ctx, "p", 1)
	_, turns := e.Turns.List(ctx, one.ID, domain.PageRequest{})
	_, facts := e.Facts.List(ctx, analysis.FactFilter{}, domain.PageRequest{})
	for what, err := range map[string]error{
		"Checks.Add": e.Checks.Add(ctx, madeCheck("a", "p", 1)), "Checks.Get": get, "Checks.List": list, "Claims.Load": load, "Claims.Worst": worst,
		"Claims.Put": e.Claims.Put(ctx, one), "Turns.Append": e.Turns.Append(ctx, check.Turn{Claim: one.ID}), "Turns.List": turns,
		"Facts.Replace": e.Facts.Replace(ctx, "p", nil), "Facts.List": facts,
	} {
		wantKind(t, what, err, domain.Timeout)
	}
}
