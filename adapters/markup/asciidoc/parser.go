// Package asciidoc parses AsciiDoc: sections, lists, delimited blocks, tables,
// macros, references and anchors. Attributes set in the document are filled into
// the targets of its links.
package asciidoc

import (
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

// Parse returns the tree of a source.
func Parse(source []byte) *document.Tree {
	root := &document.Block{End: len(source)}
	p := &parser{source: source, lines: outline.Lines(source), attributes: map[string]string{}}
	root.Children = p.blocks(0, len(p.lines))
	outline.Settle(root, len(source))
	return &document.Tree{Format: document.FormatAsciiDoc, Root: root}
}

type parser struct {
	source     []byte
	lines      []outline.Line
	attributes map[string]string
	language   string // of the code block to come
	label      string // of the heading to come
	depth      int    // of delimited blocks
}

// maxDepth bounds how deep delimited blocks nest; deeper ones are paragraphs.
const maxDepth = 50

var (
	title     = regexp.MustCompile(`^(={1,6}|#{1,6})\s+\S`)
	attribute = regexp.MustCompile(`^:(!?[\w-]+!?):(?:\s+(.*))?$`)
	anchor    = regexp.MustCompile(`^\[\[([^\],]+)(?:,[^\]]*)?\]\]$`)
	listItem  = regexp.MustCompile(`^(\*{1,5}|-|\.{1,5}|\d+\.)[ \t]+\S`)
	term      = regexp.MustCompile(`^\S.*?(:{2,4}|;;)(\s|$)`)
	macro     = regexp.MustCompile(`^(image|include|video|audio)::(\S[^\[]*)\[.*\]$`)
	shorthand = regexp.MustCompile(`^\[[^\]]*#([\w:.-]+)`)
)

func (p *parser) text(i int) string { return string(p.source[p.lines[i].Start:p.lines[i].End]) }

func (p *parser) blocks(from, to int) []*document.Block {
	var blocks []*document.Block
	for i := from; i < to; {
		if p.lines[i].Blank() {
			i++
			continue
		}
		b, next := p.block(i, to)
		if b != nil {
			blocks = append(blocks, b)
		}
		i = max(next, i+1)
	}
	return blocks
}

// span is a block of the lines [from, to).
func (p *parser) span(kind document.Kind, from, to int) *document.Block {
	return &document.Block{Kind: kind, Start: p.lines[from].Start, End: p.lines[max(to, from+1)-1].End}
}

func (p *parser) block(i, to int) (*document.Block, int) {
	text := p.text(i)
	if b, next := p.delimited(i, to, text); b != nil {
		return b, next
	}
	switch {
	case title.MatchString(text):
		return p.heading(i, text), i + 1
	case text == "'''" || text == "***" || text == "---" || text == "<<<":
		return p.span(document.KindThematicBreak, i, i+1), i + 1
	case strings.HasPrefix(text, "//"):
		return p.span(document.KindComment, i, i+1), i + 1
	case text[0] == ':' && attribute.MatchString(text):
		m := attribute.FindStringSubmatch(text)
		p.attributes[m[1]] = p.fill(m[2])
		return p.span(document.KindComment, i, i+1), i + 1
	case text[0] == '[' && strings.HasSuffix(text, "]") && !strings.Contains(text, "]("):
		return p.blockAttributes(i, text), i + 1
	case listItem.MatchString(text):
		return p.list(i, to, marker(text))
	case term.MatchString(text) && !macro.MatchString(text):
		return p.terms(i, to)
	}
	if m := macro.FindStringSubmatch(text); m != nil {
		b := p.span(document.KindParagraph, i, i+1)
		kind := document.KindLink
		if m[1] == "image" {
			kind = document.KindImage
		}
		b.Children = []*document.Block{{Kind: kind, Start: b.Start, End: b.End, Target: p.fill(m[2])}}
		return b, i + 1
	}
	return p.paragraph(i, to)
}

func (p *parser) heading(i int, text string) *document.Block {
	level := 0
	for text[level] == text[0] {
		level++
	}
	b := p.span(document.KindHeading, i, i+1)
	b.Level = level
	b.Label, p.label = p.label, ""
	start, end := outline.Trim(p.source, b.Start+level, b.End)
	b.Children = p.inline(start, end)
	return b
}

// blockAttributes reads a line such as [source,go], [#id] or [[id]].
func (p *parser) blockAttributes(i int, text string) *document.Block {
	b := p.span(document.KindComment, i, i+1)
	if m := anchor.FindStringSubmatch(text); m != nil {
		return p.named(b, i, m[1])
	}
	inside := text[1 : len(text)-1]
	if m := shorthand.FindStringSubmatch(text); m != nil {
		p.named(b, i, m[1])
	}
	parts := strings.Split(inside, ",")
	if name := strings.TrimSpace(parts[0]); strings.HasPrefix(name, "source") || name == "" {
		if len(parts) > 1 {
			p.language = strings.ToLower(strings.Trim(strings.TrimSpace(parts[1]), `"`))
		}
	}
	return b
}

// named gives a name to the heading on the next line, or else makes an anchor.
func (p *parser) named(b *document.Block, i int, name string) *document.Block {
	for next := i + 1; next < len(p.lines) && next < i+4; next++ {
		if text := p.text(next); title.MatchString(text) {
			p.label = name
			return b
		} else if text == "" || text[0] != '[' {
			break
		}
	}
	b.Kind, b.Label = document.KindAnchor, name
	return b
}

var reference = regexp.MustCompile(`\{([\w-]+)\}`)

// fill puts the values of attributes in the place of {name}.
func (p *parser) fill(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return reference.ReplaceAllStringFunc(text, func(name string) string {
		if value, ok := p.attributes[name[1:len(name)-1]]; ok && len(value) < 1000 {
			return value
		}
		return name
	})
}

func (p *parser) paragraph(i, to int) (*document.Block, int) {
	end := i + 1
	for end < to && !p.lines[end].Blank() && !p.interrupts(end) {
		end++
	}
	p.language = ""
	b := p.span(document.KindParagraph, i, end)
	if p.lines[i].Indent > 0 {
		b.Kind = document.KindCode
		for _, line := range p.lines[i:end] {
			b.Children = append(b.Children, outline.Text(line.Start, line.End))
		}
		return b, end
	}
	for _, name := range []string{"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"} {
		if strings.HasPrefix(p.text(i), name+": ") {
			start := b.Start + len(name) + 2
			inner := &document.Block{Kind: document.KindParagraph, Start: start, End: b.End, Children: p.inline(start, b.End)}
			b.Kind, b.Label, b.Children = document.KindAdmonition, strings.ToLower(name), []*document.Block{inner}
			return b, end
		}
	}
	b.Children = p.inline(b.Start, b.End)
	return b, end
}

// interrupts reports whether a line ends the paragraph before it.
func (p *parser) interrupts(i int) bool {
	text := p.text(i)
	return text == "+" || fenceOf(text) != "" || listItem.MatchString(text) || strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]")
}
