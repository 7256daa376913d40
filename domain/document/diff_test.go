package document_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/document"
)

// apply plays an edit on a and must give b.
func apply(a string, edits []document.LineDiff) string {
	removed := map[int]bool{}
	added := map[int]string{}
	for _, e := range edits {
		if e.Added {
			added[e.Number] = e.Text
		} else {
			removed[e.Number] = true
		}
	}
	var kept []string
	for i, line := range strings.Split(a, "\n") {
		if !removed[i+1] {
			kept = append(kept, line)
		}
	}
	var out []string
	for n := 1; len(kept) > 0 || len(added) > 0; n++ {
		if text, ok := added[n]; ok {
			out = append(out, text)
			delete(added, n)
			continue
		}
		if len(kept) == 0 {
			break
		}
		out, kept = append(out, kept[0]), kept[1:]
	}
	return strings.Join(out, "\n")
}

func TestDiffLinesGivesAnEditThatTurnsOneTextIntoTheOther(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		lines := make([]string, 1+random.IntN(12))
		for i := range lines {
			lines[i] = string(rune('a' + random.IntN(4)))
		}
		return strings.Join(lines, "\n")
	}
	for range 2000 {
		a, b := text(), text()
		if got := apply(a, document.DiffLines(a, b)); got != b {
			t.Fatalf("the edit of\n%q to\n%q gives\n%q", a, b, got)
		}
	}
}

func TestDiffLinesOfTextsFarApartReplacesAll(t *testing.T) {
	a, b := strings.Repeat("a\n", 1500), strings.Repeat("b\n", 1500)
	if got := len(document.DiffLines(a, b)); got != 3000 {
		t.Fatalf("got %d edits, want 3000", got)
	}
}

func ExampleDiffLines() {
	for _, d := range document.DiffLines("one\ntwo\nthree\n", "one\n2\nthree\n") {
		fmt.Println(d.Added, d.Number, d.Text)
	}
	// Output:
	// false 2 two
	// true 2 2
}
