// Package facts is the port of what reads facts out of source code.
package facts

//go:generate go tool mockgen -source=facts.go -destination=../mocks/factsmock/facts.go -package=factsmock

import (
	"context"

	"github.com/docsteward/docsteward/domain/code"
)

// Extractor reads the facts of one file at a time. It is safe for concurrent use.
type Extractor interface {
	// Reads reports whether a file of that path, with slashes, holds facts that this
	// extractor knows how to read. It looks at the name only.
	Reads(path string) bool
	// Extract returns the facts of a file in the order of their lines, with Path as
	// it was given; the fact that the file exists is not among them. Whatever can be
	// read of a file that does not parse is returned without an error. Content that
	// is generated or minified yields few facts or none. It fails with Invalid when
	// the content is no text, and with Timeout when ctx ended.
	Extract(ctx context.Context, path string, content []byte) ([]code.Fact, error)
}

// File is one file to extract from.
type File struct {
	// Path has slashes and begins below the root of the project.
	Path    string
	Content []byte
}

// PackageExtractor reads files together that name each other's constants and
// types, which finds more than each file alone does.
type PackageExtractor interface {
	Extractor
	// ExtractPackage returns the facts of the files of one directory, file by file in
	// the order given and by line within each. Files that the extractor does not read
	// yield none, and so do those whose content is no text. It fails with Timeout when
	// ctx ended.
	ExtractPackage(ctx context.Context, files []File) ([]code.Fact, error)
}
