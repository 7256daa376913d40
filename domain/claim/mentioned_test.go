package claim_test

import (
	"testing"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
)

func TestVocabulary(t *testing.T) {
	words := claim.NewVocabulary()
	words.Add([]byte("f.Bool(&c, prefix+\"ring.zone-aware\", false)\nf.Int(&d, opt.Prefix +\n\t\"redis\", 1)\nname: \"retries\"; say(\"progress of it\")\n"))
	for word, want := range map[string][2]bool{ // quotes, appends
		"ring.zone-aware": {true, true}, "ring": {false, true}, "redis": {true, true}, "retries": {true, false}, "progress": {false, false}, "zone-aware": {false, false},
	} {
		if words.Quotes(word) != want[0] || words.Appends(word) != want[1] {
			t.Errorf("%s: quoted %v, appended %v; want %v", word, words.Quotes(word), words.Appends(word), want)
		}
	}
}

func TestNamesThatTheCodeComposesAreNotGone(t *testing.T) {
	facts := []code.Fact{{Kind: code.Command, Name: "app serve"}, {Kind: code.Version, Name: "github.com/uber/jaeger-client-go", Value: "v2", HasValue: true}}
	for _, name := range []string{"store.path", "store.limit", "store.cache-size", "cache.ttl", "cache.size"} {
		facts = append(facts, code.Fact{Kind: code.Flag, Name: name}, code.Fact{Kind: code.Variable, Name: "APP_" + name[:5] + "_X"})
	}
	words := claim.NewVocabulary()
	words.Add([]byte(`f.Bool(&c, prefix+"zone-aware.enabled", false); g("retries"); f(p+"enabled"); q("cache-")`))
	index := code.NewIndex(facts)
	for _, test := range []struct {
		kind code.Kind
		name string
		want claim.State
	}{
		{code.Flag, "store.zone-aware", claim.Unknown}, {code.Flag, "store.zone-aware.enabled", claim.Unknown}, {code.Flag, "store.zone-awful", claim.Gone}, {code.Flag, "store.path-enabled", claim.Gone}, {code.Flag, "cache-enabled", claim.Unknown},
		{code.Flag, "retries", claim.Unknown}, {code.Flag, "attempts", claim.Gone}, {code.Variable, "JAEGER_AGENT_HOST", claim.Unknown},
	} {
		claims := []claim.Claim{{Kind: test.kind, Name: test.name, Written: "--" + test.name, Command: "app", Place: claim.CodeBlock}}
		for _, known := range []string{"store.path", "store.limit", "cache.ttl", "cache.size"} {
			claims = append(claims, claim.Claim{Kind: code.Flag, Name: known, Written: "--" + known, Command: "app", Place: claim.CodeBlock})
		}
		v := claim.Judge(index, claims, claim.Options{Vocabulary: words, Module: "example.com/app", Programs: []string{"app"}})[0]
		if v.State != test.want {
			t.Errorf("%s is %s: %s", test.name, v.State, v.Reason)
		}
	}
}

func TestPagesAndLinksOfOtherThings(t *testing.T) {
	index := code.NewIndex([]code.Fact{{Kind: code.Flag, Name: "store.path"}, {Kind: code.Command, Name: "app"}})
	one := claim.Claim{Kind: code.Flag, Name: "store.path", Written: "--store.path", Place: claim.CodeSpan}
	linked := one
	linked.Source = "github.com/else/other"
	own := one
	own.Source = "github.com/Example/App"
	for _, test := range []struct {
		page string
		one  claim.Claim
		want claim.State
	}{
		{"docs/a.md", one, claim.Holds}, {"notes/app-1.2.3.md", one, claim.Unknown}, {"docs/v1.2.3.md", one, claim.Unknown}, {"docs/a.md", linked, claim.Unknown}, {"docs/a.md", own, claim.Holds},
	} {
		v := claim.NewProject(index, claim.Options{Module: "github.com/example/app/v2"}).Judge(claim.Page{Path: test.page}, []claim.Claim{test.one})[0]
		if v.State != test.want {
			t.Errorf("on %s with %q: %s: %s", test.page, test.one.Source, v.State, v.Reason)
		}
	}
}
