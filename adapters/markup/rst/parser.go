// Package rst parses reStructuredText: sections, lists, literal blocks, tables,
// directives, references and targets. A reference whose target is not in the
// document has a Label and an empty Target.
package rst

import (
	"strings"

	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

// Parse returns the tree of a source.
func Parse(source []byte) *document.Tree {
	root := &document.Block{End: len(source)}
	tree := &document.Tree{Format: document.FormatRST, Root: root}
	p := &parser{source: source, lines: outline.Lines(source)}
	root.Children = p.blocks(0, len(p.lines), 0)
	outline.Settle(root, len(source))
	resolve(tree, source)
	return tree
}

type parser struct {
	source []byte
	lines  []outline.Line
	styles []string // of headings, the outermost first
	depth  int      // of blocks within blocks
}

// maxDepth bounds how deep blocks nest; what lies deeper is a paragraph.
const maxDepth = 100

func (p *parser) text(i int) string { return string(p.source[p.lines[i].Start:p.lines[i].End]) }

// blocks parses the lines [from, to), whose outermost indentation is indent.
func (p *parser) blocks(from, to, indent int) []*document.Block {
	p.depth++
	defer func() { p.depth-- }()
	var blocks []*document.Block
	for i := from; i < to; {
		if p.lines[i].Blank() {
			i++
			continue
		}
		b, next := p.block(i, to, indent)
		blocks = append(blocks, b...)
		i = max(next, i+1)
	}
	return blocks
}

func (p *parser) block(i, to, indent int) ([]*document.Block, int) {
	if p.depth > maxDepth {
		return p.paragraph(i, to)
	}
	if p.lines[i].Indent > indent {
		end := p.indented(i, to, indent)
		quote := p.span(document.KindQuote, i, end)
		quote.Children = p.blocks(i, end, p.leastIndent(i, end))
		return one(quote), end
	}
	text := p.text(i)
	switch {
	case strings.HasPrefix(text, ".. ") || text == "..":
		return p.explicit(i, to)
	case strings.HasPrefix(text, "__ "):
		b := p.span(document.KindDefinition, i, i+1)
		b.Label, b.Target = "__", strings.TrimSpace(text[3:])
		return one(b), i + 1
	case strings.HasPrefix(text, ">>> "):
		end := p.run(i, to)
		code := p.code(i, end)
		code.Language = "python"
		return one(code), end
	}
	if b, next := p.heading(i, to); b != nil {
		return one(b), next
	}
	if b, next := p.table(i, to); b != nil {
		return one(b), next
	}
	if adornment(text) && len(text) >= 4 {
		return one(p.span(document.KindThematicBreak, i, i+1)), i + 1
	}
	if marker, _ := listMarker(text); marker > 0 {
		return p.list(i, to, indent)
	}
	if i+1 < to && !p.lines[i+1].Blank() && p.lines[i+1].Indent > p.lines[i].Indent && !strings.HasSuffix(text, "::") {
		return p.definitions(i, to)
	}
	return p.paragraph(i, to)
}

func one(b *document.Block) []*document.Block { return []*document.Block{b} }

// span is a block of the lines [from, to), without blank ones at its end.
func (p *parser) span(kind document.Kind, from, to int) *document.Block {
	for to > from+1 && p.lines[to-1].Blank() {
		to--
	}
	return &document.Block{Kind: kind, Start: p.lines[from].Start, End: p.lines[to-1].End}
}

// indented returns the end of the lines from i on that are blank or indented more
// than indent.
func (p *parser) indented(i, to, indent int) int {
	for i < to && (p.lines[i].Blank() || p.lines[i].Indent > indent) {
		i++
	}
	for i > 0 && p.lines[i-1].Blank() {
		i--
	}
	return i
}

// run returns the end of the lines from i on up to a blank one.
func (p *parser) run(i, to int) int {
	for i < to && !p.lines[i].Blank() {
		i++
	}
	return i
}

func (p *parser) leastIndent(from, to int) int {
	least := 1 << 30
	for _, line := range p.lines[from:to] {
		if !line.Blank() {
			least = min(least, line.Indent)
		}
	}
	return least
}

// code is a block of code with one text for each of its lines.
func (p *parser) code(from, to int) *document.Block {
	b := p.span(document.KindCode, from, to)
	least := p.leastIndent(from, to)
	for _, line := range p.lines[from:to] {
		if !line.Blank() && line.Start < b.End {
			b.Children = append(b.Children, outline.Text(max(line.Start-(line.Indent-least), b.Start), line.End))
		}
	}
	return b
}

// paragraph runs up to a blank line or an indented one. A paragraph that ends
// with "::" is followed by literal text.
func (p *parser) paragraph(i, to int) ([]*document.Block, int) {
	end := i + 1
	for end < to && !p.lines[end].Blank() && p.lines[end].Indent <= p.lines[i].Indent {
		end++
	}
	b := p.span(document.KindParagraph, i, end)
	b.Children = p.inline(b.Start, b.End)
	blocks := one(b)
	if text := string(b.Source(p.source)); strings.HasSuffix(text, "::") {
		if text == "::" {
			blocks = nil
		}
		next := end
		for next < to && p.lines[next].Blank() {
			next++
		}
		if next < to && p.lines[next].Indent > p.lines[i].Indent {
			end = p.indented(next, to, p.lines[i].Indent)
			blocks = append(blocks, p.code(next, end))
		}
	}
	return blocks, end
}
