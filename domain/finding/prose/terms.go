package prose

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/finding"
)

// Spellings maps a term without its capitals and hyphens to the spellings of it
// that one document uses.
type Spellings map[string]map[string]Uses

// Uses is how often a spelling is used, and where first.
type Uses struct {
	Count int
	First finding.Place
}

// read counts words that carry a capital or a hyphen inside, such as GitHub and
// e-mail: those are the ones whose spelling is a choice.
func (s Spellings) read(p *finding.Page, base int, source string) {
	for _, m := range proper.FindAllStringIndex(source, -1) {
		term := source[m[0]:m[1]]
		if len(term) < 4 || m[0] > 0 && strings.ContainsRune("./_-@#$\\=:", rune(source[m[0]-1])) || m[1] < len(source) && strings.ContainsRune("/_=(\\", rune(source[m[1]])) {
			continue
		}
		key := keyOf(term)
		if s[key] == nil {
			s[key] = make(map[string]Uses)
		}
		u := s[key][term]
		if u.Count++; u.Count == 1 {
			u.First = p.At(base+m[0], base+m[1])
		}
		s[key][term] = u
	}
}

func keyOf(term string) string { return strings.ToLower(strings.ReplaceAll(term, "-", "")) }

// styled returns the terms that the document spells with a capital inside.
func (s Spellings) styled() []string {
	var keys []string
	for key, forms := range s {
		for form := range forms {
			if isStyled(form) {
				keys = append(keys, key)
				break
			}
		}
	}
	return keys
}

// isStyled reports a capital behind the first letter in a word that is not all
// capitals: GitHub and PostgreSQL, not API or Sentence.
func isStyled(form string) bool {
	inner := strings.IndexFunc(form[1:], func(r rune) bool { return r >= 'A' && r <= 'Z' }) >= 0
	return inner && strings.ToUpper(form) != form
}

// Document is one document's part in a corpus.
type Document struct {
	Report    *finding.Report
	Spellings Spellings
}

// minUses is how often the usual spelling must occur, and share how much of all
// uses it must have, before another counts as inconsistent.
const (
	minUses = 5
	share   = 0.8
)

// Consistency reports, once per document and term, the spellings that the corpus
// as a whole uses seldom. terms maps wanted spellings to unwanted ones and is
// held to whatever the corpus says.
func Consistency(documents []Document, terms map[string][]string) {
	usual := usualSpellings(documents)
	for wanted, unwanted := range terms {
		for _, form := range append(unwanted, wanted) {
			usual[keyOf(form)] = wanted
		}
	}
	for _, d := range documents {
		for _, key := range slices.Sorted(maps.Keys(d.Spellings)) {
			wanted, known := usual[key]
			if !known {
				continue
			}
			for _, form := range slices.Sorted(maps.Keys(d.Spellings[key])) {
				if form == wanted || form == strings.ToUpper(form) || !listed(terms, wanted, form) && !isStyled(form) && strings.ToLower(form) == form {
					continue
				}
				if strings.EqualFold(form, wanted) && titled(form) == form && !listed(terms, wanted, form) && strings.ToLower(wanted) == wanted {
					continue // the beginning of a sentence
				}
				d.Report.Add("inconsistent-term", d.Spellings[key][form].First, fmt.Sprintf("%q is spelled %q elsewhere.", form, wanted), wanted, nil)
			}
		}
	}
}

func listed(terms map[string][]string, wanted, form string) bool {
	return slices.Contains(terms[wanted], form)
}

func titled(form string) string { return strings.ToUpper(form[:1]) + strings.ToLower(form[1:]) }

// usualSpellings finds the terms that the corpus spells in one way nearly always.
func usualSpellings(documents []Document) map[string]string {
	totals := make(map[string]map[string]int)
	for _, d := range documents {
		for _, key := range d.Spellings.styled() {
			totals[key] = make(map[string]int)
		}
	}
	for _, d := range documents {
		for key, forms := range d.Spellings {
			if totals[key] == nil {
				continue
			}
			for form, uses := range forms {
				totals[key][form] += uses.Count
			}
		}
	}
	usual := make(map[string]string)
	for key, forms := range totals {
		all := 0
		for _, n := range forms {
			all += n
		}
		best := slices.MaxFunc(slices.Sorted(maps.Keys(forms)), func(a, b string) int { return cmp.Compare(forms[a], forms[b]) })
		if len(forms) > 1 && forms[best] >= minUses && float64(forms[best]) >= share*float64(all) && isStyled(best) {
			usual[key] = best
		}
	}
	return usual
}
