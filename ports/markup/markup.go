// Package markup is the port of parsers: bytes in, block tree out.
package markup

//go:generate go tool mockgen -source=markup.go -destination=../mocks/markupmock/markup.go -package=markupmock

import (
	"context"

	"github.com/docsteward/docsteward/domain/document"
)

// Parser reads documents of every format that it knows. It keeps nothing between
// calls and may be used by many goroutines at once.
type Parser interface {
	// Parse returns the block tree of a source. The format is recognised by the
	// extension of the name and, failing that, by the content; what is neither is
	// plain text. The same name and source give the same tree.
	//
	// Every node's range slices the source; children lie within their parent, in
	// order, without overlap. Text that breaks its markup never fails: what cannot
	// be understood is a Problem of the tree, and broken front matter leaves the
	// text behind it whole.
	//
	// It fails with Invalid when the source is binary (holds a NUL byte) or is not
	// UTF-8; the fault tells the byte offset and the line in its message and under
	// "offset" and "line". It fails with Timeout when the context has ended.
	Parse(ctx context.Context, name string, source []byte) (*document.Tree, error)
}
