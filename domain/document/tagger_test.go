package document_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

func tagged(content string, metadata document.Metadata) string {
	var names []string
	for _, tag := range document.TagsOf(document.State{Content: content, Metadata: metadata}, nil, time.Time{}) {
		names = append(names, fmt.Sprintf("%s:%s:%.1f", tag.Category, tag.Name, tag.Confidence))
	}
	return strings.Join(names, " ")
}

func TestTagsOfText(t *testing.T) {
	for content, want := range map[string]string{
		"We use Python here.":           "language:python:0.9",
		"pythonic snakes":               "",
		"Modern c++ and C++17":          "language:c++:0.9",
		"C++17 alone":                   "language:c++:0.9",
		"in C# we trust":                "language:c#:0.9",
		"JavaScript, not java":          "language:java:0.9 language:javascript:0.9",
		"Django (and flask) apps":       "framework:django:0.8 framework:flask:0.8",
		"let it go, see plan c":         "",
		"Go to section C for R values.": "",
		"vitamin C and the letter R":    "",
		"Go, code of honour":            "",
		"the Go compiler":               "language:go:0.9",
		"it is written in C.":           "language:c:0.9",
		"the language R":                "language:r:0.9",
		"see main.go and lib.c":         "language:c:0.9 language:go:0.9",
		"plot.R draws":                  "language:r:0.9",
		"www.r.us":                      "",
		"golang rules":                  "language:go:0.9",
		"":                              "",
	} {
		if got := tagged(content, nil); got != want {
			t.Errorf("%q: got %q, want %q", content, got, want)
		}
	}
}

func TestTagsOfMetadata(t *testing.T) {
	got := tagged("python", document.Metadata{"type": " README ", "source_type": "Git", "language": "Go"})
	if want := "content:readme:1.0 language:go:1.0 language:python:0.9 source:git:1.0"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := tagged("x", document.Metadata{"type": 7, "source_type": "", "language": "en"}); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestTagsOfCodeBlocks(t *testing.T) {
	tree := &document.Tree{Root: &document.Block{Children: []*document.Block{
		{Kind: document.KindCode, Language: "c"}, {Kind: document.KindCode, Language: "rs"}, {Kind: document.KindCode, Language: "mermaid"}, {Kind: document.KindCode},
	}}}
	var names []string
	for _, tag := range document.TagsOf(document.State{}, tree, time.Time{}) {
		names = append(names, tag.Name)
	}
	if got := strings.Join(names, " "); got != "c rust" {
		t.Errorf("got %q", got)
	}
}

func TestNewTag(t *testing.T) {
	tag, err := document.NewTag(" Python ", document.CategoryLanguage, 0, time.Unix(0, 0))
	if err != nil || tag.Name != "python" || !tag.Manual {
		t.Errorf("%+v, %v", tag, err)
	}
	for _, bad := range []struct {
		name       string
		category   document.Category
		confidence float64
	}{{"", "content", 1}, {strings.Repeat("é", 101), "content", 1}, {"a", "other", 1}, {"a", "content", 1.1}, {"a", "content", -1}} {
		if _, err := document.NewTag(bad.name, bad.category, bad.confidence, time.Time{}); !errors.Is(err, domain.Invalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

func TestTaxonomy(t *testing.T) {
	stored := []document.TaxonomyNode{
		{Tag: "go", Category: "language", Parent: "compiled", Synonyms: []string{"golang"}},
		{Tag: "compiled", Category: "language"}, {Tag: "git", Category: "source"}, {Tag: "c", Category: "language", Parent: "compiled"},
	}
	tree := document.NewTaxonomy(stored)
	var order []string
	tree.Each(func(n document.TaxonomyNode, depth int) { order = append(order, strings.Repeat(">", depth)+n.Tag) })
	if got := strings.Join(order, " "); got != "compiled >c >go git" {
		t.Errorf("got %q", got)
	}
	if tree.Canonical("golang") != "go" || tree.Canonical("go") != "go" || tree.Canonical("other") != "other" {
		t.Error("names are not what they stand for")
	}
	for name, c := range map[string]struct {
		node document.TaxonomyNode
		kind error
	}{
		"good":                  {document.TaxonomyNode{Tag: " Rust ", Category: "language", Parent: "Compiled", Synonyms: []string{"RS", "rs"}}, nil},
		"taken":                 {document.TaxonomyNode{Tag: "GO", Category: "language"}, domain.Conflict},
		"taken by a synonym":    {document.TaxonomyNode{Tag: "golang", Category: "language"}, domain.Conflict},
		"a synonym is taken":    {document.TaxonomyNode{Tag: "x", Category: "language", Synonyms: []string{"git"}}, domain.Conflict},
		"parent unknown":        {document.TaxonomyNode{Tag: "x", Category: "language", Parent: "y"}, domain.Invalid},
		"parent elsewhere":      {document.TaxonomyNode{Tag: "x", Category: "language", Parent: "git"}, domain.Invalid},
		"no category":           {document.TaxonomyNode{Tag: "x"}, domain.Invalid},
		"no tag":                {document.TaxonomyNode{Category: "source"}, domain.Invalid},
		"synonym of itself":     {document.TaxonomyNode{Tag: "x", Category: "source", Synonyms: []string{"X"}}, domain.Invalid},
		"a synonym that is nil": {document.TaxonomyNode{Tag: "x", Category: "source", Synonyms: []string{" "}}, domain.Invalid},
	} {
		n, err := tree.Admit(c.node, time.Unix(5, 0))
		if c.kind == nil {
			if err != nil || n.Tag != "rust" || n.Parent != "compiled" || strings.Join(n.Synonyms, " ") != "rs" {
				t.Errorf("%s: %+v, %v", name, n, err)
			}
		} else if !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzTagsOf(f *testing.F) {
	for _, seed := range []string{"c++ main.go", "written in C", "the Go compiler\xff", "..c#++", "Ⅷ.r"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		for _, tag := range document.TagsOf(document.State{Content: content}, nil, time.Time{}) {
			if !utf8.ValidString(tag.Name) || tag.Confidence < 0.8 || tag.Confidence > 0.9 {
				t.Errorf("%+v", tag)
			}
		}
	})
}

func BenchmarkTagsOf(b *testing.B) {
	content := strings.Repeat("The service is written in Go, and its client in Python uses FastAPI. ", 1000)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		document.TagsOf(document.State{Content: content}, nil, time.Time{})
	}
}

func ExampleTagsOf() {
	d := document.State{Content: "The server is written in Go; go and see its C++ client.", Metadata: document.Metadata{"type": "guide"}}
	for _, tag := range document.TagsOf(d, nil, time.Time{}) {
		fmt.Println(tag.Category, tag.Name, tag.Confidence)
	}
	// Output:
	// content guide 1
	// language c++ 0.9
	// language go 0.9
}
