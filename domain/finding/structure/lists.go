package structure

import (
	"bytes"
	"fmt"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// lists checks how the items of lists are indented and spaced.
func lists(p *finding.Page, o Options) {
	if p.Wants("list-indent-consistent", "list-indent", "list-marker-space") {
		nested(p, p.Tree.Root, 0, 0, o)
	}
}

// nested visits the lists below a block. depth counts the unordered lists around
// it, -1 where an ordered one is among them; base is the column of the outermost.
func nested(p *finding.Page, parent *document.Block, depth, base int, o Options) {
	for _, b := range parent.Children {
		switch b.Kind {
		case document.KindList:
			start := base
			if depth == 0 && parent.Kind == document.KindQuote && len(b.Children) > 0 {
				start = column(p.Content, b.Children[0].Start)
			}
			within := depth + 1
			if b.Has(document.FlagOrdered) || depth < 0 {
				within = -1
			}
			indents(p, b, within, start+(within-1)*o.ListIndent)
			for _, item := range b.Children {
				markerSpace(p, item)
				nested(p, item, within, start, o)
			}
		case document.KindQuote:
			nested(p, b, 0, 0, o)
		}
	}
}

// indents checks that the items of a list begin in one column, which numbers may
// also end in, and that an unordered list begins where it is wanted.
func indents(p *finding.Page, list *document.Block, depth, want int) {
	first := -1
	for _, item := range list.Children {
		at := column(p.Content, item.Start)
		if first < 0 {
			first = at
		}
		switch {
		case at != first && !rightAligned(p.Content, list.Children[0], item):
			p.Mark("list-indent-consistent", item.Start, item.Start+1, fmt.Sprintf("The item is indented by %d where its list is by %d.", at, first), "", nil)
		case depth > 0 && at != want:
			p.Mark("list-indent", item.Start, item.Start+1, fmt.Sprintf("The item is indented by %d where %d is wanted.", at, want), "", nil)
		}
	}
}

// rightAligned reports whether the numbers of two items end in one column.
func rightAligned(content []byte, a, b *document.Block) bool {
	x, y := marker(content, a), marker(content, b)
	return x > 1 && y > 1 && column(content, a.Start)+x == column(content, b.Start)+y
}

// marker is the length of the bullet or number that opens an item.
func marker(content []byte, item *document.Block) int {
	n := 0
	for item.Start+n < item.End && content[item.Start+n] >= '0' && content[item.Start+n] <= '9' {
		n++
	}
	return n + 1
}

// markerSpace checks that one blank stands behind the marker of an item. Where
// the item has more lines, they hang on its indentation and are left as they are.
func markerSpace(p *finding.Page, item *document.Block) {
	at := item.Start + marker(p.Content, item)
	end := at
	for end < item.End && (p.Content[end] == ' ' || p.Content[end] == '\t') {
		end++
	}
	if end-at <= 1 || end-at > 4 || end == item.End || p.Content[end] == '\n' || p.Content[end] == '\r' {
		return
	}
	var fix *finding.Fix
	if bytes.IndexByte(p.Content[item.Start:item.End], '\n') < 0 {
		fix = &finding.Fix{Start: at, End: end, Replacement: " "}
	}
	p.Mark("list-marker-space", item.Start, end, fmt.Sprintf("%d blanks stand behind the marker of the item.", end-at), "", fix)
}

// column is how many bytes stand before an offset in its line.
func column(content []byte, at int) int { return at - lineStart(content, at) }
