package code

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

const (
	// mostShared is how many names of one gram are looked at: a gram that more names
	// share says little about any of them.
	mostShared = 800
	// candidates is how many names are compared letter by letter.
	candidates = 16
	// longest is the length in bytes beyond which names are not compared.
	longest = 160
	// enough is the likeness that a candidate needs, and clearly its lead over the
	// one that follows.
	enough, clearly = 0.62, 0.04
)

// Nearest returns the name, other than the one asked for, that it was most likely
// renamed to or misspelled from; false when none is clearly the best. Likeness is
// half the edit distance relative to the length, half the words that both share.
// Symbols and keys are compared with as many of their last words as the question
// has. It never answers for ports and versions, whose neighbours mean nothing.
func (x *Index) Nearest(kind Kind, name string) (string, bool) {
	if kind < Symbol || int(kind) >= len(kinds) || kind == Port || kind == Version || x.kinds[kind].full == nil {
		return "", false
	}
	t := &x.kinds[kind]
	t.near.Do(func() { t.search = newSearch(kind, t) })
	return t.search.nearest(NormalName(kind, name))
}

// search holds the names of one kind by word and trigram.
type search struct {
	kind    Kind
	names   []string
	grams   *postings
	scratch sync.Pool // of *tally
}

type tally struct {
	score   []float32
	touched []int32
}

func newSearch(kind Kind, t *table) *search {
	s := &search{kind: kind, names: make([]string, 0, len(t.full))}
	for name := range t.full {
		if kind != Key || !strings.HasSuffix(name, "{}") { // which names nothing
			s.names = append(s.names, name)
		}
	}
	if kind == Symbol || kind == Key || kind == Command {
		for name := range t.suffix {
			if _, ok := t.full[name]; !ok && (kind != Key || !strings.HasSuffix(name, "{}")) {
				s.names = append(s.names, name)
			}
		}
	}
	slices.Sort(s.names)
	s.grams = newPostings(s.names)
	s.scratch.New = func() any { return &tally{score: make([]float32, len(s.names))} }
	return s
}

func (s *search) nearest(name string) (string, bool) {
	if name == "" || len(name) > longest {
		return "", false
	}
	var own, other letters
	own.set(name)
	var first, second scored
	for _, at := range s.candidates(name, &own) {
		candidate := s.names[at]
		if candidate == name || s.depth(candidate) != s.depth(name) || !s.comparable(candidate, name) {
			continue
		}
		other.set(candidate)
		score := likeness(&own, &other)
		switch {
		case score > first.score:
			first, second = scored{at, score}, first
		case score > second.score:
			second = scored{at, score}
		}
	}
	if first.score < enough || first.score-second.score < clearly {
		return "", false
	}
	return s.names[first.at], true
}

type scored struct {
	at    int32
	score float64
}

// depth is how many words a name has that its suffixes are made of.
func (s *search) depth(name string) int {
	switch s.kind {
	case Symbol:
		return strings.Count(name, ".")
	default:
		return 0
	}
}

// comparable reports whether one may be the other's new name: the method of an
// endpoint does not change with its path.
func (s *search) comparable(a, b string) bool {
	if s.kind != Endpoint {
		return true
	}
	one, _, _ := strings.Cut(a, " ")
	other, _, _ := strings.Cut(b, " ")
	return one == other || one == "*" || other == "*"
}

// candidates returns the names that share most rare grams with the words.
func (s *search) candidates(name string, own *letters) []int32 {
	type list struct {
		weight float32
		names  []int32
	}
	var lists []list
	for _, g := range own.grams(nil) {
		if names := s.grams.of(g); len(names) > 0 {
			lists = append(lists, list{1 / float32(3+len(names)), names})
		}
	}
	slices.SortFunc(lists, func(a, b list) int { return cmp.Compare(len(a.names), len(b.names)) })
	t := s.scratch.Get().(*tally)
	seen := 0
	for _, l := range lists {
		if seen += len(l.names); seen > mostShared && seen > len(l.names) {
			break
		}
		for _, at := range l.names[:min(len(l.names), mostShared)] {
			if t.score[at] == 0 {
				t.touched = append(t.touched, at)
			}
			t.score[at] += l.weight + 0.02
		}
	}
	best := t.top(func(a, b int32) bool { // a before b
		if t.score[a] != t.score[b] {
			return t.score[a] > t.score[b]
		}
		return cmp.Or(cmp.Compare(s.gap(a, name), s.gap(b, name)), cmp.Compare(a, b)) < 0
	})
	for _, at := range t.touched {
		t.score[at] = 0
	}
	t.touched = t.touched[:0]
	s.scratch.Put(t)
	return best
}

// top returns the first of what was touched, in order.
func (t *tally) top(before func(a, b int32) bool) []int32 {
	best := make([]int32, 0, candidates+1)
	for _, at := range t.touched {
		if len(best) == candidates && !before(at, best[candidates-1]) {
			continue
		}
		i := len(best)
		for i > 0 && before(at, best[i-1]) {
			i--
		}
		best = slices.Insert(best, i, at)
		best = best[:min(len(best), candidates)]
	}
	return best
}

func (s *search) gap(at int32, name string) int {
	gap := len(s.names[at]) - len(name)
	return max(gap, -gap)
}

// likeness is between 0 and 1, which is the same words in the same order.
func likeness(one, other *letters) float64 {
	longer := max(len(one.joined), len(other.joined))
	if longer == 0 || longer > longest {
		return 0
	}
	edit := 1 - float64(distance(string(one.joined), string(other.joined)))/float64(longer)
	dice := min(1, 2*float64(one.shared(other))/float64(len(one.ends)+len(other.ends)))
	return max(edit*0.98, (edit+dice)/2)
}

// distance is the optimal string alignment distance of two byte strings: the
// insertions, deletions, replacements and swaps of neighbours between them.
func distance(a, b string) int {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	var rows [3][longest + 2]int
	before, above, row := rows[0][:len(b)+1], rows[1][:len(b)+1], rows[2][:len(b)+1]
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}
