package claim_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/domain/document"
)

func names(claims []claim.Claim, kind code.Kind) []string {
	var all []string
	for _, c := range claims {
		if c.Kind == kind {
			all = append(all, c.Name)
		}
	}
	return all
}

func TestMessagesAreClaims(t *testing.T) {
	for _, test := range []struct {
		name string
		tree func(content string) *document.Tree
		text string
		want []string
	}{
		{"after the word error", paragraph, "It fails with the error `cannot open the database file` then.", []string{"cannot open the database file"}},
		{"no announcement", paragraph, "Run `store check all pages` now.", nil},
		{"two words", paragraph, "The message is `not found` here.", nil},
		{"a command that fails", paragraph, "An error comes from `tool run --all=x now` then.", nil},
		{"a structured log", func(c string) *document.Tree { return codeBlock("console", c) }, `ts=1 level=error caller=x msg="cannot read the block" err=y`, []string{"cannot read the block"}},
		{"a plain log", func(c string) *document.Tree { return codeBlock("", c) }, "2024-01-01 ERROR: the lease was lost here\nall is well with us", []string{"the lease was lost here"}},
		{"a program that fails", func(c string) *document.Tree { return codeBlock("text", c) }, "tool: error: no such index here", []string{"no such index here"}},
		{"code", func(c string) *document.Tree { return codeBlock("go", c) }, `log.Print("ERROR: the lease was lost here")`, nil},
	} {
		if got := names(claim.Extract([]byte(test.text), test.tree(test.text)), code.Message); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestMessagesAreHeldAgainstTheCode(t *testing.T) {
	index := code.NewIndex([]code.Fact{
		{Kind: code.Message, Name: "cannot open database %q: %w"}, {Kind: code.Message, Name: "no more than {count} replicas may serve"},
		{Kind: code.Message, Name: "the lease of this node was lost before the write was done"}, {Kind: code.Message, Name: "%s: %v"},
	})
	for text, want := range map[string]claim.State{
		`cannot open database "pages": file is locked`:                claim.Holds,
		"start: cannot open database pages: file is locked":           claim.Holds,
		"No more than 3 replicas may serve":                           claim.Holds,
		"this node was lost":                                          claim.Holds,
		"something else altogether is said":                           claim.Unknown,
		"the lease of this node was lost before the read was done":    claim.Renamed,
		"a lease was found by another node and nothing could be done": claim.Unknown,
	} {
		v := claim.Judge(index, []claim.Claim{{Kind: code.Message, Name: text, Written: text, Place: claim.CodeSpan}}, claim.Options{})[0]
		if v.State != want {
			t.Errorf("%q is %s: %s", text, v.State, v.Reason)
		}
	}
}

func TestKeysOfJSON(t *testing.T) {
	text := "{\n  // comments are taken\n  \"storage\": {\"path\": \"/var\", \"limits\": [{\"max-size\": 1}]},\n  \"a b\": 1, \"log\": \"x: \\\"y\\\": 1\", ...\n}"
	got := names(claim.Extract([]byte(text), codeBlock("json", text)), code.Key)
	if want := []string{"storage", "storage.path", "storage.limits", "storage.limits.max-size", "log"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	other := `{"scripts": {"build": "x"}}`
	for _, c := range claim.Extract([]byte(other), codeBlock("json", other)) {
		if c.Reason == "" {
			t.Errorf("%s is taken for a key of the project", c.Name)
		}
	}
}

func TestBlocksThatAreNoConfigurationOfTheProject(t *testing.T) {
	index := code.NewIndex([]code.Fact{{Kind: code.Key, Name: "storage.path"}, {Kind: code.Key, Name: "storage.limit"}, {Kind: code.Key, Name: "name", Path: "testdata/a.yaml"}})
	for _, test := range []struct {
		language, text string
		want           claim.State
	}{
		{"json", `{"storage": {"path": "x", "limit": 1}}`, claim.Holds}, {"json", `{"storage": {"path": "x"}, "user": 1}`, claim.Unknown},
		{"yaml", "storage:\n  path: x\n", claim.Holds}, {"yaml", "person:\n  name: x\n", claim.Unknown}, {"toml", "[storage]\npath = 1\n", claim.Holds},
	} {
		for _, v := range claim.Judge(index, claim.Extract([]byte(test.text), codeBlock(test.language, test.text)), claim.Options{}) {
			if strings.Count(v.Claim.Name, ".") == 1 && v.State != test.want {
				t.Errorf("%s of %s is %s: %s", v.Claim.Name, test.text, v.State, v.Reason)
			}
		}
	}
}

func FuzzJSONKeys(f *testing.F) {
	for _, seed := range []string{`{"a": {"b": 1}}`, `{"a`, `"\`, `]}{[`, `{"a": "b" // c`, "{\"a\"\n:1}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if text == "" {
			return
		}
		for _, c := range claim.Extract([]byte(text), codeBlock("json", text)) {
			if c.Start < 0 || c.End > len(text) || c.Start >= c.End || text[c.Start:c.End] != c.Written {
				t.Errorf("%+v is no range of %q", c, text)
			}
		}
	})
}
