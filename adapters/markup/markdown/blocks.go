package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"github.com/docsteward/docsteward/adapters/markup/html"
	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

// converter turns goldmark's syntax tree into blocks. Offsets of the syntax tree
// count in source, which is whole from base on.
type converter struct {
	whole, source []byte
	base          int
	ends          ends
}

func (c *converter) children(n ast.Node) []*document.Block {
	if !n.HasChildren() {
		return nil
	}
	blocks := make([]*document.Block, 0, n.ChildCount())
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		b := c.convert(child)
		if b == nil || c.merge(blocks, b) {
			continue
		}
		blocks = append(blocks, b)
	}
	return blocks
}

// merge joins a text to the one that it follows without a gap.
func (c *converter) merge(blocks []*document.Block, b *document.Block) bool {
	if len(blocks) == 0 || b.Kind != document.KindText {
		return false
	}
	last := blocks[len(blocks)-1]
	if last.Kind != document.KindText || last.End != b.Start {
		return false
	}
	if last.Text != "" || b.Text != "" {
		last.Text = c.said(last) + c.said(b)
	}
	last.End = b.End
	return true
}

func (c *converter) said(b *document.Block) string {
	if b.Text != "" {
		return b.Text
	}
	return string(b.Source(c.whole))
}

// block returns a block of a range of source.
func (c *converter) block(kind document.Kind, start, end int) *document.Block {
	return &document.Block{Kind: kind, Start: c.base + start, End: c.base + end}
}

func (c *converter) convert(n ast.Node) *document.Block {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		start, end := c.lines(n)
		b := c.block(document.KindParagraph, start, end)
		b.Children = c.children(n)
		return b
	case *ast.Heading:
		return c.heading(n)
	case *ast.Blockquote:
		return c.container(document.KindQuote, n)
	case *ast.List:
		b := c.container(document.KindList, n)
		if n.IsOrdered() {
			b.Flags |= document.FlagOrdered
		}
		return b
	case *ast.ListItem:
		return c.item(n)
	case *ast.FencedCodeBlock:
		return c.fenced(n)
	case *ast.CodeBlock:
		start, end := c.lines(n)
		b := c.block(document.KindCode, start, end)
		b.Children = c.code(n, end)
		return b
	case *ast.HTMLBlock:
		return c.html(n)
	case *ast.ThematicBreak:
		start := c.position(n)
		return c.block(document.KindThematicBreak, start, outline.LineEnd(c.source, start))
	case *ast.LinkReferenceDefinition:
		start, end := c.lines(n)
		b := c.block(document.KindDefinition, start, end)
		b.Label, b.Target = string(n.Label), decode(n.Destination)
		return b
	case *extast.Table:
		return c.table(n)
	}
	return c.inline(n)
}

// position is where a block begins, past its indentation.
func (c *converter) position(n ast.Node) int {
	at := min(max(n.Pos(), 0), len(c.source))
	for at < len(c.source) && (c.source[at] == ' ' || c.source[at] == '\t') {
		at++
	}
	return at
}

// lines returns the range of a block that consists of lines, trimmed.
func (c *converter) lines(n ast.Node) (start, end int) {
	lines := n.Lines()
	if lines.Len() == 0 {
		at := c.position(n)
		return at, at
	}
	return outline.Trim(c.source, lines.At(0).Start, lines.At(lines.Len()-1).Stop)
}

func (c *converter) heading(n *ast.Heading) *document.Block {
	start, end := c.position(n), 0
	if under, ok := c.ends[n]; ok {
		start, _ = c.lines(n)
		end = under
	} else {
		if n.Lines().Len() > 0 {
			start = c.backOver(n.Lines().At(0).Start, n.Level)
		}
		end = outline.LineEnd(c.source, start)
	}
	b := c.block(document.KindHeading, start, end)
	b.Level = n.Level
	if id, ok := n.AttributeString("id"); ok {
		if name, ok := id.([]byte); ok {
			b.Label = string(name)
		}
	}
	b.Children = c.children(n)
	return b
}

// backOver returns the start of the number signs before a heading's text.
func (c *converter) backOver(at, level int) int {
	for at > 0 && (c.source[at-1] == ' ' || c.source[at-1] == '\t') {
		at--
	}
	return max(at-level, 0)
}

// container is a block that spans from its first marker to its last child.
func (c *converter) container(kind document.Kind, n ast.Node) *document.Block {
	start := c.position(n)
	b := c.block(kind, start, start)
	for b.End < len(c.whole) && !isSpace(c.whole[b.End]) && b.End-b.Start < 10 && !n.HasChildren() {
		b.End++
	}
	b.Children = c.children(n)
	if len(b.Children) > 0 {
		b.Start = min(b.Start, b.Children[0].Start)
		b.End = b.Children[len(b.Children)-1].End
	}
	return b
}

func (c *converter) item(n *ast.ListItem) *document.Block {
	b := c.container(document.KindItem, n)
	if first := n.FirstChild(); first != nil {
		if box, ok := first.FirstChild().(*extast.TaskCheckBox); ok {
			b.Flags |= document.FlagTask
			if box.IsChecked {
				b.Flags |= document.FlagDone
			}
		}
	}
	return b
}

func (c *converter) fenced(n *ast.FencedCodeBlock) *document.Block {
	start := c.position(n)
	for start > 0 && start < len(c.source) && c.source[start-1] == c.source[start] {
		start--
	}
	end, closed := c.ends[n]
	if !closed {
		end = outline.LineEnd(c.source, start)
		if n.Lines().Len() > 0 {
			_, end = c.lines(n)
		}
	}
	b := c.block(document.KindCode, start, end)
	b.Flags = document.FlagFenced
	b.Language = strings.ToLower(string(n.Language(c.source)))
	b.Children = c.code(n, end)
	return b
}

// code returns the lines of code: one text where they follow each other in the
// source, and otherwise one for each line.
func (c *converter) code(n ast.Node, end int) []*document.Block {
	var texts []*document.Block
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		stop := min(line.Stop, end)
		if stop <= line.Start {
			continue
		}
		if last := len(texts) - 1; last >= 0 && texts[last].End == c.base+line.Start {
			texts[last].End = c.base + stop
			continue
		}
		texts = append(texts, c.block(document.KindText, line.Start, stop))
	}
	if last := len(texts) - 1; last >= 0 {
		text := texts[last]
		text.End = text.Start + len(bytes.TrimRight(c.whole[text.Start:text.End], "\r\n"))
	}
	return texts
}

func (c *converter) html(n *ast.HTMLBlock) *document.Block {
	start, end := c.lines(n)
	if n.HasClosure() && n.ClosureLine.Stop > end {
		end = outline.TrimRight(c.source, start, n.ClosureLine.Stop)
		if n.Lines().Len() == 0 {
			start, end = outline.Trim(c.source, n.ClosureLine.Start, n.ClosureLine.Stop)
		}
	}
	b := c.block(document.KindHTML, start, end)
	if raw := c.source[start:end]; bytes.HasPrefix(raw, []byte("<!--")) && bytes.Index(raw, []byte("-->")) == len(raw)-3 {
		b.Kind = document.KindComment
		return b
	}
	b.Children = html.Fragment(c.whole, b.Start, b.End)
	return b
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }
