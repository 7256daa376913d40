// Package span is the address of a piece of a document: a byte range of one
// version, and the hash that tells whether the piece still says the same.
package span

import (
	"crypto/sha256"
	"encoding/hex"
)

// Span is a byte range of one version of a document. What rests on a span is
// stale when the span no longer holds.
type Span struct {
	// Document is the id of the document; empty where the context tells it.
	Document string
	// Version is the number of the version, from 1; 0 where the context tells it.
	Version int
	// Start and End bound the range [Start, End) in bytes of the content.
	Start, End int
	// Hash is the SHA-256 of the bytes in the range, in hexadecimal.
	Hash string
}

// Of returns the span of content[start:end]; Document and Version stay zero. It
// panics, as slicing does, when the range lies outside the content.
func Of(content []byte, start, end int) Span {
	return Span{Start: start, End: end, Hash: hash(content[start:end])}
}

// Holds reports whether content still has the same bytes in the range.
func (s Span) Holds(content []byte) bool {
	return s.Start >= 0 && s.Start <= s.End && s.End <= len(content) && hash(content[s.Start:s.End]) == s.Hash
}

func hash(piece []byte) string {
	sum := sha256.Sum256(piece)
	return hex.EncodeToString(sum[:])
}
