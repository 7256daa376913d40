package code

import (
	"bytes"
	"slices"
)

// gram is a word of a name, by its hash, or three letters of the joined words.
type gram uint64

// wordMark tells the gram of a word from that of letters.
const wordMark = 1 << 63

// letters are the words of a name, joined, and where each of them ends.
type letters struct {
	joined []byte
	ends   []int
}

// set takes the words of a name, as Words splits it.
func (l *letters) set(name string) {
	l.joined, l.ends = l.joined[:0], l.ends[:0]
	for i := range len(name) {
		if name[i] >= 0x80 {
			l.setWords(Words(name))
			return
		}
	}
	start := 0
	for i := range len(name) {
		c := name[i]
		switch {
		case !alphanumeric(c):
			l.cut()
			start = i + 1
			continue
		case i > start && capital(c) && (!capital(name[i-1]) || i+1 < len(name) && small(name[i+1])):
			l.cut()
			start = i
		}
		if capital(c) {
			c += 'a' - 'A'
		}
		l.joined = append(l.joined, c)
	}
	l.cut()
}

func (l *letters) setWords(words []string) {
	l.joined = l.joined[:0]
	for _, word := range words {
		l.joined = append(l.joined, word...)
		l.cut()
	}
}

// cut ends a word, if there is one.
func (l *letters) cut() {
	before := 0
	if n := len(l.ends); n > 0 {
		before = l.ends[n-1]
	}
	if len(l.joined) > before {
		l.ends = append(l.ends, len(l.joined))
	}
}

// word returns one of the words.
func (l *letters) word(i int) []byte {
	if i == 0 {
		return l.joined[:l.ends[0]]
	}
	return l.joined[l.ends[i-1]:l.ends[i]]
}

// shared counts the words that others has too.
func (l *letters) shared(others *letters) int {
	n := 0
	for i := range l.ends {
		for k := range others.ends {
			if bytes.Equal(l.word(i), others.word(k)) {
				n++
				break
			}
		}
	}
	return n
}

func capital(c byte) bool { return c >= 'A' && c <= 'Z' }

func small(c byte) bool { return c >= 'a' && c <= 'z' }

func alphanumeric(c byte) bool { return capital(c) || small(c) || c >= '0' && c <= '9' }

// grams appends the grams, each once.
func (l *letters) grams(all []gram) []gram {
	from := 0
	for _, end := range l.ends {
		hash := uint64(14695981039346656037) // FNV-1a
		for _, c := range l.joined[from:end] {
			hash = (hash ^ uint64(c)) * 1099511628211
		}
		all = append(all, gram(hash|wordMark))
		from = end
	}
	for i := 0; i+3 <= len(l.joined); i++ {
		all = append(all, gram(l.joined[i])|gram(l.joined[i+1])<<8|gram(l.joined[i+2])<<16)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// postings lists by gram the numbers of the names that have it, ascending.
type postings struct {
	ids    map[gram]int32
	starts []int32
	names  []int32
}

// newPostings counts before it lists, so that the lists lie side by side.
func newPostings(names []string) *postings {
	p := &postings{ids: make(map[gram]int32, len(names))}
	var l letters
	var all []gram
	flat, ends := make([]int32, 0, 16*len(names)), make([]int, len(names))
	var counts []int32
	for i, name := range names {
		if len(name) <= longest {
			l.set(name)
			all = l.grams(all[:0])
			for _, g := range all {
				id, known := p.ids[g]
				if !known {
					id = int32(len(counts))
					p.ids[g], counts = id, append(counts, 0)
				}
				counts[id]++
				flat = append(flat, id)
			}
		}
		ends[i] = len(flat)
	}
	p.starts = make([]int32, len(counts)+1)
	for id, n := range counts {
		p.starts[id+1] = p.starts[id] + n
	}
	p.names = make([]int32, len(flat))
	next := slices.Clone(p.starts)
	from := 0
	for i, end := range ends {
		for _, id := range flat[from:end] {
			p.names[next[id]] = int32(i)
			next[id]++
		}
		from = end
	}
	return p
}

// of returns the names that have a gram.
func (p *postings) of(g gram) []int32 {
	id, known := p.ids[g]
	if !known {
		return nil
	}
	return p.names[p.starts[id]:p.starts[id+1]]
}
