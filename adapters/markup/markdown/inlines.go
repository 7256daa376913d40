package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"github.com/docsteward/docsteward/adapters/markup/html"
	"github.com/docsteward/docsteward/domain/document"
)

func (c *converter) inline(n ast.Node) *document.Block {
	switch n := n.(type) {
	case *ast.Text:
		return c.text(n)
	case *ast.CodeSpan:
		return c.noted(document.KindCodeSpan, n)
	case *ast.Link:
		b := c.noted(document.KindLink, n)
		b.Target = decode(n.Destination)
		refer(b, n.Reference)
		return b
	case *ast.Image:
		b := c.noted(document.KindImage, n)
		b.Target = decode(n.Destination)
		refer(b, n.Reference)
		return b
	case *ast.AutoLink:
		return c.autolink(n)
	case *ast.Emphasis:
		if n.Level > 1 {
			return c.around(document.KindStrong, n, n.Level)
		}
		return c.around(document.KindEmphasis, n, 1)
	case *extast.Strikethrough:
		return c.deleted(n)
	case *ast.RawHTML:
		return c.rawHTML(n)
	}
	return nil
}

func (c *converter) text(n *ast.Text) *document.Block {
	if n.Segment.Stop <= n.Segment.Start {
		return nil
	}
	b := c.block(document.KindText, n.Segment.Start, n.Segment.Stop)
	if raw := c.source[n.Segment.Start:n.Segment.Stop]; !n.IsRaw() && bytes.ContainsAny(raw, `\&`) {
		if text := decode(raw); text != string(raw) {
			b.Text = text
		}
	}
	return b
}

// noted is a node whose end was noted while it was parsed.
func (c *converter) noted(kind document.Kind, n ast.Node) *document.Block {
	start := max(n.Pos(), 0)
	b := c.block(kind, start, max(start, c.ends[n]))
	b.Children = c.children(n)
	return b
}

func refer(b *document.Block, reference *ast.ReferenceLink) {
	if reference != nil {
		b.Flags |= document.FlagReference
		b.Label = string(reference.Value)
	}
}

// autolink ends where its parser stopped; it begins before its label, which a
// bare link shows without brackets.
func (c *converter) autolink(n *ast.AutoLink) *document.Block {
	label, end := n.Label(c.source), c.ends[n]
	start := end - len(label)
	if end > 0 && end <= len(c.source) && c.source[end-1] == '>' {
		start -= 2
	}
	b := c.block(document.KindAutolink, start, end)
	b.Target = string(n.URL(c.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix([]byte(b.Target), []byte("mailto:")) {
		b.Target = "mailto:" + b.Target
	}
	shown := c.block(document.KindText, end-len(label), end)
	if start < end-len(label) {
		shown.Start, shown.End = shown.Start-1, shown.End-1
	}
	b.Children = []*document.Block{shown}
	return b
}

// around is a node between markers of the same length on both sides.
func (c *converter) around(kind document.Kind, n ast.Node, marker int) *document.Block {
	children := c.children(n)
	if len(children) == 0 {
		start := max(n.Pos(), 0)
		return c.block(kind, start, start)
	}
	return &document.Block{
		Kind: kind, Start: children[0].Start - marker, End: children[len(children)-1].End + marker, Children: children,
	}
}

// deleted is marked by one or two tildes.
func (c *converter) deleted(n ast.Node) *document.Block {
	b := c.around(document.KindDeleted, n, 1)
	if b.Start > c.base && b.End < len(c.whole) && c.whole[b.Start-1] == '~' && c.whole[b.End] == '~' {
		b.Start, b.End = b.Start-1, b.End+1
	}
	return b
}

func (c *converter) rawHTML(n *ast.RawHTML) *document.Block {
	if n.Segments.Len() == 0 {
		return nil
	}
	start, end := c.base+n.Segments.At(0).Start, c.base+n.Segments.At(n.Segments.Len()-1).Stop
	if bytes.HasPrefix(c.whole[start:end], []byte("<!--")) {
		return &document.Block{Kind: document.KindComment, Start: start, End: end}
	}
	return html.Tag(c.whole, start, end)
}

// decode undoes escapes and entities.
func decode(raw []byte) string {
	if !bytes.ContainsAny(raw, `\&`) {
		return string(raw)
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw))))
}
