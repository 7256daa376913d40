package document

import "github.com/docsteward/docsteward/domain/span"

// Spans returns the addressable pieces of a document: one span for every
// heading, paragraph, code block, table row and block of HTML, wherever it is
// nested, ordered by start and without overlap. Document and Version are zero.
func Spans(content []byte, tree *Tree) []span.Span {
	var spans []span.Span
	tree.Walk(func(b *Block) bool {
		switch b.Kind {
		case KindHeading, KindParagraph, KindCode, KindRow, KindHTML:
			if b.Start < b.End {
				spans = append(spans, span.Of(content, b.Start, b.End))
			}
			return false
		}
		return !b.Kind.Inline()
	})
	return spans
}
