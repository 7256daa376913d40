package html

import (
	"strings"

	"github.com/docsteward/docsteward/domain/document"
)

// startTag opens the node of an element, after closing those that end where it
// begins.
func (p *parser) startTag(tag, class string, b *document.Block, selfClosing bool) {
	switch tag {
	case "script", "style", "title", "template":
		if !selfClosing {
			p.silent = tag
		}
		return
	case "img", "iframe", "video", "audio", "source", "embed":
		p.media(tag, b)
		return
	}
	kind, known := kinds[tag]
	if !inlineTag(tag) {
		p.closeLoose()
		p.implyEnd(tag)
	}
	if tag == "code" && p.within(document.KindCode) {
		p.language(class)
		return
	}
	switch {
	case !known || kind == document.KindLink && b.Target == "":
		if b.Label != "" {
			b.Kind = document.KindAnchor
			p.add(b)
		}
		return
	case kind.Inline():
		p.needParagraph()
	}
	b.Kind = kind
	switch tag {
	case "ol":
		b.Flags |= document.FlagOrdered
	case "th":
		p.top().Flags |= headerOf(p.top())
	}
	if kind == document.KindHeading {
		b.Level = int(tag[1] - '0')
	} else if b.Label != "" {
		p.add(&document.Block{Kind: document.KindAnchor, Label: b.Label, Start: b.Start, End: b.Start})
		b.Label = ""
	}
	if kind != document.KindLink {
		b.Target = ""
	}
	if !selfClosing {
		p.push(element{tag: tag, block: b})
		p.language(class)
	}
}

func headerOf(row *document.Block) document.Flags {
	if row.Kind == document.KindRow {
		return document.FlagHeader
	}
	return 0
}

// media adds an image, or a tag that embeds something else.
func (p *parser) media(tag string, b *document.Block) {
	b.Kind = document.KindInlineHTML
	if tag == "img" {
		b.Kind = document.KindImage
		p.needParagraph()
	}
	p.add(b)
}

// language reads the language of open code from a class such as "language-go".
func (p *parser) language(class string) {
	top := p.top()
	if top.Kind != document.KindCode || top.Language != "" {
		return
	}
	for _, name := range strings.Fields(class) {
		for _, prefix := range []string{"language-", "lang-", "highlight-"} {
			if rest, ok := strings.CutPrefix(name, prefix); ok {
				top.Language = strings.ToLower(rest)
				return
			}
		}
	}
}

// closedBy tells which open elements the start of another ends. Never written.
var closedBy = map[string]string{
	"li": " li p ", "dt": " dt dd p ", "dd": " dt dd p ", "tr": " tr td th p ", "td": " td th p ", "th": " td th p ",
}

// implyEnd closes the elements that HTML lets end without a tag: a paragraph at
// the next block, an item at the next item, and so on.
func (p *parser) implyEnd(tag string) {
	closes := closedBy[tag]
	if closes == "" {
		closes = " p "
	}
	for i := len(p.open) - 1; i > 0; i-- {
		e := p.open[i]
		if tag != "table" && e.tag == "table" || strings.Contains(" ul ol dl ", " "+e.tag+" ") {
			return
		}
		if e.tag != "" && strings.Contains(closes, " "+e.tag+" ") {
			for len(p.open) > i {
				p.pop(p.start)
			}
		}
	}
}
