package prose

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/finding"
)

// Spellings maps a term, in lower case and without its hyphens, to the spellings
// of it that one document uses, in order of their first use.
type Spellings map[string][]Spelling

// Spelling is one way to write a term, how often it is used, and where first.
type Spelling struct {
	Form  string
	Count int
	First finding.Place
}

// shortest is the least length of a term, in bytes.
const shortest = 4

// read counts the term that begins with the word [from, to) and reaches over its
// hyphens; it returns where the term ends. Parts of paths, names and options are
// no terms.
func (s Spellings) read(scan *scanner, from, to, limit int) int {
	content := scan.page.Content
	for to+1 < limit && content[to] == '-' && wordRune(content[to+1:limit]) > 0 {
		for to++; to < limit; {
			size := wordRune(content[to:limit])
			if size == 0 {
				break
			}
			to += size
		}
	}
	form := content[from:to]
	if len(form) < shortest || bytes.IndexByte(form, '\'') >= 0 ||
		from > 0 && bytes.IndexByte([]byte("./_-@#$\\=:"), content[from-1]) >= 0 ||
		to < len(content) && bytes.IndexByte([]byte("/_=(\\-"), content[to]) >= 0 ||
		to+1 < len(content) && content[to] == '.' && isLetter(content[to+1]) {
		return to
	}
	scan.fold = scan.fold[:0]
	for _, c := range form {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != '-' {
			scan.fold = append(scan.fold, c)
		}
	}
	known := s[string(scan.fold)]
	for i := range known {
		if known[i].Form == string(form) {
			known[i].Count++
			return to
		}
	}
	s[string(scan.fold)] = append(known, Spelling{string(form), 1, scan.page.At(from, to)})
	return to
}

func keyOf(term string) string { return strings.ToLower(strings.ReplaceAll(term, "-", "")) }

// isStyled reports a capital behind the first letter in a word that is not all
// capitals: GitHub and PostgreSQL, not API or Sentence or High-Level.
func isStyled(form string) bool {
	for i := 1; i < len(form); i++ {
		if form[i] >= 'A' && form[i] <= 'Z' && form[i-1] != '-' {
			return strings.ToUpper(form) != form
		}
	}
	return false
}

// isCompound reports a hyphen between parts that are not capitals only.
func isCompound(form string) bool { return strings.Contains(form, "-") }

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

// Consistency reports, once per document and spelling, the spellings that the
// corpus as a whole uses seldom: names with capitals inside, and words with or
// without a hyphen. terms maps wanted spellings to unwanted ones and is held to
// whatever the corpus says.
func Consistency(documents []Document, terms map[string][]string) {
	usual := usualSpellings(documents)
	wanted := make(map[string]string)
	for want, unwanted := range terms {
		for _, form := range unwanted {
			wanted[form] = want
		}
		delete(usual, keyOf(want))
	}
	for _, d := range documents {
		for _, key := range slices.Sorted(maps.Keys(d.Spellings)) {
			for _, s := range d.Spellings[key] {
				want, unwanted := wanted[s.Form]
				if !unwanted {
					want = usual[key]
				}
				if unwanted || want != "" && differs(s.Form, want) {
					d.Report.Add("inconsistent-term", s.First, fmt.Sprintf("%q is spelled %q elsewhere.", s.Form, want), want, nil)
				}
			}
		}
	}
}

// differs reports whether a form is another spelling than the usual one. All
// capitals are shouted and not spelled, lower case may be a command, capitals
// inside where none are usual are a name in code, and one at the start may begin a
// sentence.
func differs(form, usual string) bool {
	if form == usual || form == strings.ToUpper(form) {
		return false
	}
	if isStyled(usual) {
		return isStyled(form) || form[0] >= 'A' && form[0] <= 'Z'
	}
	return !isStyled(form) && !strings.EqualFold(form, usual)
}

// usualSpellings finds the terms that the corpus spells in one way nearly always
// and in another seldom.
func usualSpellings(documents []Document) map[string]string {
	totals := make(map[string]map[string]int)
	for _, d := range documents {
		for key, forms := range d.Spellings {
			if slices.ContainsFunc(forms, func(s Spelling) bool { return isStyled(s.Form) || isCompound(s.Form) }) && totals[key] == nil {
				totals[key] = make(map[string]int)
			}
		}
	}
	for _, d := range documents {
		for key, forms := range d.Spellings {
			if total := totals[key]; total != nil {
				for _, s := range forms {
					total[s.Form] += s.Count
				}
			}
		}
	}
	usual := make(map[string]string)
	for key, forms := range totals {
		if best, ok := mostUsed(forms); ok {
			usual[key] = best
		}
	}
	return usual
}

// mostUsed returns the spelling that is usual: a styled one by its exact letters,
// any other in lower case, so that the beginnings of sentences count with it.
// All capitals tell nothing, and beside a styled spelling neither does lower
// case, unless there is more of it.
func mostUsed(forms map[string]int) (string, bool) {
	counts, all := make(map[string]int), 0
	for form, n := range forms {
		if form == strings.ToUpper(form) {
			continue
		}
		if !isStyled(form) && (form == strings.ToLower(form) || isCompound(form)) {
			form = strings.ToLower(form)
		}
		counts[form] += n
		all += n
	}
	if len(counts) < 2 {
		return "", false
	}
	best := slices.MaxFunc(slices.Sorted(maps.Keys(counts)), func(a, b string) int { return cmp.Compare(counts[a], counts[b]) })
	if isStyled(best) {
		all -= counts[strings.ToLower(best)]
	}
	return best, counts[best] >= minUses && float64(counts[best]) >= share*float64(all) && (isStyled(best) || isLower(best))
}

func isLower(form string) bool { return form == strings.ToLower(form) }
