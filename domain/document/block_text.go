package document

import (
	"bytes"
	"strings"
)

// PlainText returns what a reader sees of the block: the text without markup,
// with a newline where the source has one between two texts, and a tab between
// cells. Comments, front matter and tags of HTML say nothing; an image says the
// text in its place.
func (b *Block) PlainText(content []byte) string {
	w := textWriter{content: content}
	w.write(b)
	return w.out.String()
}

type textWriter struct {
	content    []byte
	out        strings.Builder
	last       int // where the last text ended in the source
	cell       bool
	skipImages bool
}

func (w *textWriter) write(b *Block) {
	switch b.Kind {
	case KindText:
		w.text(b)
		return
	case KindAutolink:
		if len(b.Children) == 0 {
			w.text(&Block{Start: b.Start, End: b.End, Text: b.Target})
			return
		}
	case KindImage:
		if w.skipImages {
			return
		}
	case KindCell:
		w.cell = true
	case KindComment, KindFrontMatter, KindDefinition, KindInlineHTML, KindAnchor:
		return
	}
	for _, child := range b.Children {
		w.write(child)
	}
}

func (w *textWriter) text(b *Block) {
	if w.out.Len() > 0 && b.Start >= w.last {
		switch {
		case bytes.IndexByte(w.content[w.last:b.Start], '\n') >= 0:
			w.out.WriteByte('\n')
		case w.cell:
			w.out.WriteByte('\t')
		}
	}
	w.cell = false
	w.last = b.End
	if b.Text != "" {
		w.out.WriteString(b.Text)
		return
	}
	w.out.Write(w.content[b.Start:b.End])
}
