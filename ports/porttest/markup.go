package porttest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/markup"
)

// MarkupSample is a document whose headings and links are known.
type MarkupSample struct {
	// Name tells the format by its extension.
	Name string
	// Source is the document.
	Source string
	// Headings are what it shows as headings, in order.
	Headings []string
	// Targets are where its links lead, in order.
	Targets []string
	// FrontMatter is whether it has any.
	FrontMatter bool
}

// Markup proves the promises of a parser on the samples, one or more for every
// format, and on what is left of them after random damage.
func Markup(t *testing.T, parser markup.Parser, samples ...MarkupSample) {
	ctx := context.Background()
	for _, sample := range samples {
		t.Run(sample.Name, func(t *testing.T) {
			source := []byte(sample.Source)
			tree, err := parser.Parse(ctx, sample.Name, source)
			if err != nil {
				t.Fatal(err)
			}
			CheckTree(t, source, tree)
			checkSample(t, sample, tree)
			again, err := parser.Parse(ctx, sample.Name, source)
			if err != nil || !reflect.DeepEqual(tree, again) {
				t.Error("the same source gives another tree")
			}
			damage(t, parser, sample)
		})
		t.Run(sample.Name+" refusals", func(t *testing.T) { refusals(t, parser, sample.Name) })
	}
	t.Run("broken front matter leaves the text whole", func(t *testing.T) {
		source := []byte("---\ntitle: [never closed\n---\n# Title\n")
		tree, err := parser.Parse(ctx, "a.md", source)
		if err != nil {
			t.Fatal(err)
		}
		if len(tree.Problems) == 0 || len(tree.Headings()) != 1 || tree.FrontMatter != nil {
			t.Errorf("got problems %v, front matter %v, %d headings", tree.Problems, tree.FrontMatter, len(tree.Headings()))
		}
	})
	t.Run("an unknown name and content is plain text", func(t *testing.T) {
		tree, err := parser.Parse(ctx, "", []byte("just some words"))
		if err != nil || tree.Format != document.FormatPlain {
			t.Errorf("got %+v, %v", tree, err)
		}
	})
}

func checkSample(t *testing.T, sample MarkupSample, tree *document.Tree) {
	t.Helper()
	var headings, targets []string
	for _, b := range tree.Headings() {
		headings = append(headings, b.PlainText([]byte(sample.Source)))
	}
	for _, b := range tree.Links() {
		targets = append(targets, b.Target)
	}
	if !reflect.DeepEqual(headings, sample.Headings) {
		t.Errorf("headings: got %q, want %q", headings, sample.Headings)
	}
	if !reflect.DeepEqual(targets, sample.Targets) {
		t.Errorf("targets: got %q, want %q", targets, sample.Targets)
	}
	if (tree.FrontMatter != nil) != sample.FrontMatter {
		t.Errorf("front matter: got %v", tree.FrontMatter)
	}
}

// damage parses what is left of a sample after cuts, swaps and repetitions.
func damage(t *testing.T, parser markup.Parser, sample MarkupSample) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		runes := []rune(sample.Source)
		for range 1 + random.IntN(4) {
			if len(runes) < 2 {
				break
			}
			a, b := random.IntN(len(runes)), random.IntN(len(runes))
			from, to := min(a, b), max(a, b)
			switch random.IntN(3) {
			case 0:
				runes = append(runes[:from:from], runes[min(from+random.IntN(9), len(runes)):]...)
			case 1:
				runes[a], runes[b] = runes[b], runes[a]
			case 2:
				runes = append(runes[:to:to], runes[from:]...)
			}
		}
		source := []byte(string(runes))
		tree, err := parser.Parse(context.Background(), sample.Name, source)
		if err != nil {
			t.Fatalf("%q: %v", source, err)
		}
		CheckTree(t, source, tree)
		if t.Failed() {
			t.Fatalf("on %q", source)
		}
	}
}

func refusals(t *testing.T, parser markup.Parser, name string) {
	ctx := context.Background()
	for text, offset := range map[string]int{"one\ntwo \x00 three": 8, "one\n\xff": 4, "one\n\xe2\x82": 4} {
		_, err := parser.Parse(ctx, name, []byte(text))
		if !errors.Is(err, domain.Invalid) {
			t.Errorf("%q: got %v", text, err)
		} else if fault := domain.FaultOf(err); fault.Details["offset"] != offset || fault.Details["line"] != 2 {
			t.Errorf("%q: got details %v", text, fault.Details)
		}
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := parser.Parse(cancelled, name, []byte("text")); !errors.Is(err, domain.Timeout) {
		t.Errorf("a cancelled context gives %v", err)
	}
	for _, text := range []string{"", "\n", " ", "\ufeff", "\r\n\r\n", "\t"} {
		tree, err := parser.Parse(ctx, name, []byte(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		CheckTree(t, []byte(text), tree)
	}
}

// CheckTree proves that a tree keeps the promises about ranges: the root spans
// the source, children nest, follow each other and do not overlap, and so do the
// spans.
func CheckTree(t testing.TB, source []byte, tree *document.Tree) {
	t.Helper()
	root := tree.Root
	if root.Kind != document.KindDocument || root.Start != 0 || root.End != len(source) {
		t.Errorf("the root is %v [%d, %d) of %d bytes", root.Kind, root.Start, root.End, len(source))
	}
	root.Walk(func(b *document.Block) bool {
		if problem := misplaced(b); problem != "" {
			t.Errorf("%v [%d, %d): %s", b.Kind, b.Start, b.End, problem)
		}
		return true
	})
	for _, problem := range tree.Problems {
		if problem.Start < 0 || problem.Start > problem.End || problem.End > len(source) || problem.Message == "" {
			t.Errorf("a problem lies outside the source: %+v", problem)
		}
	}
	at := 0
	for _, s := range document.Spans(source, tree) {
		if s.Start < at || s.End <= s.Start || !s.Holds(source) {
			t.Errorf("the span [%d, %d) overlaps, is empty or does not hold", s.Start, s.End)
		}
		at = s.End
	}
	_ = root.PlainText(source)
	for _, anchor := range tree.Anchors(source) {
		if anchor.Name == "" || anchor.Block == nil {
			t.Errorf("an anchor without a name or block")
		}
	}
}

func misplaced(b *document.Block) string {
	at := b.Start
	if b.Start > b.End {
		return "it ends before it begins"
	}
	for _, child := range b.Children {
		if child.Start < at || child.End > b.End || child.End < child.Start {
			return fmt.Sprintf("its child %v [%d, %d) lies outside or overlaps", child.Kind, child.Start, child.End)
		}
		at = child.End
	}
	return ""
}
