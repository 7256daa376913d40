package query

import "strings"

// Stem returns the stem of a lower-cased English word, after M. F. Porter, "An
// algorithm for suffix stripping", Program 14(3), 1980. Words of fewer than three
// letters, and words that are not plain ASCII letters, are their own stems.
func Stem(word string) string {
	if len(word) < 3 || strings.ContainsFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return word
	}
	word = plural(word)
	word = participle(word)
	if body, ok := strings.CutSuffix(word, "y"); ok && hasVowel(body) {
		word = body + "i"
	}
	word = replaceSuffix(word, doubleSuffixes, 0)
	word = replaceSuffix(word, adjectiveSuffixes, 0)
	word = dropSuffix(word)
	return tidy(word)
}

// suffix is what a word may end with, and what then stands in its place.
type suffix struct{ from, to string }

// doubleSuffixes are those of step 2, longer before shorter. Never written.
var doubleSuffixes = []suffix{
	{"ational", "ate"}, {"ization", "ize"}, {"iveness", "ive"}, {"fulness", "ful"}, {"ousness", "ous"}, {"tional", "tion"},
	{"biliti", "ble"}, {"entli", "ent"}, {"ousli", "ous"}, {"ation", "ate"}, {"alism", "al"}, {"aliti", "al"}, {"iviti", "ive"},
	{"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"}, {"abli", "able"}, {"alli", "al"}, {"ator", "ate"}, {"eli", "e"},
}

// adjectiveSuffixes are those of step 3. Never written.
var adjectiveSuffixes = []suffix{
	{"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"}, {"ical", "ic"}, {"ness", ""}, {"ful", ""},
}

// lastSuffixes are those of step 4, longer before shorter. Never written.
var lastSuffixes = []string{
	"ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize",
	"al", "er", "ic", "ou",
}

// plural is step 1a.
func plural(w string) string {
	switch {
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ies"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return w[:len(w)-1]
	}
	return w
}

// participle is step 1b.
func participle(w string) string {
	if body, ok := strings.CutSuffix(w, "eed"); ok {
		if measure(body) > 0 {
			return body + "ee"
		}
		return w
	}
	for _, ending := range [...]string{"ed", "ing"} {
		body, ok := strings.CutSuffix(w, ending)
		if !ok || !hasVowel(body) {
			continue
		}
		switch {
		case strings.HasSuffix(body, "at"), strings.HasSuffix(body, "bl"), strings.HasSuffix(body, "iz"):
			return body + "e"
		case endsDouble(body) && !strings.ContainsRune("lsz", rune(body[len(body)-1])):
			return body[:len(body)-1]
		case measure(body) == 1 && endsShort(body):
			return body + "e"
		}
		return body
	}
	return w
}

func replaceSuffix(w string, table []suffix, above int) string {
	for _, s := range table {
		if body, ok := strings.CutSuffix(w, s.from); ok {
			if measure(body) > above {
				return body + s.to
			}
			return w
		}
	}
	return w
}

// dropSuffix is step 4.
func dropSuffix(w string) string {
	for _, ending := range lastSuffixes {
		body, ok := strings.CutSuffix(w, ending)
		if !ok {
			continue
		}
		if measure(body) > 1 && (ending != "ion" || strings.HasSuffix(body, "s") || strings.HasSuffix(body, "t")) {
			return body
		}
		return w
	}
	return w
}

// tidy is step 5.
func tidy(w string) string {
	if body, ok := strings.CutSuffix(w, "e"); ok {
		if m := measure(body); m > 1 || m == 1 && !endsShort(body) {
			w = body
		}
	}
	if strings.HasSuffix(w, "ll") && measure(w) > 1 {
		w = w[:len(w)-1]
	}
	return w
}

// measure counts the sequences of vowels that consonants follow.
func measure(w string) int {
	m, vowel := 0, false
	for i := range len(w) {
		now := isVowel(w, i)
		if vowel && !now {
			m++
		}
		vowel = now
	}
	return m
}

func hasVowel(w string) bool {
	for i := range len(w) {
		if isVowel(w, i) {
			return true
		}
	}
	return false
}

func isVowel(w string, i int) bool {
	switch w[i] {
	case 'a', 'e', 'i', 'o', 'u':
		return true
	case 'y':
		return i > 0 && !isVowel(w, i-1)
	}
	return false
}

func endsDouble(w string) bool {
	n := len(w)
	return n > 1 && w[n-1] == w[n-2] && !isVowel(w, n-1)
}

// endsShort reports whether w ends consonant, vowel, consonant, the last one not w,
// x or y.
func endsShort(w string) bool {
	n := len(w)
	return n > 2 && !isVowel(w, n-3) && isVowel(w, n-2) && !isVowel(w, n-1) && !strings.ContainsRune("wxy", rune(w[n-1]))
}
