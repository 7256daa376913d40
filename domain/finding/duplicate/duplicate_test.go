package duplicate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/markdown"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/duplicate"
)

func document(t testing.TB, path, edition, source string) duplicate.Document {
	t.Helper()
	catalogue, err := finding.NewCatalogue(duplicate.Rules())
	if err != nil {
		t.Fatal(err)
	}
	content := []byte(source)
	page := finding.NewPage(path, content, markdown.New().Parse(content), finding.Config{}.Choose(catalogue, path), &finding.Disables{})
	return duplicate.Document{Report: page.Report, Sketch: duplicate.Of(page), Edition: edition}
}

// words are n words of a text; the seed tells one text from another.
func words(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 1))
	text := make([]string, n)
	for i := range text {
		text[i] = fmt.Sprintf("w%d", r.IntN(5000))
	}
	return text
}

// changed replaces some words, far enough from each other that each breaks
// five shingles.
func changed(text []string, times int) []string {
	other := append([]string(nil), text...)
	for i := range times {
		other[10+i*len(text)/(times+1)] = fmt.Sprintf("changed%d", i)
	}
	return other
}

func join(text []string) string { return strings.Join(text, " ") + ".\n" }

// jaccard is the similarity of the five-word shingles, by the book.
func jaccard(a, b []string) float64 {
	set := func(text []string) map[string]bool {
		shingles := make(map[string]bool)
		for i := range len(text) - 4 {
			shingles[strings.Join(text[i:i+5], " ")] = true
		}
		return shingles
	}
	x, y, both := set(a), set(b), 0
	for s := range x {
		if y[s] {
			both++
		}
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

func TestSimilarityIsJaccards(t *testing.T) {
	base := words(1, 600)
	for _, times := range []int{0, 1, 5, 20} {
		other := changed(base, times)
		got := document(t, "a", "", join(base)).Sketch.Similarity(document(t, "b", "", join(other)).Sketch)
		if want := jaccard(base, other); math.Abs(got-want) > 1e-6 {
			t.Errorf("%d words changed: got %.4f, want %.4f", times, got, want)
		}
	}
}

func TestCheck(t *testing.T) {
	base := words(1, 600)
	documents := []duplicate.Document{
		document(t, "a.md", "", join(base)),
		document(t, "b.md", "", "---\ntitle: Other\n---\n# "+join(changed(base, 3))),
		document(t, "c.md", "", join(changed(base, 60))),
		document(t, "d.md", "", join(words(2, 600))),
		document(t, "short.md", "", "Hello there.\n"),
		document(t, "short2.md", "", "Hello there.\n"),
		document(t, "v1/e.md", "v1", join(words(3, 600))),
		document(t, "v2/e.md", "v2", join(words(3, 600))),
		document(t, "v2/f.md", "v2", join(words(3, 600))),
	}
	duplicate.Check(documents)
	var got []string
	for _, d := range documents {
		for _, f := range d.Report.Take() {
			got = append(got, f.Path+" "+f.Message)
		}
	}
	want := []string{"b.md The document is 95 % the same as a.md.", "v2/f.md The document is 100 % the same as v2/e.md."}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Of many pairs at and above the threshold nearly all are found, and none below.
func TestRecallAndPrecision(t *testing.T) {
	found, alike := 0, 0
	for seed := range uint64(60) {
		base := words(seed, 400)
		other := changed(base, int(seed%8))
		pair := []duplicate.Document{document(t, "a.md", "", join(base)), document(t, "b.md", "", join(other))}
		duplicate.Check(pair)
		reported := len(pair[1].Report.Take()) == 1
		if reported != (jaccard(base, other) >= duplicate.Threshold) && reported {
			t.Errorf("a pair of similarity %.3f is reported", jaccard(base, other))
		}
		if jaccard(base, other) >= duplicate.Threshold {
			alike++
			if reported {
				found++
			}
		}
	}
	if alike < 20 || float64(found) < 0.95*float64(alike) {
		t.Errorf("of %d pairs %d were found", alike, found)
	}
}

func ExampleSketch_Similarity() {
	sketch := func(source string) duplicate.Sketch {
		rules, _ := finding.NewCatalogue(duplicate.Rules())
		content := []byte(source)
		return duplicate.Of(finding.NewPage("a.md", content, markdown.New().Parse(content), finding.Config{}.Choose(rules, "a.md"), &finding.Disables{}))
	}
	text := strings.Join(words(1, 100), " ")
	fmt.Printf("%.2f %.2f\n", sketch(text).Similarity(sketch(text)), sketch(text).Similarity(sketch(text+" and more")))
	// Output: 1.00 0.98
}
