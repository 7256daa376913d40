package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/document"
)

func ExampleJaccard() {
	a := document.Shingles("the grey heron waits for fish")
	b := document.Shingles("the grey heron waits for prey")
	fmt.Println(document.Jaccard(a, b))
	// Output: 0.6
}

func TestShingles(t *testing.T) {
	for text, want := range map[string]int{"": 0, "one": 1, "one two": 1, "one two three": 1, "One, two: THREE four": 2, "a a a a a": 1} {
		if got := len(document.Shingles(text)); got != want {
			t.Errorf("%q: %d shingles, want %d", text, got, want)
		}
	}
}

func TestJaccard(t *testing.T) {
	one, two, none := document.Shingles("a b c d"), document.Shingles("b c d e f g"), document.Shingles("")
	if got := document.Jaccard(one, one); got != 1 {
		t.Errorf("with itself: %v", got)
	}
	if got := document.Jaccard(one, two); got != 0.2 || got != document.Jaccard(two, one) {
		t.Errorf("got %v and %v", got, document.Jaccard(two, one))
	}
	if document.Jaccard(none, none) != 0 || document.Jaccard(one, none) != 0 {
		t.Error("nothing is like something")
	}
}

func TestSalientQuery(t *testing.T) {
	q := document.SalientQuery("the heron the heron the heron reads configuration of a db in it")
	var words []string
	for _, c := range q.Clauses {
		words = append(words, c.Words...)
	}
	if got := strings.Join(words, " "); got != "heron configuration reads" {
		t.Errorf("got %q", got)
	}
	var many []string
	for i := range 100 {
		many = append(many, fmt.Sprintf("word%d", i))
	}
	if n := len(document.SalientQuery(strings.Join(many, " ")).Clauses); n != 24 {
		t.Errorf("%d clauses", n)
	}
	if q := document.SalientQuery("a b c"); len(q.Clauses) != 0 {
		t.Errorf("got %+v", q)
	}
}
