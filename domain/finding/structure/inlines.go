package structure

import (
	"bytes"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// inlines checks links, images and emphasis.
func inlines(p *finding.Page) {
	seen := make(styles)
	used, defined := make(map[string]bool), []*document.Block{}
	later := templated(p)
	p.Tree.Walk(func(b *document.Block) bool {
		switch b.Kind {
		case document.KindParagraph:
			emphasised(p, b)
		case document.KindDefinition:
			defined = append(defined, b)
		case document.KindLink:
			link(p, b)
			linkText(p, b)
			used[label(b.Label)] = true
			return true
		case document.KindAutolink:
			if source := b.Source(p.Content); len(source) > 0 && source[0] != '<' {
				bare(p, b.Start, b.End)
			}
			return false
		case document.KindImage:
			used[label(b.Label)] = true
			if strings.TrimSpace(b.PlainText(p.Content)) == "" {
				p.Mark("image-alt", b.Start, b.End, "The image has no text in its place.", "Say what it shows.", nil)
			}
			return false
		case document.KindEmphasis:
			if seen.differs("emphasis", string(p.Content[b.Start])) {
				p.Mark("emphasis-style", b.Start, b.End, "The emphasis is written with another character than the first.", "", restyle(p.Content, b, 1))
			}
		case document.KindStrong:
			if seen.differs("strong", string(p.Content[b.Start])) {
				p.Mark("strong-style", b.Start, b.End, "The strong emphasis is written with another character than the first.", "", restyle(p.Content, b, 2))
			}
		case document.KindCode, document.KindComment:
			return false
		case document.KindCodeSpan:
			spacing(p, b)
			return false
		case document.KindText:
			spacing(p, b)
			references(p, b, later)
		case document.KindInlineHTML, document.KindHTML:
			p.Mark("no-inline-html", b.Start, b.End, "This is written in HTML.", "", nil)
			return b.Kind != document.KindHTML
		}
		return true
	})
	for _, d := range defined {
		if !used[label(d.Label)] && !strings.HasPrefix(d.Label, "^") && d.Label != "//" {
			p.Mark("unused-definition", d.Start, d.End, "The link definition "+d.Label+" is not used.", "", nil)
		}
	}
}

// restyle writes emphasis between underscores with stars, which can stand
// wherever underscores can. Text that holds either, or stands beside one, is left
// alone: which mark belongs to which would change.
func restyle(content []byte, b *document.Block, marker int) *finding.Fix {
	source := b.Source(content)
	if len(source) <= 2*marker || source[0] != '_' || bytes.ContainsAny(source[marker:len(source)-marker], "_*") ||
		b.Start > 0 && isMark(content[b.Start-1]) || b.End < len(content) && isMark(content[b.End]) {
		return nil
	}
	stars := strings.Repeat("*", marker)
	return &finding.Fix{Start: b.Start, End: b.End, Replacement: stars + string(source[marker:len(source)-marker]) + stars}
}

func isMark(c byte) bool { return c == '_' || c == '*' }

func label(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }

func bare(p *finding.Page, start, end int) {
	text := string(p.Content[start:end])
	var fix *finding.Fix
	if strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://") {
		fix = &finding.Fix{Start: start, End: end, Replacement: "<" + text + ">"}
	}
	p.Mark("bare-url", start, end, "The address is written bare.", "<"+text+">", fix)
}

func link(p *finding.Page, b *document.Block) {
	if target := strings.TrimSpace(b.Target); target == "" || target == "#" {
		p.Mark("empty-link", b.Start, b.End, "The link leads nowhere.", "", nil)
	}
	if len(b.Children) == 0 {
		return
	}
	first, last := b.Children[0], b.Children[len(b.Children)-1]
	start, end := first.Start, last.End
	text := string(p.Content[start:end])
	if trimmed := strings.TrimSpace(text); trimmed != text && trimmed != "" && first.Kind == document.KindText && !strings.Contains(text, "\n") {
		fix := &finding.Fix{Start: start, End: end, Replacement: trimmed}
		if text[0] == ' ' && !apart(p.Content, b.Start-1) || text[len(text)-1] == ' ' && !apart(p.Content, b.End) {
			fix = nil // the blank is all that parts two words
		}
		p.Mark("space-in-links", b.Start, b.End, "The text of the link begins or ends with a blank.", "", fix)
	}
}

// apart reports whether a byte of the content parts words, or lies outside.
func apart(content []byte, at int) bool {
	return at < 0 || at >= len(content) || strings.IndexByte(" \t\n\r.,;:!?()", content[at]) >= 0
}

// emphasised reports a paragraph that is one stressed phrase: a heading in
// disguise. Within a list or a quotation it is none.
func emphasised(p *finding.Page, b *document.Block) {
	if column(p.Content, b.Start) > 0 || len(b.Children) != 1 || b.Children[0].Kind != document.KindStrong && b.Children[0].Kind != document.KindEmphasis {
		return
	}
	text := strings.TrimSpace(b.PlainText(p.Content))
	if text == "" || strings.ContainsRune(".,;:!?", lastRune(text)) || len(text) > 60 || strings.Contains(text, "\n") {
		return
	}
	p.Mark("emphasis-as-heading", b.Start, b.End, "The stressed line stands where a heading is meant.", "Write it with #.", nil)
}
