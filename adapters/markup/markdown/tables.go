package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

// table spans from its heading row to its last row, the line of dashes included.
func (c *converter) table(n *extast.Table) *document.Block {
	start := c.position(n)
	b := c.block(document.KindTable, start, start)
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		b.Children = append(b.Children, c.row(row))
	}
	if len(b.Children) > 0 {
		b.Start, b.End = b.Children[0].Start, b.Children[len(b.Children)-1].End
	}
	if len(b.Children) == 1 {
		if i := bytes.IndexByte(c.whole[b.End:], '\n'); i >= 0 {
			b.End = max(b.End, outline.LineEnd(c.whole, b.End+i+1))
		}
	}
	return b
}

func (c *converter) row(n ast.Node) *document.Block {
	start := c.position(n)
	b := c.block(document.KindRow, start, outline.LineEnd(c.source, start))
	if _, ok := n.(*extast.TableHeader); ok {
		b.Flags |= document.FlagHeader
	}
	for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
		from, to := b.End, b.End
		if lines := cell.Lines(); lines != nil && lines.Len() > 0 {
			from, to = c.base+lines.At(0).Start, c.base+max(lines.At(0).Start, lines.At(0).Stop)
		}
		b.Children = append(b.Children, &document.Block{Kind: document.KindCell, Start: from, End: to, Children: c.children(cell)})
	}
	return b
}
