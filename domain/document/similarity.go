package document

import (
	"cmp"
	"slices"
	"strings"
)

// shingleWords is how many words in a row make a shingle.
const shingleWords = 3

// Shingles returns the distinct runs of three words of a text, lower-cased; a
// text of fewer words is one shingle.
func Shingles(text string) map[string]struct{} {
	words := Words(text)
	set := make(map[string]struct{}, len(words))
	for i := range max(1, len(words)-shingleWords+1) {
		if run := words[i:min(i+shingleWords, len(words))]; len(run) > 0 {
			set[strings.Join(run, " ")] = struct{}{}
		}
	}
	return set
}

// Jaccard returns the size of the intersection over that of the union, 0 to 1;
// two empty sets are 0.
func Jaccard(a, b map[string]struct{}) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	both := 0
	for s := range a {
		if _, ok := b[s]; ok {
			both++
		}
	}
	if all := len(a) + len(b) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}

// salientWords is how many words a SalientQuery holds at most.
const salientWords = 24

// SalientQuery returns a query for the words that say most about a text: the
// longest of its frequent words. Words of fewer than four letters carry little
// meaning in prose and are left out.
func SalientQuery(text string) Query {
	counts := make(map[string]int)
	for _, word := range Words(text) {
		if len(word) >= 4 {
			counts[word]++
		}
	}
	words := make([]string, 0, len(counts))
	for word := range counts {
		words = append(words, word)
	}
	weight := func(word string) int { return min(counts[word], 5) * min(len(word), 12) }
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(weight(b), weight(a)), strings.Compare(a, b))
	})
	var q Query
	for _, word := range words[:min(len(words), salientWords)] {
		q.Clauses = append(q.Clauses, Clause{Words: []string{word}})
	}
	return q
}
