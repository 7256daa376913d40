package html

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

// kinds tells what an element is. Never written.
var kinds = map[string]document.Kind{
	"h1": document.KindHeading, "h2": document.KindHeading, "h3": document.KindHeading,
	"h4": document.KindHeading, "h5": document.KindHeading, "h6": document.KindHeading,
	"p": document.KindParagraph, "dt": document.KindParagraph, "dd": document.KindParagraph,
	"figcaption": document.KindParagraph, "caption": document.KindParagraph, "summary": document.KindParagraph,
	"ul": document.KindList, "ol": document.KindList, "dl": document.KindList, "li": document.KindItem,
	"table": document.KindTable, "tr": document.KindRow, "td": document.KindCell, "th": document.KindCell,
	"pre": document.KindCode, "blockquote": document.KindQuote,
	"a": document.KindLink, "em": document.KindEmphasis, "i": document.KindEmphasis,
	"strong": document.KindStrong, "b": document.KindStrong, "code": document.KindCodeSpan, "kbd": document.KindCodeSpan,
	"samp": document.KindCodeSpan, "del": document.KindDeleted, "s": document.KindDeleted,
}

// Parse returns the tree of a source. Elements that say nothing about the text,
// such as div and span, leave no node; what stands in them does.
func Parse(source []byte) *document.Tree {
	root := &document.Block{End: len(source)}
	p := &parser{source: source, open: []element{{block: root}}}
	z := html.NewTokenizer(bytes.NewReader(source))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		p.start, p.end = p.end, p.end+len(z.Raw())
		p.token(kind, z)
	}
	for len(p.open) > 1 {
		p.pop(p.end)
	}
	outline.Settle(root, len(source))
	return &document.Tree{Format: document.FormatHTML, Root: root}
}

// element is an open element that has a node; loose tells a paragraph that only
// its text made, not a tag.
type element struct {
	tag   string
	block *document.Block
	loose bool
}

type parser struct {
	source     []byte
	start, end int // of the current token
	open       []element
	silent     string // the script, style or title that is open
}

func (p *parser) top() *document.Block { return p.open[len(p.open)-1].block }

func (p *parser) token(kind html.TokenType, z *html.Tokenizer) {
	switch kind {
	case html.TextToken:
		p.text()
	case html.CommentToken:
		p.add(&document.Block{Kind: document.KindComment, Start: p.start, End: p.end})
	case html.StartTagToken, html.SelfClosingTagToken:
		b := &document.Block{Start: p.start, End: p.end}
		tag, class := describe(z, b)
		p.startTag(tag, class, b, kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := z.TagName()
		p.endTag(string(name))
	}
}

func (p *parser) text() {
	if p.silent != "" {
		return
	}
	if p.top().Kind == document.KindCode || p.within(document.KindCode) {
		p.add(textBlock(p.source, p.start, p.end))
		return
	}
	if len(bytes.TrimSpace(p.source[p.start:p.end])) == 0 {
		if len(p.top().Children) > 0 && p.inText() {
			p.add(textBlock(p.source, p.start, p.end))
		}
		return
	}
	p.needParagraph()
	start, end := p.start, p.end
	if len(p.top().Children) == 0 {
		start, _ = outline.Trim(p.source, start, end)
	}
	p.add(textBlock(p.source, start, end))
}

// inText reports whether the innermost node holds running text.
func (p *parser) inText() bool {
	switch kind := p.top().Kind; kind {
	case document.KindHeading, document.KindParagraph, document.KindCell, document.KindCode:
		return true
	default:
		return kind.Inline()
	}
}

func (p *parser) within(kind document.Kind) bool {
	for _, e := range p.open {
		if e.block.Kind == kind {
			return true
		}
	}
	return false
}

// needParagraph opens a paragraph for text that stands in no element for it.
func (p *parser) needParagraph() {
	if !p.inText() {
		p.push(element{block: &document.Block{Kind: document.KindParagraph, Start: p.start, End: p.end}, loose: true})
	}
}

func (p *parser) add(b *document.Block) { p.top().Children = append(p.top().Children, b) }

// maxDepth bounds how deep elements nest; one that lies deeper holds nothing.
const maxDepth = 200

func (p *parser) push(e element) {
	p.add(e.block)
	if len(p.open) < maxDepth {
		p.open = append(p.open, e)
	}
}

// pop closes the innermost node at a place of the source.
func (p *parser) pop(at int) {
	last := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	last.block.End = max(outline.TrimRight(p.source, last.block.Start, at), last.block.Start)
	if children := last.block.Children; len(children) > 0 && !last.block.Kind.Inline() {
		if text := children[len(children)-1]; text.Kind == document.KindText {
			text.End = min(text.End, outline.TrimRight(p.source, text.Start, text.End))
		}
	}
}

func (p *parser) endTag(tag string) {
	if tag == p.silent {
		p.silent = ""
		return
	}
	for i := len(p.open) - 1; i > 0; i-- {
		if p.open[i].tag != tag {
			continue
		}
		for len(p.open)-1 > i {
			p.pop(p.start)
		}
		p.pop(p.end)
		return
	}
	if !inlineTag(tag) {
		p.closeLoose()
	}
}

// closeLoose ends a paragraph that no tag opened, because a block begins or ends.
func (p *parser) closeLoose() {
	for i := len(p.open) - 1; i > 0; i-- {
		if p.open[i].loose {
			for len(p.open) > i {
				p.pop(p.start)
			}
			return
		}
	}
}

// inlineTag reports whether an element stands within running text.
func inlineTag(tag string) bool {
	if kind, ok := kinds[tag]; ok {
		return kind.Inline()
	}
	return strings.Contains(" abbr br cite font img input label mark q small span sub sup tt u var wbr ", " "+tag+" ")
}
