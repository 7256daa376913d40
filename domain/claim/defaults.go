package claim

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"sort"
	"strings"
)

var (
	statedDefault = regexp.MustCompile("(?i)\\bdefault(?:s|ing)?(?: value)?(?: to| is|:| of|=)?:? *(?:`+([^`\\n]+)`+|\"([^\"\\n]+)\"|([^\\s`\"*_()\\[\\],;]+))")
	inParentheses = regexp.MustCompile("(?i)[(\\[][^()\\[\\]]{0,20}$")
)

// defaults gives claims since before the default that their sentence, or the one
// that follows at once, states of them. A sentence about several names states it of
// none but the nearest before it, and only when it says it in code.
func (r *reader) defaults(before int, sentences []sentence) {
	order(r.claims[before:])
	for k, s := range sentences {
		text := r.content[s.start:s.end]
		m := statedDefault.FindSubmatchIndex(text)
		if m == nil || bytes.HasSuffix(bytes.ToLower(text[:m[0]]), []byte("will ")) {
			continue
		}
		if c := r.adjacent(before, s.start, s.start+m[0]); c != nil {
			if value, ok := defaultIn(text, m); ok && !c.HasValue {
				c.Value, c.HasValue = value, true
			}
			continue
		}
		from := s.start
		if k > 0 && len(r.valued(before, s.start, s.start+m[0])) == 0 {
			from = sentences[max(0, k-2)].start
		}
		if len(r.valued(before, from, s.end)) != 1 {
			continue
		}
		value, ok := defaultIn(text, m)
		if !ok {
			continue
		}
		if c := r.valued(before, from, s.start+m[0]); len(c) == 1 && !c[0].HasValue {
			c[0].Value, c[0].HasValue = value, true
		}
	}
}

// defaultIn is the value that a match of statedDefault found. A bare word counts
// only where the words around leave no doubt: in parentheses or after a colon.
func defaultIn(text []byte, m []int) (string, bool) {
	switch {
	case m[2] >= 0:
		return string(text[m[2]:m[3]]), true
	case m[4] >= 0:
		return string(text[m[4]:m[5]]), true
	}
	phrase := string(text[m[0]:m[6]])
	bare := strings.TrimRight(string(text[m[6]:m[7]]), ".")
	if !strings.ContainsAny(phrase, ":=") && !inParentheses.Match(text[:m[0]]) && !strings.HasSuffix(strings.TrimSpace(phrase), "to") {
		return "", false
	}
	return bare, strings.ContainsAny(bare, "0123456789") || bare == "true" || bare == "false"
}

// valued returns the first two claims within a range that can have a default. The
// claims since before are in order.
func (r *reader) valued(before, start, end int) []*Claim {
	all := r.claims[before:]
	var found []*Claim
	for i := sort.Search(len(all), func(i int) bool { return all[i].Start >= start }); i < len(all) && all[i].Start < end && len(found) < 2; i++ {
		if c := &all[i]; valuedKind(c.Kind) && c.End <= end {
			found = append(found, c)
		}
	}
	return found
}

// adjacent returns the claim right before an offset, with nothing but marks and an
// opening parenthesis between; nil when there is none.
func (r *reader) adjacent(before, start, end int) *Claim {
	all := r.claims[before:]
	i := sort.Search(len(all), func(i int) bool { return all[i].Start >= end }) - 1
	if i < 0 || all[i].Start < start || !valuedKind(all[i].Kind) || all[i].End > end || end-all[i].End > 8 {
		return nil
	}
	if between := r.content[all[i].End:end]; len(bytes.Trim(between, "`*_ ([")) > 0 || !bytes.ContainsAny(between, "([") {
		return nil
	}
	return &all[i]
}

// order sorts claims by place.
func order(claims []Claim) {
	slices.SortStableFunc(claims, func(a, b Claim) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Kind, b.Kind))
	})
}
