package porttest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/facts"
)

// FactsSample is a file of which some facts are known.
type FactsSample struct {
	// Path tells the language.
	Path string
	// Source is the file; it is a text of one line or more.
	Source string
	// Facts are among what it yields, as FactText spells them.
	Facts []string
	// Comment begins a comment that ends with its line; empty where there is none.
	Comment string
}

// FactText spells a fact as its kind and name, =value where it has one, and with a
// ~ in front when it is weak: "flag port=8080".
func FactText(f code.Fact) string {
	text := f.Kind.String() + " " + f.Name
	if f.HasValue {
		text += "=" + f.Value
	}
	if f.Weak {
		text = "~" + text
	}
	return text
}

// Facts proves the promises of an extractor on the samples, one or more for every
// language, and on what is left of them after random damage.
func Facts(t *testing.T, extractor facts.Extractor, samples ...FactsSample) {
	for _, sample := range samples {
		t.Run(sample.Path, func(t *testing.T) {
			t.Run("finds", func(t *testing.T) { findsFacts(t, extractor, sample) })
			t.Run("order", func(t *testing.T) { CheckFacts(t, sample.Path, sample.Source, mustExtract(t, extractor, sample)) })
			t.Run("repeats", func(t *testing.T) { repeatsFacts(t, extractor, sample) })
			t.Run("damage", func(t *testing.T) { damagedFacts(t, extractor, sample) })
			t.Run("refusals", func(t *testing.T) { refusesFacts(t, extractor, sample) })
			t.Run("generated", func(t *testing.T) { generatedFacts(t, extractor, sample) })
		})
	}
	t.Run("a name tells nothing", func(t *testing.T) {
		for _, path := range []string{"", "a", "a.bin", "dir/photo.png", "a.unknown"} {
			if extractor.Reads(path) {
				t.Errorf("%q is read", path)
			}
			if found, err := extractor.Extract(context.Background(), path, []byte("os.Getenv(\"A_B\")\n")); err != nil || len(found) > 0 {
				t.Errorf("%q yields %v, %v", path, found, err)
			}
		}
	})
}

func mustExtract(t *testing.T, extractor facts.Extractor, sample FactsSample) []code.Fact {
	t.Helper()
	found, err := extractor.Extract(context.Background(), sample.Path, []byte(sample.Source))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func findsFacts(t *testing.T, extractor facts.Extractor, sample FactsSample) {
	if !extractor.Reads(sample.Path) {
		t.Errorf("%s is not read", sample.Path)
	}
	var texts []string
	for _, f := range mustExtract(t, extractor, sample) {
		texts = append(texts, FactText(f))
	}
	for _, want := range sample.Facts {
		if !slices.Contains(texts, want) {
			t.Errorf("%q is missing in %q", want, texts)
		}
	}
}

// CheckFacts proves what holds for the facts of every file: lines ascend and lie
// within it, the path is the one given, a name and a known kind are there, none is
// the file itself, and what is weak has no value.
func CheckFacts(t testing.TB, path, source string, found []code.Fact) {
	t.Helper()
	lines, last := 1+strings.Count(source, "\n"), 1
	for _, f := range found {
		switch {
		case f.Path != path:
			t.Errorf("%s has the path %q", FactText(f), f.Path)
		case f.Line < last || f.Line > lines:
			t.Errorf("%s has line %d of %d, after line %d", FactText(f), f.Line, lines, last)
		case f.Name == "" || f.Kind.String() == "unknown" || f.Kind == code.File:
			t.Errorf("a fact of kind %v is named %q", f.Kind, f.Name)
		case f.Weak && f.HasValue || !f.HasValue && f.Value != "":
			t.Errorf("%s has the value %q", FactText(f), f.Value)
		}
		last = max(last, f.Line)
	}
}

func repeatsFacts(t *testing.T, extractor facts.Extractor, sample FactsSample) {
	want := mustExtract(t, extractor, sample)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			got, err := extractor.Extract(context.Background(), sample.Path, []byte(sample.Source))
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("the same file yields other facts: %v, %v", got, err)
			}
		})
	}
	group.Wait()
}

