package outline

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain/document"
)

// Recognise looks for an inline node that begins at an offset, reading no further
// than end; nil where there is none.
type Recognise func(at, end int) *document.Block

// Inline returns the nodes of running text: what recognise finds, and the text
// between. Every offset before which the text may be cut is offered once.
func Inline(source []byte, start, end int, recognise Recognise) []*document.Block {
	var nodes []*document.Block
	from := start
	for at := start; at < end; {
		b := recognise(at, end)
		if b == nil || b.End <= at || b.End > end {
			at++
			continue
		}
		nodes = appendText(nodes, source, from, b.Start)
		nodes = append(nodes, b)
		at, from = b.End, b.End
	}
	return appendText(nodes, source, from, end)
}

// appendText adds a text for every line of the range, without its indentation.
func appendText(nodes []*document.Block, source []byte, start, end int) []*document.Block {
	for start < end {
		stop, next := end, end
		if i := bytes.IndexByte(source[start:end], '\n'); i >= 0 {
			next = start + i + 1
			stop = TrimRight(source, start, next)
		}
		if start < stop {
			nodes = append(nodes, Text(start, stop))
		}
		start = next
		for start < end && next < end && (source[start] == ' ' || source[start] == '\t') {
			start++
		}
	}
	return nodes
}

// Text returns a text that says what the source says.
func Text(start, end int) *document.Block {
	return &document.Block{Kind: document.KindText, Start: start, End: end}
}

// Opens reports whether a marker of some length may open at an offset: what
// stands before is no letter or digit, what follows no white space.
func Opens(source []byte, at, length, end int) bool {
	before, _ := utf8.DecodeLastRune(source[:at])
	if at > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before) || before == '\\') {
		return false
	}
	return at+length < end && !isSpace(source[at+length])
}

// MaxInline bounds how many bytes an inline node spans, so that a marker which is
// never closed costs little.
const MaxInline = 4096

// Closing returns the offset of the marker that closes what begins at from: one
// after a character that is no white space, and before none that is a letter or
// digit; -1 when there is none before end, or within MaxInline bytes.
func Closing(source []byte, from, end int, marker string) int {
	end = min(end, from+MaxInline)
	for at := from + 1; at+len(marker) <= end; at++ {
		i := bytes.Index(source[at:end], []byte(marker))
		if i < 0 {
			return -1
		}
		at += i
		after, _ := utf8.DecodeRune(source[at+len(marker):])
		if isSpace(source[at-1]) || at+len(marker) < end && (unicode.IsLetter(after) || unicode.IsDigit(after)) {
			continue
		}
		return at
	}
	return -1
}

// URL returns the end of a bare address that begins at an offset, or -1.
// Punctuation at its end belongs to the sentence.
func URL(source []byte, at, end int) int {
	rest := source[at:min(end, at+MaxInline)]
	if !bytes.HasPrefix(rest, []byte("http://")) && !bytes.HasPrefix(rest, []byte("https://")) {
		return -1
	}
	stop := bytes.IndexAny(rest, " \t\r\n<>[]`\"")
	if stop < 0 {
		stop = len(rest)
	}
	for stop > 0 && strings.IndexByte(".,;:!?)'*_", rest[stop-1]) >= 0 && (rest[stop-1] != ')' || bytes.IndexByte(rest[:stop], '(') < 0) {
		stop--
	}
	if stop <= len("https://") {
		return -1
	}
	return at + stop
}
