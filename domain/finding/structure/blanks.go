package structure

import (
	"bytes"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// blanks checks that headings, fences, lists and tables stand between blank lines.
func blanks(p *finding.Page) {
	p.Tree.Root.Walk(func(b *document.Block) bool {
		if b.Kind.Inline() {
			return false
		}
		for i, child := range b.Children {
			// Tight items hold their parts without blank lines between.
			if rule := blankRule(child); rule != "" && b.Kind != document.KindItem {
				around(p, b, i, rule)
			}
		}
		return true
	})
}

func blankRule(b *document.Block) string {
	switch {
	case b.Kind == document.KindHeading:
		return "blanks-around-headings"
	case b.Kind == document.KindCode && b.Has(document.FlagFenced):
		return "blanks-around-fences"
	case b.Kind == document.KindList:
		return "blanks-around-lists"
	case b.Kind == document.KindTable:
		return "blanks-around-tables"
	}
	return ""
}

// around reports a block that touches what stands before or behind it. In a
// quotation the blank line carries a marker, which a fix would have to know.
func around(p *finding.Page, parent *document.Block, i int, rule string) {
	b := parent.Children[i]
	plain := parent.Kind == document.KindDocument
	if i > 0 && touches(p.Content, parent.Children[i-1].End, b.Start) {
		at := lineStart(p.Content, b.Start)
		p.Mark(rule, b.Start, firstLineEnd(p.Content, b), "No blank line stands before this.", "", fixAt(plain, at))
	}
	if i+1 < len(parent.Children) && touches(p.Content, b.End, parent.Children[i+1].Start) && blankRule(parent.Children[i+1]) == "" {
		at := lineStart(p.Content, parent.Children[i+1].Start)
		p.Mark(rule, b.Start, firstLineEnd(p.Content, b), "No blank line stands behind this.", "", fixAt(plain, at))
	}
}

func fixAt(plain bool, at int) *finding.Fix {
	if !plain {
		return nil
	}
	return &finding.Fix{Start: at, End: at, Replacement: "\n"}
}

// touches reports whether less than one blank line lies between two offsets.
func touches(content []byte, from, to int) bool {
	return from <= to && bytes.Count(content[from:to], []byte("\n")) < 2
}

func lineStart(content []byte, at int) int { return bytes.LastIndexByte(content[:at], '\n') + 1 }

func firstLineEnd(content []byte, b *document.Block) int {
	if i := bytes.IndexByte(content[b.Start:b.End], '\n'); i > 0 {
		return b.Start + i
	}
	return b.End
}
