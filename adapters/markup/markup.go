// Package markup recognises the format of a document and has the parser of that
// format read it.
package markup

import (
	"bytes"
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/docsteward/docsteward/adapters/markup/asciidoc"
	"github.com/docsteward/docsteward/adapters/markup/html"
	"github.com/docsteward/docsteward/adapters/markup/markdown"
	"github.com/docsteward/docsteward/adapters/markup/openapi"
	"github.com/docsteward/docsteward/adapters/markup/plain"
	"github.com/docsteward/docsteward/adapters/markup/rst"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/markup"
)

// Parser parses every format that it has a parser for.
type Parser struct {
	formats map[string]func(source []byte) *document.Tree
}

// New returns a parser of all the formats.
func New() *Parser {
	return &Parser{formats: map[string]func([]byte) *document.Tree{
		document.FormatMarkdown: markdown.New().Parse,
		document.FormatRST:      rst.Parse,
		document.FormatAsciiDoc: asciidoc.Parse,
		document.FormatHTML:     html.Parse,
		document.FormatPlain:    plain.Parse,
		document.FormatOpenAPI:  openapi.Parse,
	}}
}

// Parse returns the tree of a source. What a parser cannot survive is refused
// with Internal, as an unexpected failure of this program.
func (p *Parser) Parse(ctx context.Context, name string, source []byte) (tree *document.Tree, err error) {
	if ctx.Err() != nil {
		return nil, domain.FaultOf(ctx.Err())
	}
	if err := checkText(name, source); err != nil {
		return nil, err
	}
	defer func() {
		if cause := recover(); cause != nil {
			tree, err = nil, domain.Internal.Wrap(fmt.Errorf("%v", cause), "The document "+name+" cannot be parsed; report it.")
		}
	}()
	return p.formats[recognise(name, source)](source), nil
}

// checkText refuses what is not text.
func checkText(name string, source []byte) error {
	if at := bytes.IndexByte(source, 0); at >= 0 {
		return refuse(source, at, "%s is binary (NUL byte at offset %d, line %d); only text can be parsed.", name)
	}
	if utf8.Valid(source) {
		return nil
	}
	at := 0
	for at < len(source) {
		r, size := utf8.DecodeRune(source[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return refuse(source, at, "%s is not UTF-8 (byte offset %d, line %d); save it in that encoding.", name)
}

func refuse(source []byte, at int, message, name string) error {
	if name == "" {
		name = "The document"
	}
	line := 1 + bytes.Count(source[:at], []byte{'\n'})
	return domain.Invalid.New(fmt.Sprintf(message, name, at, line)).WithDetail("offset", at).WithDetail("line", line)
}

var _ markup.Parser = (*Parser)(nil)
