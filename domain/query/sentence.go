package query

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain/document"
)

// longCode is the number of bytes from which a code block is quoted in pieces.
const longCode = 600

// sentences cuts a paragraph into sentences.
func sentences(content []byte, b *document.Block) []Unit {
	var units []Unit
	start := b.Start
	for _, end := range append(sentenceEnds(content, b), b.End) {
		from, to := trim(content, start, end)
		if from < to {
			units = append(units, Unit{Start: from, End: to, Text: plain(content, b, from, to)})
		}
		start = end
	}
	return units
}

// sentenceEnds returns where sentences of a block end, but the last.
func sentenceEnds(content []byte, b *document.Block) []int {
	var ends []int
	spans := opaque(b)
	for i := b.Start; i < b.End-1; i++ {
		switch content[i] {
		case '.', '!', '?':
		default:
			continue
		}
		end := i + 1
		for end < b.End && bytes.IndexByte([]byte(`.!?)"'*_`), content[end]) >= 0 {
			end++
		}
		if end >= b.End || !isSpace(content[end]) || spans.hold(i) || abbreviated(content[b.Start:i+1]) || !opens(content[end:b.End]) {
			continue
		}
		ends = append(ends, end)
		i = end
	}
	return ends
}

// ranges are stretches of the source in which no sentence ends.
type ranges [][2]int

func (r ranges) hold(at int) bool {
	for _, stretch := range r {
		if stretch[0] <= at && at < stretch[1] {
			return true
		}
	}
	return false
}

// opaque returns the ranges of code and links within a block.
func opaque(b *document.Block) ranges {
	var found ranges
	b.Walk(func(n *document.Block) bool {
		switch n.Kind {
		case document.KindCodeSpan, document.KindLink, document.KindAutolink, document.KindImage, document.KindInlineHTML:
			found = append(found, [2]int{n.Start, n.End})
			return false
		}
		return true
	})
	return found
}

// abbreviations do not end a sentence. Never written.
var abbreviations = set(`e.g. i.e. vs. etc. cf. mr. mrs. dr. no. fig. approx. resp. incl. al.`)

func abbreviated(text []byte) bool {
	word := strings.ToLower(string(text[bytes.LastIndexAny(text, " \n\t(")+1:]))
	return abbreviations[word]
}

// opens reports whether what follows white space may begin a sentence.
func opens(rest []byte) bool {
	rest = bytes.TrimLeft(rest, " \t\r\n*_\"'([")
	r, _ := utf8.DecodeRune(rest)
	return len(rest) > 0 && !unicode.IsLower(r)
}

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

func trim(content []byte, start, end int) (int, int) {
	for start < end && isSpace(content[start]) {
		start++
	}
	for start < end && isSpace(content[end-1]) {
		end--
	}
	return start, end
}

// plain returns what a reader sees of the part [from, to) of a block.
func plain(content []byte, b *document.Block, from, to int) string {
	var text strings.Builder
	last := from
	b.Walk(func(n *document.Block) bool {
		if n.Kind != document.KindText && (n.Kind != document.KindAutolink || len(n.Children) > 0) {
			return n.Kind != document.KindInlineHTML && n.Kind != document.KindComment
		}
		start, end := max(n.Start, from), min(n.End, to)
		if start >= end {
			return false
		}
		if start > last && bytes.ContainsAny(content[last:start], "\n") {
			text.WriteByte(' ')
		}
		last = end
		switch {
		case n.Kind == document.KindAutolink:
			text.WriteString(n.Target)
		case n.Text != "" && n.Start >= from && n.End <= to:
			text.WriteString(n.Text)
		default:
			text.Write(content[start:end])
		}
		return false
	})
	return collapse(text.String())
}

// codeUnits returns a code block whole, or a long one in pieces: a line with the
// lines after it that are indented further.
func codeUnits(content []byte, b *document.Block) []Unit {
	text := string(b.PlainText(content))
	if b.End-b.Start <= longCode {
		return []Unit{{Start: b.Start, End: b.End, Text: strings.TrimSpace(text), Code: true}}
	}
	var units []Unit
	start, indent := b.Start, -1
	for at := b.Start; at < b.End; {
		end := b.End
		if n := bytes.IndexByte(content[at:b.End], '\n'); n >= 0 {
			end = at + n + 1
		}
		line := content[at:end]
		deep := len(line) - len(bytes.TrimLeft(line, " \t"))
		if indent >= 0 && deep <= indent && at > start {
			units = appendCode(units, content, start, at)
			start = at
		}
		if at == start {
			indent = deep
		}
		at = end
	}
	return appendCode(units, content, start, b.End)
}

func appendCode(units []Unit, content []byte, start, end int) []Unit {
	start, end = trim(content, start, end)
	text := string(content[start:end])
	if strings.Trim(text, "`~ \n\t") == "" || strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~") {
		return units
	}
	return append(units, Unit{Start: start, End: end, Text: text, Code: true})
}