// damagedFacts reads what is left of a sample after cuts, swaps and repetitions.
func damagedFacts(t *testing.T, extractor facts.Extractor, sample FactsSample) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
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
		source := string(runes)
		found, err := extractor.Extract(context.Background(), sample.Path, []byte(source))
		if err != nil {
			t.Fatalf("%q: %v", source, err)
		}
		CheckFacts(t, sample.Path, source, found)
		if t.Failed() {
			t.Fatalf("on %q", source)
		}
	}
}

func refusesFacts(t *testing.T, extractor facts.Extractor, sample FactsSample) {
	for _, content := range []string{"a\x00b", "a\xffb", sample.Source + "\x00"} {
		if _, err := extractor.Extract(context.Background(), sample.Path, []byte(content)); !errors.Is(err, domain.Invalid) {
			t.Errorf("%.20q: got %v", content, err)
		}
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := extractor.Extract(cancelled, sample.Path, []byte(sample.Source)); !errors.Is(err, domain.Timeout) {
		t.Errorf("a cancelled context gives %v", err)
	}
	for _, text := range []string{"", "\n", " ", "\ufeff", "\r\n\r\n", "\t", strings.Repeat("(", 10_000), strings.Repeat("{[", 5_000), strings.Repeat("- ", 5_000)} {
		found, err := extractor.Extract(context.Background(), sample.Path, []byte(text))
		if err != nil {
			t.Errorf("%.20q: %v", text, err)
		}
		CheckFacts(t, sample.Path, text, found)
	}
}

func generatedFacts(t *testing.T, extractor facts.Extractor, sample FactsSample) {
	sources := map[string]string{"minified": strings.Repeat(strings.ReplaceAll(sample.Source, "\n", ";"), 1+8000/len(sample.Source))}
	if sample.Comment != "" {
		sources["generated"] = sample.Comment + " Code generated by a tool. DO NOT EDIT.\n\n" + sample.Source
	}
	few := len(mustExtract(t, extractor, sample)) / 2
	for what, source := range sources {
		found, err := extractor.Extract(context.Background(), sample.Path, []byte(source))
		if err != nil || len(found) > few {
			t.Errorf("what is %s yields %d facts, %v", what, len(found), err)
		}
	}
}

// PackageFacts proves the promises of an extractor that reads files together: want
// is among the facts of the files, as FactText spells them behind the path.
func PackageFacts(t *testing.T, extractor facts.PackageExtractor, files []facts.File, want ...string) {
	found, err := extractor.ExtractPackage(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	var texts, order []string
	perFile := map[string][]code.Fact{}
	for _, f := range found {
		texts = append(texts, fmt.Sprintf("%s: %s", f.Path, FactText(f)))
		if len(order) == 0 || order[len(order)-1] != f.Path {
			order = append(order, f.Path)
		}
		perFile[f.Path] = append(perFile[f.Path], f)
	}
	for _, w := range want {
		if !slices.Contains(texts, w) {
			t.Errorf("%q is missing in %q", w, texts)
		}
	}
	at := 0
	for _, f := range files {
		CheckFacts(t, f.Path, string(f.Content), perFile[f.Path])
		if at < len(order) && order[at] == f.Path {
			at++
		}
	}
	if at != len(order) {
		t.Errorf("the facts come in the order %v", order)
	}
	withBinary := append(slices.Clone(files), facts.File{Path: "binary" + files[0].Path, Content: []byte("\x00")}, facts.File{Path: "a.png", Content: []byte("x")})
	if again, err := extractor.ExtractPackage(context.Background(), withBinary); err != nil || !reflect.DeepEqual(again, found) {
		t.Errorf("what is no text changes the facts of others: %v", err)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := extractor.ExtractPackage(cancelled, files); !errors.Is(err, domain.Timeout) {
		t.Errorf("a cancelled context gives %v", err)
	}
}
