package porttest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/analysis"
)

func madeFact(name, path string, line int) code.Fact {
	return code.Fact{Kind: code.Flag, Name: name, Value: "it's ü", HasValue: true, Scope: "tool", Path: path, Line: line, Weak: true}
}

func factNames(t *testing.T, e AnalysisEnv, f analysis.FactFilter) string {
	t.Helper()
	page, err := e.Facts.List(context.Background(), f, domain.PageRequest{})
	must(t, err)
	var names []string
	for _, fact := range page.Items {
		names = append(names, fmt.Sprint(fact.Project, ":", fact.Name, ":", fact.Line))
	}
	return strings.Join(names, " ")
}

func factsKept(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	whole, plain := madeFact("a", "ü.go", 1), code.Fact{Kind: code.File, Name: "B"}
	given := []code.Fact{whole, plain}
	must(t, e.Facts.Replace(ctx, "p", given))
	given[0].Name = "changed"
	page, err := e.Facts.List(ctx, analysis.FactFilter{Project: "p"}, domain.PageRequest{})
	must(t, err)
	wantSame(t, "facts", page.Items, []analysis.ProjectFact{{Project: "p", Fact: plain}, {Project: "p", Fact: whole}})
	must(t, e.Facts.Replace(ctx, "q", []code.Fact{whole}))
	must(t, e.Facts.Replace(ctx, "p", []code.Fact{whole, whole}))
	if got := factNames(t, e, analysis.FactFilter{}); got != "p:a:1 p:a:1 q:a:1" {
		t.Errorf("after the replacement: %s", got)
	}
	must(t, e.Facts.Replace(ctx, "p", nil))
	if got := factNames(t, e, analysis.FactFilter{}); got != "q:a:1" {
		t.Errorf("after an empty replacement: %s", got)
	}
}

func factsFiltered(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	port := madeFact("data", "cmd/main.go", 5)
	port.Kind = code.Port
	must(t, e.Facts.Replace(ctx, "p", []code.Fact{
		madeFact("data.path", "main.go", 3), port, madeFact("data", "main.go", 2), madeFact("data", "main.go", 1), madeFact("Data", "cmd/a.go", 1), madeFact("data%", "cmd", 4),
	}))
	must(t, e.Facts.Replace(ctx, "q", []code.Fact{madeFact("data", "cmd/main.go", 9)}))
	for _, c := range []struct {
		want string
		f    analysis.FactFilter
	}{
		{"p:Data:1 p:data:1 p:data:2 p:data:5 p:data%:4 p:data.path:3 q:data:9", analysis.FactFilter{}},
		{"p:data:1 p:data:2 p:data:5", analysis.FactFilter{Project: "p", Name: "data"}},
		{"p:data.path:3", analysis.FactFilter{Name: "data.*"}},
		{"p:data%:4", analysis.FactFilter{Name: "data%*"}},
		{"p:Data:1 p:data:5 q:data:9", analysis.FactFilter{Path: "cmd/*"}},
		{"p:data%:4", analysis.FactFilter{Path: "cmd"}},
		{"p:data:5", analysis.FactFilter{Kind: code.Port}},
		{"", analysis.FactFilter{Project: "none"}},
	} {
		if got := factNames(t, e, c.f); got != c.want {
			t.Errorf("%+v: got %s, want %s", c.f, got, c.want)
		}
	}
	page, err := e.Facts.List(ctx, analysis.FactFilter{Project: "p"}, domain.PageRequest{Limit: 2, Offset: 1})
	must(t, err)
	if page.Total != 6 || len(page.Items) != 2 || page.Items[1].Line != 2 || page.Items[1].Name != "data" {
		t.Errorf("the page is %+v", page)
	}
}

func factsMany(t *testing.T, e AnalysisEnv) {
	ctx := context.Background()
	many := make([]code.Fact, 2501)
	for i := range many {
		many[i] = madeFact(fmt.Sprintf("%05d", i), "a.go", i)
	}
	turned := slices.Clone(many)
	slices.Reverse(turned)
	for range 2 {
		must(t, e.Facts.Replace(ctx, "p", turned))
	}
	page, err := e.Facts.List(ctx, analysis.FactFilter{}, domain.PageRequest{Limit: 1, Offset: 2500})
	must(t, err)
	if page.Total != len(many) || page.Items[0].Fact != many[2500] {
		t.Errorf("of %d facts %d came back: %+v", len(many), page.Total, page.Items)
	}
}
