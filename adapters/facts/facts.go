// Package facts reads facts out of the files of a project: it knows by the name
// of a file which language it is in, and leaves out what others wrote, what was
// generated and what was minified.
package facts

import (
	"bytes"
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/facts"
)

// Extractor reads every language that it has an extractor for.
type Extractor struct{}

// New returns an extractor of all the languages.
func New() *Extractor { return &Extractor{} }

// Reads reports whether the name of a file tells a language that is known, and its
// path does not tell that others wrote it.
func (*Extractor) Reads(path string) bool {
	return !vendored(path) && languageOf(path) != nil
}

// Extract returns the facts of one file. What an extractor cannot survive is
// refused with Internal, as an unexpected failure of this program.
func (x *Extractor) Extract(ctx context.Context, path string, content []byte) ([]code.Fact, error) {
	if ctx.Err() != nil {
		return nil, domain.FaultOf(ctx.Err())
	}
	if err := checkText(path, content); err != nil {
		return nil, err
	}
	read := languageOf(path)
	if read == nil || vendored(path) || generated(path, content) {
		return nil, nil
	}
	found, err := protect(path, func() ([]code.Fact, error) { return read(path, content), nil })
	if err == nil && ctx.Err() != nil {
		return nil, domain.FaultOf(ctx.Err())
	}
	return found, err
}

// protect turns a panic of an extractor into a fault.
func protect(path string, read func() ([]code.Fact, error)) (found []code.Fact, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			found, err = nil, domain.Internal.Wrap(fmt.Errorf("%v", cause), "The facts of "+path+" cannot be read; report it.")
		}
	}()
	return read()
}

// checkText refuses what is not text.
func checkText(path string, content []byte) error {
	if at := bytes.IndexByte(content, 0); at >= 0 {
		return domain.Invalid.New(fmt.Sprintf("%s is binary (NUL byte at offset %d); only text has facts.", path, at)).WithDetail("offset", at)
	}
	if !utf8.Valid(content) {
		return domain.Invalid.New(path + " is not UTF-8; save it in that encoding.")
	}
	return nil
}

var _ facts.PackageExtractor = (*Extractor)(nil)
