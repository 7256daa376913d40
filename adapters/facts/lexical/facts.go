// Package lexical holds what the extractors of every language share: a list of
// facts in the making, and how names and addresses look wherever they are written.
package lexical

import (
	"cmp"
	"slices"
	"sort"

	"github.com/docsteward/docsteward/domain/code"
)

// most is how many facts one file yields at most; a file with more is data.
const most = 100_000

// Facts gathers the facts of one file.
type Facts struct {
	path string
	weak bool
	list []code.Fact
	seen map[identity]int
}

type identity struct {
	kind  code.Kind
	line  int
	name  string
	scope string
}

// NewFacts returns an empty list for the file of that path; weak makes every fact
// weak, as those of a test are.
func NewFacts(path string, weak bool) *Facts {
	return &Facts{path: path, weak: weak, seen: map[identity]int{}}
}

// Add appends a fact without a value; the line is from 1.
func (f *Facts) Add(line int, kind code.Kind, name, scope string) {
	f.put(code.Fact{Kind: kind, Name: name, Scope: scope, Line: line})
}

// AddValue appends a fact with its value.
func (f *Facts) AddValue(line int, kind code.Kind, name, value, scope string) {
	f.put(code.Fact{Kind: kind, Name: name, Scope: scope, Line: line, Value: value, HasValue: true})
}

// AddKnown appends a fact that has the value when known.
func (f *Facts) AddKnown(line int, kind code.Kind, name, value string, known bool, scope string) {
	if !known {
		value = ""
	}
	f.put(code.Fact{Kind: kind, Name: name, Scope: scope, Line: line, Value: value, HasValue: known})
}

// AddWeak appends a fact that was seen used.
func (f *Facts) AddWeak(line int, kind code.Kind, name string) {
	f.put(code.Fact{Kind: kind, Name: name, Line: line, Weak: true})
}

// AddWeakIn appends a fact that was seen used, and what it belongs to.
func (f *Facts) AddWeakIn(line int, kind code.Kind, name, scope string) {
	f.put(code.Fact{Kind: kind, Name: name, Line: line, Scope: scope, Weak: true})
}

func (f *Facts) put(fact code.Fact) {
	if fact.Name == "" || fact.Line < 1 || len(f.list) >= most {
		return
	}
	fact.Path = f.path
	if f.weak || fact.Weak {
		fact.Weak, fact.Value, fact.HasValue = true, "", false
	}
	if fact.Kind == code.Symbol && !fact.Weak { // declared once on a line
		f.list = append(f.list, fact)
		return
	}
	id := identity{fact.Kind, fact.Line, fact.Name, fact.Scope}
	if at, ok := f.seen[id]; ok {
		if old := &f.list[at]; old.Weak && !fact.Weak || !old.HasValue && fact.HasValue {
			*old = fact
		}
		return
	}
	f.seen[id] = len(f.list)
	f.list = append(f.list, fact)
}

// Sorted returns the facts in the order of their lines. What is only used in this
// file is left out where the file declares it, and told once where it does not.
func (f *Facts) Sorted() []code.Fact {
	type name struct {
		kind code.Kind
		name string
	}
	sort.SliceStable(f.list, func(i, j int) bool { return f.list[i].Line < f.list[j].Line })
	if f.weak {
		return f.list
	}
	known := map[name]bool{}
	for i := range f.list {
		if fact := &f.list[i]; !fact.Weak && fact.Kind != code.Symbol && fact.Kind != code.Message {
			known[name{fact.Kind, code.NormalName(fact.Kind, fact.Name)}] = true
		}
	}
	kept := f.list[:0]
	for _, fact := range f.list {
		if fact.Weak {
			key := name{fact.Kind, code.NormalName(fact.Kind, fact.Name)}
			if known[key] {
				continue
			}
			known[key] = true
		}
		kept = append(kept, fact)
	}
	return kept
}

// Lines finds the line of an offset.
type Lines []int

// LinesOf returns where the lines of a text begin.
func LinesOf[T string | []byte](text T) Lines {
	starts := Lines{0}
	for i := range len(text) {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// At returns the line, from 1, that holds the offset.
func (l Lines) At(offset int) int {
	at, found := slices.BinarySearchFunc(l, offset, cmp.Compare[int])
	if found {
		return at + 1
	}
	return at
}
