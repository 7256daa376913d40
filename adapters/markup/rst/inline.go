package rst

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

var (
	role      = regexp.MustCompile("^:([A-Za-z][\\w:.+-]*):`")
	reference = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9]|[-+.:_][A-Za-z0-9])*__?`)
)

// maxName bounds the length of a reference of one word, in bytes.
const maxName = 256

func (p *parser) inline(start, end int) []*document.Block {
	return outline.Inline(p.source, start, end, p.recognise)
}

func (p *parser) recognise(at, end int) *document.Block {
	end = min(end, at+outline.MaxInline)
	switch c := p.source[at]; {
	case c == '`' || c == '*':
		if !outline.Opens(p.source, at, 1, end) {
			return nil
		}
		if c == '*' {
			return p.emphasis(at, end)
		}
		if bytes.HasPrefix(p.source[at:end], []byte("``")) {
			return p.between(document.KindCodeSpan, at, end, "``")
		}
		return p.quoted(at, at, end, "")
	case c == ':':
		if m := role.FindSubmatch(p.source[at:end]); m != nil && outline.Opens(p.source, at, 1, end) {
			return p.quoted(at, at+len(m[0])-1, end, string(m[1]))
		}
	case c == '_' && bytes.HasPrefix(p.source[at:end], []byte("_`")):
		if stop := outline.Closing(p.source, at+2, end, "`"); stop > 0 {
			return &document.Block{Kind: document.KindAnchor, Start: at, End: stop + 1, Label: string(p.source[at+2 : stop])}
		}
	case c == 'h':
		if stop := outline.URL(p.source, at, end); stop > 0 && outline.Opens(p.source, at, 1, end) {
			return &document.Block{Kind: document.KindAutolink, Start: at, End: stop, Target: string(p.source[at:stop]),
				Children: one(outline.Text(at, stop))}
		}
		return p.word(at, end)
	default:
		return p.word(at, end)
	}
	return nil
}

// between is a node between two equal markers, whose inside is text.
func (p *parser) between(kind document.Kind, at, end int, marker string) *document.Block {
	stop := outline.Closing(p.source, at+len(marker), end, marker)
	if stop < 0 {
		return nil
	}
	return &document.Block{Kind: kind, Start: at, End: stop + len(marker), Children: one(outline.Text(at+len(marker), stop))}
}

func (p *parser) emphasis(at, end int) *document.Block {
	if bytes.HasPrefix(p.source[at:end], []byte("**")) {
		return p.between(document.KindStrong, at, end, "**")
	}
	return p.between(document.KindEmphasis, at, end, "*")
}

// quoted reads `text`, `text`_, `text <address>`_ and :role:`text <label>`. The
// node begins at start, its first backtick stands at tick.
func (p *parser) quoted(start, tick, end int, name string) *document.Block {
	i := bytes.IndexByte(p.source[min(tick+1, end):end], '`')
	if i <= 0 {
		return nil
	}
	from, stop := tick+1, tick+1+i
	b := &document.Block{Kind: document.KindEmphasis, Start: start, End: stop + 1}
	text, address := split(string(p.source[from:stop]))
	b.Children = one(outline.Text(from, from+max(len(text), 1)))
	if name != "" {
		p.role(b, name, text, address)
		return b
	}
	rest := p.source[b.End:end]
	underscores := len(rest) - len(bytes.TrimLeft(rest, "_"))
	if underscores == 0 || underscores > 2 {
		b.Children = one(outline.Text(from, stop))
		return b
	}
	b.Kind = document.KindLink
	b.End += underscores
	b.Label = text
	switch inner, named := strings.CutSuffix(address, "_"); {
	case address == "" && underscores == 2:
		b.Flags, b.Label = document.FlagReference, "__"
	case address == "":
		b.Flags = document.FlagReference
	case named:
		b.Flags, b.Label = document.FlagReference, strings.Trim(inner, "`")
	default:
		b.Target = strings.ReplaceAll(address, "\n", "")
	}
	return b
}

// split parts "text <address>".
func split(text string) (shown, address string) {
	open := strings.LastIndexByte(text, '<')
	if open < 0 || !strings.HasSuffix(text, ">") {
		return text, ""
	}
	address = text[open+1 : len(text)-1]
	if shown = strings.TrimRight(text[:open], " \n\t\r"); shown == "" {
		return text, address
	}
	return shown, address
}

// role gives meaning to the roles that link; other names of code are code.
func (p *parser) role(b *document.Block, name, text, address string) {
	if address == "" {
		address = text
	}
	switch name {
	case "ref", "numref", "term", "std:ref":
		b.Kind, b.Flags, b.Label = document.KindLink, document.FlagReference, address
	case "doc", "download":
		b.Kind, b.Target = document.KindLink, address
	case "strong":
		b.Kind = document.KindStrong
	case "emphasis", "title", "abbr", "sub", "sup", "guilabel", "menuselection":
	default:
		b.Kind = document.KindCodeSpan
	}
}

// word reads a reference such as name_ or name__.
func (p *parser) word(at, end int) *document.Block {
	if !outline.Opens(p.source, at, 1, end) || at > 0 && strings.IndexByte("_-+.:/@`", p.source[at-1]) >= 0 {
		return nil
	}
	line := p.source[at:min(end, at+maxName)]
	if i := bytes.IndexAny(line, " \t\n"); i >= 0 {
		line = line[:i]
	}
	if bytes.IndexByte(line, '_') < 0 {
		return nil
	}
	m := reference.Find(line)
	name := strings.TrimRight(string(m), "_")
	if name == string(m) {
		return nil
	}
	if rest := line[len(m):]; len(rest) > 0 && strings.IndexByte(`'")]}>-/:.,;!?`, rest[0]) < 0 {
		return nil
	}
	b := &document.Block{Kind: document.KindLink, Flags: document.FlagReference, Start: at, End: at + len(m), Label: name}
	if strings.HasSuffix(string(m), "__") {
		b.Label = "__"
	}
	b.Children = one(outline.Text(at, at+len(name)))
	return b
}
