package prose

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// scanner looks at each run of plain text within a block, word by word. A run
// ends at code, a tag or an address, so that what stands around them is not
// taken for neighbours.
type scanner struct {
	page      *finding.Page
	spellings Spellings
	terms     bool // whether spellings are wanted
	last      bounds
	fold      []byte
}

// bounds is the range of a word in the content; empty for none.
type bounds struct{ start, end int }

func (s *scanner) block(b *document.Block) {
	s.last = bounds{}
	b.Walk(func(n *document.Block) bool {
		switch n.Kind {
		case document.KindCodeSpan, document.KindInlineHTML, document.KindAutolink, document.KindComment:
			s.last = bounds{n.End, n.End}
			return false
		case document.KindText:
			s.text(n.Start, n.End)
		}
		return true
	})
}

// text visits the words in a range of the content.
func (s *scanner) text(start, end int) {
	content := s.page.Content
	for at := start; at < end; {
		size := wordRune(content[at:end])
		if size == 0 {
			_, size = utf8.DecodeRune(content[at:end])
			at += size
			continue
		}
		from := at
		for size > 0 {
			at += size
			size = wordRune(content[at:end])
		}
		s.word(bounds{from, at})
		if s.terms && isLetter(content[from]) {
			at = s.spellings.read(s, from, at, end)
		}
	}
}

// wordRune returns the size of the rune that text begins with when it is part of
// a word, or 0.
func wordRune(text []byte) int {
	if len(text) == 0 {
		return 0
	}
	if c := text[0]; c < utf8.RuneSelf {
		if isLetter(c) || c >= '0' && c <= '9' || c == '\'' {
			return 1
		}
		return 0
	}
	r, size := utf8.DecodeRune(text)
	if unicode.IsLetter(r) || unicode.IsNumber(r) || r == '’' {
		return size
	}
	return 0
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// isAssigned reports a word that an equals sign follows: a name and not prose, as
// in a shortcode.
func isAssigned(content []byte, w bounds) bool { return w.end < len(content) && content[w.end] == '=' }

func (s *scanner) word(w bounds) {
	content, last := s.page.Content, s.last
	text := content[w.start:w.end]
	s.last = w
	switch string(text) {
	case "TODO", "FIXME", "TBD", "XXX":
		if !partOfName(content, w) && (string(text) == "TBD" || last.end == 0 || standsAlone(content, w)) {
			s.page.Mark("todo-in-prose", w.start, w.end, "The text says "+string(text)+".", "Do it, or file it where work is tracked.", nil)
		}
	}
	if last.end > last.start && last.end < w.start && bytes.Equal(content[last.start:last.end], text) && len(bytes.TrimSpace(content[last.end:w.start])) == 0 && !meantTwice(text) && !isAssigned(content, w) {
		s.page.Mark("repeated-word", last.start, w.end, fmt.Sprintf("The word %q stands twice.", text), "", &finding.Fix{Start: last.end, End: w.end})
	}
}

// standsAlone reports a mark that was left by an author, which has its line, its
// brackets or a colon for itself, and not a word of a sentence about such marks.
// The first word of a block is a mark too.
func standsAlone(content []byte, w bounds) bool {
	before := bytes.TrimRight(content[:w.start], " \t*_")
	behind := bytes.TrimLeft(content[w.end:], " \t*_")
	if len(behind) > 0 && (behind[0] == ':' || content[w.end] == '(') {
		return true
	}
	opens := len(before) == 0 || bytes.IndexByte([]byte("\n([|#-"), before[len(before)-1]) >= 0
	closes := len(behind) == 0 || bytes.IndexByte([]byte("\r\n)]|.!"), behind[0]) >= 0
	return opens && closes
}

// partOfName reports a word within an identifier or a path.
func partOfName(content []byte, w bounds) bool {
	return w.start > 0 && bytes.IndexByte([]byte("-_/.$#"), content[w.start-1]) >= 0 || w.end < len(content) && bytes.IndexByte([]byte("-_/"), content[w.end]) >= 0
}

// meantTwice reports words that are often meant to stand twice: "that that" is
// English, and names, numbers and single letters repeat.
func meantTwice(word []byte) bool {
	if len(word) == 1 || word[0] >= '0' && word[0] <= '9' {
		return true
	}
	switch string(bytes.ToLower(word)) {
	case "that", "had", "is", "do", "so", "very", "bye", "no", "ha", "blah", "foo", "bar", "long", "far", "many":
		return true
	}
	return word[0] >= 'A' && word[0] <= 'Z' // a name or a label, not a slip
}
