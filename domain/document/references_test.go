package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/document"
)

func spelled(found []document.Reference) string {
	var out []string
	for _, r := range found {
		text := r.ID + r.URL
		if r.Path != "" {
			text = "/" + r.Path
		}
		if !r.Certain {
			text += "?"
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

func TestReferencesOfText(t *testing.T) {
	for content, want := range map[string]string{
		"see doc:guide-1, doc:a/b.md and doc:guide-1.": "guide-1 a/b.md",
		"(doc:x) [doc:y]":                                "x y",
		"dock doc: doc:: mydoc:z":                        "",
		"ask @ann about #42":                             "ann? 42?",
		"mail ann@example.org; C# &#39;":                 "",
		"at https://example.org/a_(b)?q=1#f, and so on.": "https://example.org/a_(b)?q=1#f",
		"(http://a.example/x). https://b.example":        "http://a.example/x https://b.example",
		"https:// ftp://a.example":                       "",
		"https://a.example/#top is no #id":               "https://a.example/#top id?",
		"doc:ünï":                                        "ünï",
	} {
		if got := spelled(document.ReadReferences(document.State{Content: content}, nil)); got != want {
			t.Errorf("%q: got %q, want %q", content, got, want)
		}
	}
}

func TestReferencesOfLinks(t *testing.T) {
	for target, want := range map[string]string{
		"../api.md#top":         "/docs/api.md",
		"b.md":                  "/docs/guide/b.md",
		"./b%20c.md":            "/docs/guide/b c.md",
		"/root.md":              "/root.md",
		"../../..":              "",
		"../../../x.md":         "",
		"#anchor":               "",
		"":                      "",
		"mailto:ann@a.example":  "",
		"doc:some%20id":         "some id",
		"doc:":                  "",
		"//cdn.example/x":       "",
		"https://a.example/b)c": "https://a.example/b)c",
		"http://":               "",
		"%zz":                   "",
	} {
		tree := &document.Tree{Root: &document.Block{Children: []*document.Block{
			{Kind: document.KindParagraph, Children: []*document.Block{{Kind: document.KindStrong, Children: []*document.Block{{Kind: document.KindLink, Target: target}}}}},
		}}}
		d := document.State{Metadata: document.Metadata{"path": "docs/guide/a.md"}}
		if got := spelled(document.ReadReferences(d, tree)); got != want {
			t.Errorf("%q: got %q, want %q", target, got, want)
		}
	}
}

func TestReferencesAreNotReadInCode(t *testing.T) {
	content := "doc:a doc:b doc:c"
	text := func(start int) []*document.Block {
		return []*document.Block{{Kind: document.KindText, Start: start, End: start + 5}}
	}
	tree := &document.Tree{Root: &document.Block{Children: []*document.Block{
		{Kind: document.KindCode, Children: text(0)},
		{Kind: document.KindParagraph, Children: []*document.Block{{Kind: document.KindCodeSpan, Children: text(6)}, {Kind: document.KindEmphasis, Children: text(12)}}},
	}}}
	if got := spelled(document.ReadReferences(document.State{Content: content}, tree)); got != "c" {
		t.Errorf("got %q", got)
	}
}

func TestReferencesAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range document.MaxReferences + 10 {
		fmt.Fprintf(&b, "doc:d%d ", i)
	}
	if got := len(document.ReadReferences(document.State{Content: b.String()}, nil)); got != document.MaxReferences {
		t.Errorf("got %d", got)
	}
}

func FuzzReadReferences(f *testing.F) {
	for _, seed := range []string{"doc:a", "[x](../y.md)", "https://a.example/(b", "@a #b", "doc:\xff"} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, content, target string) {
		tree := &document.Tree{Root: &document.Block{End: len(content), Children: []*document.Block{
			{Kind: document.KindText, End: len(content)}, {Kind: document.KindLink, Target: target},
		}}}
		for _, d := range []*document.Tree{nil, tree} {
			for _, r := range document.ReadReferences(document.State{Content: content, Metadata: document.Metadata{"path": target}}, d) {
				if ends := len(r.ID) + len(r.Path) + len(r.URL); ends == 0 || strings.HasPrefix(r.Path, "../") {
					t.Errorf("%+v", r)
				}
			}
		}
	})
}

func ExampleReadReferences() {
	d := document.State{Content: "As doc:guide says, see https://example.org/faq."}
	for _, r := range document.ReadReferences(d, nil) {
		kind, strength := r.Relation()
		fmt.Println(kind, strength, r.ID+r.URL)
	}
	// Output:
	// external_reference 0.6 https://example.org/faq
	// references 0.8 guide
}
