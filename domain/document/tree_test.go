package document_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/document"
)

const treeSource = "# A\n\nx *y*\nz\n\n# A\n\n|b|c|\n"

// handmade is the tree of treeSource.
func handmade() *document.Tree {
	text := func(start, end int) *document.Block {
		return &document.Block{Kind: document.KindText, Start: start, End: end}
	}
	return &document.Tree{Format: document.FormatMarkdown, Root: &document.Block{End: len(treeSource), Children: []*document.Block{
		{Kind: document.KindHeading, Level: 1, Start: 0, End: 3, Children: []*document.Block{text(2, 3)}},
		{Kind: document.KindParagraph, Start: 5, End: 12, Children: []*document.Block{
			text(5, 7), {Kind: document.KindEmphasis, Start: 7, End: 10, Children: []*document.Block{text(8, 9)}}, text(11, 12),
		}},
		{Kind: document.KindHeading, Level: 1, Start: 14, End: 17, Children: []*document.Block{text(16, 17)}},
		{Kind: document.KindTable, Start: 19, End: 24, Children: []*document.Block{
			{Kind: document.KindRow, Start: 19, End: 24, Children: []*document.Block{
				{Kind: document.KindCell, Start: 20, End: 21, Children: []*document.Block{text(20, 21)}},
				{Kind: document.KindCell, Start: 22, End: 23, Children: []*document.Block{text(22, 23)}},
			}},
		}},
	}}}
}

func TestPlainText(t *testing.T) {
	if got, want := handmade().Root.PlainText([]byte(treeSource)), "A\nx y\nz\nA\nb\tc"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	decoded := &document.Block{Kind: document.KindParagraph, End: 5, Children: []*document.Block{{Kind: document.KindText, End: 5, Text: "&"}}}
	if got := decoded.PlainText([]byte("&amp;")); got != "&" {
		t.Errorf("got %q", got)
	}
}

func TestSpansAreTheLeafBlocks(t *testing.T) {
	var got []string
	for _, s := range document.Spans([]byte(treeSource), handmade()) {
		got = append(got, treeSource[s.Start:s.End])
		if !s.Holds([]byte(treeSource)) {
			t.Errorf("%+v does not hold", s)
		}
	}
	if want := []string{"# A", "x *y*\nz", "# A", "|b|c|"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAt(t *testing.T) {
	for offset, want := range map[int]string{
		8: "document paragraph emphasis text", 7: "document paragraph emphasis", 0: "document heading", 4: "document",
		22: "document table row cell text", -1: "", len(treeSource): "",
	} {
		var kinds []string
		for _, b := range handmade().At(offset) {
			kinds = append(kinds, b.Kind.String())
		}
		if got := strings.Join(kinds, " "); got != want {
			t.Errorf("%d: got %q, want %q", offset, got, want)
		}
	}
}

func TestAnchors(t *testing.T) {
	for _, c := range []struct {
		format, headings string
		want             []string
	}{
		{document.FormatMarkdown, "Foo Bar!|foo bar|Foo-Bar-1|foo bar|Über_uns & so|v3.5|日本", []string{"foo-bar", "foo-bar-1", "foo-bar-1-1", "foo-bar-2", "über_uns--so", "v35", "日本"}},
		{document.FormatRST, "Foo  Bar!|A & B", []string{"foo-bar", "a-b"}},
		{document.FormatAsciiDoc, "Foo Bar|foo bar", []string{"_foo_bar", "_foo_bar_2"}},
		{document.FormatHTML, "Foo", nil},
	} {
		root := &document.Block{End: len(c.headings)}
		at := 0
		for _, heading := range strings.Split(c.headings, "|") {
			b := &document.Block{Kind: document.KindHeading, Start: at, End: at + len(heading)}
			b.Children = []*document.Block{{Kind: document.KindText, Start: b.Start, End: b.End}}
			root.Children = append(root.Children, b)
			at = b.End + 1
		}
		var got []string
		for _, anchor := range (&document.Tree{Format: c.format, Root: root}).Anchors([]byte(c.headings)) {
			got = append(got, anchor.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.format, got, c.want)
		}
	}
}

func TestExplicitAnchors(t *testing.T) {
	tree := &document.Tree{Format: document.FormatHTML, Root: &document.Block{Children: []*document.Block{
		{Kind: document.KindHeading, Label: "h"}, {Kind: document.KindAnchor, Label: "a"}, {Kind: document.KindInlineHTML, Label: "i"},
		{Kind: document.KindDefinition, Label: "no"}, {Kind: document.KindInlineHTML},
	}}}
	var got []string
	for _, anchor := range tree.Anchors(nil) {
		got = append(got, anchor.Name)
	}
	if !slices.Equal(got, []string{"h", "a", "i"}) {
		t.Errorf("got %q", got)
	}
}

func TestEveryKindHasAName(t *testing.T) {
	for kind := document.KindDocument; kind <= document.KindAnchor; kind++ {
		if kind.String() == "" || kind.String() == "unknown kind" {
			t.Errorf("%d has none", kind)
		}
	}
	if document.Kind(200).String() != "unknown kind" || document.Kind(200).Inline() || document.KindHeading.Inline() || !document.KindLink.Inline() {
		t.Error("a kind is not what it is")
	}
}

func ExampleSlug() {
	fmt.Println(document.Slug("What's new in v3.5?"))
	// Output: whats-new-in-v35
}

func ExampleTree_Anchors() {
	for _, anchor := range handmade().Anchors([]byte(treeSource)) {
		fmt.Println("#" + anchor.Name)
	}
	// Output:
	// #a
	// #a-1
}

func ExampleSpans() {
	for _, s := range document.Spans([]byte(treeSource), handmade()) {
		fmt.Printf("%d-%d %q\n", s.Start, s.End, treeSource[s.Start:s.End])
	}
	// Output:
	// 0-3 "# A"
	// 5-12 "x *y*\nz"
	// 14-17 "# A"
	// 19-24 "|b|c|"
}
