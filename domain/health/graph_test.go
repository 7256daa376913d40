package health_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/health"
)

func failing(names string) map[string]bool {
	set := make(map[string]bool)
	for _, n := range strings.Fields(names) {
		set[n] = true
	}
	return set
}

func TestRootCauses(t *testing.T) {
	g := health.Graph{"web": {"api"}, "api": {"db", "cache"}, "job": {"db"}, "a": {"b"}, "b": {"c", "a"}, "c": {"a", "db"}, "self": {"self"}, "x": {"y"}, "y": {"x"}}
	for _, c := range []struct{ failing, want string }{
		{"", ""},
		{"web", "[web] []"},
		{"db", "[db] []"},
		{"web api db job", "[db] [api job web]"},
		{"web db", "[db] [] [web] []"}, // api, between them, works
		{"api cache db", "[cache] [api] [db] [api]"},
		{"a b c", "[a b c] []"},
		{"a b c db", "[db] [a b c]"},
		{"a b", "[a b] []"},
		{"self", "[self] []"},
		{"x y web", "[web] [] [x y] []"},
		{"stranger", "[stranger] []"},
	} {
		var got []string
		for _, cause := range health.RootCauses(g, failing(c.failing)) {
			got = append(got, fmt.Sprint(cause.Services, " ", cause.Explains))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %s, want %s", c.failing, got, c.want)
		}
	}
}

// A long chain is one cause, and no stack is exhausted.
func TestRootCauseOfALongChain(t *testing.T) {
	g, all := health.Graph{}, map[string]bool{}
	const n = 50_000
	for i := range n {
		name := fmt.Sprintf("%05d", i)
		all[name] = true
		if i > 0 {
			g[name] = []string{fmt.Sprintf("%05d", i-1)}
		}
	}
	causes := health.RootCauses(g, all)
	if len(causes) != 1 || !slices.Equal(causes[0].Services, []string{"00000"}) || len(causes[0].Explains) != n-1 {
		t.Fatalf("there are %d causes", len(causes))
	}
}

func ExampleRootCauses() {
	needs := health.Graph{"frontend": {"orchestrator"}, "orchestrator": {"doc_store"}, "analysis-service": {"doc_store"}}
	down := map[string]bool{"frontend": true, "orchestrator": true, "analysis-service": true, "doc_store": true}
	for _, cause := range health.RootCauses(needs, down) {
		fmt.Println(cause.Services, "explains", cause.Explains)
	}
	// Output: [doc_store] explains [analysis-service frontend orchestrator]
}
