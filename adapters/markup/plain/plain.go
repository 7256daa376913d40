// Package plain parses text without markup.
package plain

import (
	"bytes"

	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

// Parse returns the tree of a source: a paragraph for every run of lines between
// blank ones.
func Parse(source []byte) *document.Tree {
	root := &document.Block{End: len(source)}
	root.Children = Paragraphs(source, 0, len(source))
	outline.Settle(root, len(source))
	return &document.Tree{Format: document.FormatPlain, Root: root}
}

// Paragraphs cuts a range of the source at its blank lines.
func Paragraphs(source []byte, start, end int) []*document.Block {
	var blocks []*document.Block
	from := -1
	flush := func(to int) {
		if from < 0 {
			return
		}
		s, e := outline.Trim(source, from, to)
		blocks = append(blocks, &document.Block{
			Kind: document.KindParagraph, Start: s, End: e,
			Children: []*document.Block{{Kind: document.KindText, Start: s, End: e}},
		})
		from = -1
	}
	for at := start; at < end; {
		next := end
		if i := bytes.IndexByte(source[at:end], '\n'); i >= 0 {
			next = at + i + 1
		}
		if len(bytes.TrimSpace(source[at:next])) == 0 {
			flush(at)
		} else if from < 0 {
			from = at
		}
		at = next
	}
	flush(end)
	return blocks
}
