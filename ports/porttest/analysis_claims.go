package porttest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/analysis"
)

func madeClaim(id, project, document string, start int) check.Claim {
	return check.Claim{
		ID: domain.StoredID[check.Claim](id), Project: project, Document: document, Start: start, End: start + 5, Line: 3, Kind: code.Flag,
		Text: "--it's", Name: "it's", Value: "ü", HasValue: true,
		Standing:  check.Standing{State: claim.Holds, Reason: "Because.", Confidence: 0.1 + 0.2, Path: "main.go", At: 7, Fact: "v", Suggestion: "s", Commit: "abc"},
		FirstSeen: noon, Since: noon.Add(time.Second),
	}
}

func claimsKept(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	c := madeClaim("a", "p", "ü.md", 1)
	_, err := e.Claims.Get(ctx, c.ID)
	wantKind(t, "the unknown", err, domain.NotFound)
	must(t, e.Claims.Put(ctx))
	must(t, e.Claims.Put(ctx, c))
	got, err := e.Claims.Get(ctx, c.ID)
	must(t, err)
	wantSame(t, "stored", got, c)
	c = check.Claim{ID: c.ID, Project: "q", Document: "d", Kind: code.Port, ClosedAt: noon}
	must(t, e.Claims.Put(ctx, c))
	got, err = e.Claims.Get(ctx, c.ID)
	must(t, err)
	wantSame(t, "replaced", got, c)
}

func claimsLoaded(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	first, second, third, fourth := madeClaim("z", "p", "B.md", 9), madeClaim("a", "p", "a.md", 1), madeClaim("b", "p", "a.md", 1), madeClaim("0", "p", "a.md", 12)
	third.ClosedAt = noon
	must(t, e.Claims.Put(ctx, fourth, third, second, first, madeClaim("o", "P", "a.md", 1)))
	loaded, err := e.Claims.Load(ctx, "p")
	must(t, err)
	wantSame(t, "loaded", loaded, []check.Claim{first, second, third, fourth})
	loaded, err = e.Claims.Load(ctx, "none")
	must(t, err)
	if len(loaded) != 0 {
		t.Errorf("an unknown project has %+v", loaded)
	}
}

func claimsFiltered(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	made := func(id, project, document, name string, kind code.Kind, state claim.State) check.Claim {
		c := madeClaim(id, project, document, 1)
		c.Name, c.Kind, c.State = name, kind, state
		return c
	}
	closed := made("5", "p", "docs/a.md", "x", code.Flag, claim.Gone)
	closed.ClosedAt = noon
	must(t, e.Claims.Put(ctx,
		made("1", "p", "docs/a.md", "x", code.Flag, claim.Holds), made("2", "p", "docs/b%.md", "X", code.Port, claim.Gone),
		made("3", "p", "docs.md", "x", code.Flag, claim.Renamed), made("4", "q", "docs/ü/a.md", "y", code.File, claim.Unknown), closed,
		made("6", "p", "docs0.md", "z", code.Key, claim.Changed)))
	for want, f := range map[string]analysis.ClaimFilter{
		"3 1 2 6 4": {},
		"3 1 2 6":   {Project: "p"},
		"1 2":       {Project: "p", Document: "docs/"},
		"1 2 4":     {Document: "docs/"},
		"1":         {Document: "docs/a.md"},
		"":          {Document: "docs"},
		"3 1":       {Name: "x"},
		"2":         {Kind: code.Port},
		"3 2 6":     {States: []claim.State{claim.Gone, claim.Renamed, claim.Changed}},
		"4":         {States: []claim.State{claim.Unknown}},
		"5":         {Closed: true},
	} {
		page, err := e.Claims.List(ctx, f, domain.PageRequest{})
		must(t, err)
		var ids []string
		for _, c := range page.Items {
			ids = append(ids, c.ID.String())
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%+v: got %q, want %q", f, got, want)
		}
	}
	page, err := e.Claims.List(ctx, analysis.ClaimFilter{Project: "p"}, domain.PageRequest{Limit: 1, Offset: 2})
	must(t, err)
	if page.Total != 4 || len(page.Items) != 1 || page.Items[0].ID.String() != "2" {
		t.Errorf("the page is %+v", page)
	}
}

func claimsWorst(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	var all []check.Claim
	add := func(document string, states ...claim.State) {
		for _, s := range states {
			c := madeClaim(fmt.Sprint(len(all)), "p", document, len(all))
			c.State = s
			all = append(all, c)
		}
	}
	add("b.md", claim.Gone, claim.Holds, claim.Changed)
	add("a.md", claim.Renamed, claim.Renamed)
	add("c.md", claim.Holds, claim.Unknown)
	add("d.md", claim.Gone)
	add("e.md", claim.Gone, claim.Gone, claim.Gone)
	for i := range all {
		if all[i].Document == "e.md" {
			all[i].ClosedAt = noon
		}
	}
	other := madeClaim("other", "q", "d.md", 1)
	other.State = claim.Gone
	must(t, e.Claims.Put(ctx, append(all, other)...))
	worst, err := e.Claims.Worst(ctx, "p", 10)
	must(t, err)
	want := []analysis.DocumentDrift{{Document: "a.md", Claims: 2, Drifted: 2}, {Document: "b.md", Claims: 3, Drifted: 2}, {Document: "d.md", Claims: 1, Drifted: 1}}
	wantSame(t, "the worst", worst, want)
	worst, err = e.Claims.Worst(ctx, "p", 1)
	must(t, err)
	wantSame(t, "the very worst", worst, want[:1])
}

func claimsMany(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	many := make([]check.Claim, 3000)
	for i := range many {
		many[i] = madeClaim(fmt.Sprintf("%04d", i), "p", "a.md", i)
	}
	for range 2 {
		must(t, e.Claims.Put(ctx, many...))
	}
	loaded, err := e.Claims.Load(ctx, "p")
	must(t, err)
	if !slices.Equal(loaded, many) {
		t.Errorf("%d claims came back of %d", len(loaded), len(many))
	}
}

func turnsListed(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	id := domain.StoredID[check.Claim]("c")
	made := func(n int) check.Turn {
		return check.Turn{Claim: id, Check: domain.StoredID[check.Check]("k"), At: noon.Add(-time.Duration(n) * time.Hour), New: n == 0, From: claim.Holds,
			To: claim.Changed, Closed: n == 2, Reason: fmt.Sprint("it's ", n), Commit: "abc"}
	}
	must(t, e.Turns.Append(ctx))
	must(t, e.Turns.Append(ctx, made(0), check.Turn{Claim: domain.StoredID[check.Claim]("d"), At: noon}, made(1)))
	must(t, e.Turns.Append(ctx, made(2)))
	page, err := e.Turns.List(ctx, id, domain.PageRequest{})
	must(t, err)
	wantSame(t, "turns", page.Items, []check.Turn{made(0), made(1), made(2)})
	page, err = e.Turns.List(ctx, id, domain.PageRequest{Limit: 1, Offset: 1})
	must(t, err)
	wantSame(t, "page", page, domain.Page[check.Turn]{Items: []check.Turn{made(1)}, Total: 3, Limit: 1, Offset: 1})
	page, err = e.Turns.List(ctx, domain.StoredID[check.Claim]("none"), domain.PageRequest{})
	must(t, err)
	if page.Total != 0 {
		t.Errorf("an unknown claim has %+v", page)
	}
}
