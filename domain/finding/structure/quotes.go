package structure

import (
	"bytes"
	"regexp"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// quoted is a quotation mark with more than one blank behind it.
var quoted = regexp.MustCompile(`^(?:[ \t]*>)+( {2,4})\S`)

// quotes checks quotations.
func quotes(p *finding.Page) {
	p.Tree.Walk(func(b *document.Block) bool {
		for i, child := range b.Children {
			if child.Kind != document.KindQuote {
				continue
			}
			quoteSpaces(p, child)
			if i > 0 && b.Children[i-1].Kind == document.KindQuote && len(bytes.TrimSpace(p.Content[b.Children[i-1].End:child.Start])) == 0 {
				p.Mark("blanks-in-quote", child.Start, firstLineEnd(p.Content, child), "A blank line parts two quotations; some renderers join them.",
					"Begin the blank line with >, or put a text between.", nil)
			}
		}
		return !b.Kind.Inline()
	})
}

// quoteSpaces looks at the lines of the paragraphs directly within a quotation;
// lists and code there are indented for a reason.
func quoteSpaces(p *finding.Page, quote *document.Block) {
	for _, b := range quote.Children {
		if b.Kind != document.KindParagraph && b.Kind != document.KindHeading {
			continue
		}
		at := lineStart(p.Content, b.Start)
		for line := range bytes.Lines(p.Content[at:b.End]) {
			if m := quoted.FindSubmatchIndex(line); m != nil {
				p.Mark("quote-space", at+m[2], at+m[3], "More than one blank stands behind the >.", "", &finding.Fix{Start: at + m[2], End: at + m[3], Replacement: " "})
			}
			at += len(line)
		}
	}
}
