package asciidoc

import (
	"strings"

	"github.com/docsteward/docsteward/adapters/markup/html"
	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

// fenceOf returns the line that ends a delimited block which begins with text, or
// "" where none begins.
func fenceOf(text string) string {
	switch {
	case strings.HasPrefix(text, "```"):
		return "```"
	case text == "--" || text == "|===" || text == "!===" || text == ",===":
		return text
	case len(text) >= 4 && strings.IndexByte("-.=*_+/", text[0]) >= 0 && strings.Trim(text, text[:1]) == "":
		return text
	}
	return ""
}

func (p *parser) delimited(i, to int, text string) (*document.Block, int) {
	fence := fenceOf(text)
	if fence == "" || p.depth >= maxDepth {
		return nil, 0
	}
	end := i + 1
	for end < to && p.text(end) != fence {
		end++
	}
	next := min(end+1, to)
	b := p.span(document.KindCode, i, next)
	switch fence[0] {
	case '-', '.', '`':
		if fence == "--" && p.language == "" {
			return p.container(b, document.KindQuote, i+1, end), next
		}
		p.code(b, text, i+1, end)
	case '/':
		b.Kind = document.KindComment
	case '+':
		b.Kind = document.KindHTML
		if i+1 < end {
			b.Children = html.Fragment(p.source, p.lines[i+1].Start, p.lines[end-1].End)
		}
	case '|', '!', ',':
		b.Kind = document.KindTable
		b.Children = p.rows(i+1, end)
	case '_':
		return p.container(b, document.KindQuote, i+1, end), next
	default:
		b.Label = "example"
		return p.container(b, document.KindAdmonition, i+1, end), next
	}
	return b, next
}

func (p *parser) container(b *document.Block, kind document.Kind, from, to int) *document.Block {
	p.depth++
	b.Kind, b.Children = kind, p.blocks(from, to)
	p.depth--
	return b
}

func (p *parser) code(b *document.Block, text string, from, to int) {
	b.Flags = document.FlagFenced
	b.Language, p.language = p.language, ""
	if name, ok := strings.CutPrefix(text, "```"); ok && name != "" {
		b.Language = strings.ToLower(strings.TrimSpace(name))
	}
	if from < to {
		first := p.lines[from]
		start, end := first.Start-first.Indent, p.lines[to-1].End
		b.Children = []*document.Block{outline.Text(max(start, b.Start), max(end, start))}
	}
}

// rows reads a table: a line is a row where its cells are on one line; where they
// are not, a blank line ends the row.
func (p *parser) rows(from, to int) []*document.Block {
	var rows []*document.Block
	var open *document.Block
	columns := 0
	for i := from; i < to; i++ {
		if p.lines[i].Blank() {
			if len(rows) == 1 && i == from+1 {
				rows[0].Flags |= document.FlagHeader
			}
			open = nil
			continue
		}
		cells := p.cells(i)
		if open == nil || columns > 0 && len(open.Children) >= columns || len(cells) > 1 {
			open = p.span(document.KindRow, i, i+1)
			rows = append(rows, open)
		}
		open.Children = append(open.Children, cells...)
		open.End = p.lines[i].End
		if len(rows) == 1 {
			columns = len(open.Children)
			if len(cells) == 1 {
				columns = 0
			}
		}
	}
	return rows
}

// cells cuts a line at its bars; a line without one is more text of a cell.
func (p *parser) cells(i int) []*document.Block {
	var cells []*document.Block
	at := p.lines[i].Start
	for n, piece := range strings.Split(p.text(i), "|") {
		start, end := outline.Trim(p.source, at, at+len(piece))
		at += len(piece) + 1
		if n == 0 && strings.TrimLeft(piece, "0123456789.+<>^*aehlms ") == "" {
			continue
		}
		cells = append(cells, &document.Block{Kind: document.KindCell, Start: start, End: end, Children: p.inline(start, end)})
	}
	return cells
}
