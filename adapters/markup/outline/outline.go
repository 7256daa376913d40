// Package outline settles block trees, so that every parser keeps the promises
// about ranges whatever its source holds.
package outline

import (
	"bytes"

	"github.com/docsteward/docsteward/domain/document"
)

// Settle makes the ranges below root nest and follow each other: a block grows to
// hold its children, and a child that begins before its elder sibling ends is cut
// back. Every range stays within [0, size).
func Settle(root *document.Block, size int) {
	grow(root, size)
	fit(root)
}

func grow(b *document.Block, size int) {
	b.Start = min(max(b.Start, 0), size)
	b.End = min(max(b.End, b.Start), size)
	for _, child := range b.Children {
		grow(child, size)
		b.Start = min(b.Start, child.Start)
		b.End = max(b.End, child.End)
	}
}

func fit(b *document.Block) {
	at := b.Start
	for _, child := range b.Children {
		child.Start = min(max(child.Start, at), b.End)
		child.End = min(max(child.End, child.Start), b.End)
		at = child.End
		fit(child)
	}
}

// Trim returns the range without white space at its edges. A range of white
// space alone becomes empty, at its start.
func Trim(source []byte, start, end int) (int, int) {
	end = TrimRight(source, start, end)
	for start < end && isSpace(source[start]) {
		start++
	}
	return start, end
}

// TrimRight returns the end of the range without trailing white space.
func TrimRight(source []byte, start, end int) int {
	for end > start && isSpace(source[end-1]) {
		end--
	}
	return end
}

// LineEnd returns where the line that holds the offset ends, without its newline
// and trailing white space.
func LineEnd(source []byte, offset int) int {
	end := len(source)
	if i := bytes.IndexByte(source[offset:], '\n'); i >= 0 {
		end = offset + i
	}
	return TrimRight(source, offset, end)
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'
}
