package asciidoc

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

var (
	inlineMacro = regexp.MustCompile(`^(link|xref|image|mailto|anchor|kbd|btn|footnote):([^\s\[:][^\s\[]*)?\[([^\]]*)\]`)
	crossRef    = regexp.MustCompile(`^<<([^<>,]+)(?:,([^<>]*))?>>`)
	inlineName  = regexp.MustCompile(`^\[\[([^\],]+)(?:,[^\]]*)?\]\]`)
	shownText   = regexp.MustCompile(`^\[([^\]]*)\]`)
)

// maxName bounds the length of the name of an anchor, in bytes.
const maxName = 256

func (p *parser) inline(start, end int) []*document.Block {
	return outline.Inline(p.source, start, end, p.recognise)
}

func (p *parser) recognise(at, end int) *document.Block {
	end = min(end, at+outline.MaxInline)
	rest := p.source[at:end]
	switch rest[0] {
	case '`':
		return p.quoted(document.KindCodeSpan, at, end)
	case '*':
		return p.quoted(document.KindStrong, at, end)
	case '_':
		return p.quoted(document.KindEmphasis, at, end)
	case '<':
		if m := crossRef.FindSubmatchIndex(rest); m != nil {
			return p.reference(at, m)
		}
	case '[':
		if m := inlineName.FindSubmatch(rest[:min(len(rest), maxName)]); m != nil {
			return &document.Block{Kind: document.KindAnchor, Start: at, End: at + len(m[0]), Label: string(m[1])}
		}
	case 'h':
		return p.address(at, end)
	case 'l', 'x', 'i', 'm', 'a', 'k', 'b', 'f':
		if outline.Opens(p.source, at, 1, end) {
			if m := inlineMacro.FindSubmatchIndex(rest[:min(len(rest), 4*maxName)]); m != nil {
				return p.macro(at, m)
			}
		}
	}
	return nil
}

// quoted reads text between one marker on both sides, or two of them.
func (p *parser) quoted(kind document.Kind, at, end int) *document.Block {
	marker := string(p.source[at : at+1])
	if at+1 < end && p.source[at+1] == p.source[at] {
		marker += marker
		if i := bytes.Index(p.source[at+2:end], []byte(marker)); i > 0 {
			return p.holding(kind, at, at+2, at+2+i, 2)
		}
		return nil
	}
	if !outline.Opens(p.source, at, 1, end) {
		return nil
	}
	if stop := outline.Closing(p.source, at+1, end, marker); stop > 0 {
		return p.holding(kind, at, at+1, stop, 1)
	}
	return nil
}

// holding is a node around text, or around more nodes where it is not code.
func (p *parser) holding(kind document.Kind, at, from, stop, marker int) *document.Block {
	b := &document.Block{Kind: kind, Start: at, End: stop + marker}
	if kind == document.KindCodeSpan {
		for from < stop && stop-from > 2 && p.source[from] == '+' && p.source[stop-1] == '+' {
			from, stop = from+1, stop-1
		}
		b.Children = []*document.Block{outline.Text(from, stop)}
	} else {
		b.Children = p.inline(from, stop)
	}
	return b
}

func (p *parser) reference(at int, m []int) *document.Block {
	b := &document.Block{Kind: document.KindLink, Flags: document.FlagReference, Start: at, End: at + m[1]}
	target := strings.TrimSpace(string(p.source[at+m[2] : at+m[3]]))
	b.Target = crossTarget(p.fill(target))
	b.Label = strings.TrimPrefix(target, "#")
	shown := m[2:4]
	if m[4] >= 0 && m[5] > m[4] {
		shown = m[4:6]
	}
	b.Children = []*document.Block{outline.Text(at+shown[0], at+shown[1])}
	return b
}

// crossTarget leads a reference without a file to a place in this document.
func crossTarget(target string) string {
	if strings.Contains(target, "#") || strings.HasSuffix(target, ".adoc") {
		return target
	}
	return "#" + target
}

func (p *parser) macro(at int, m []int) *document.Block {
	name := string(p.source[at+m[2] : at+m[3]])
	target := ""
	if m[4] >= 0 {
		target = p.fill(string(p.source[at+m[4] : at+m[5]]))
	}
	b := &document.Block{Kind: document.KindLink, Start: at, End: at + m[1], Target: target}
	switch name {
	case "xref":
		b.Target = crossTarget(target)
		b.Flags = document.FlagReference
	case "image":
		b.Kind = document.KindImage
	case "mailto":
		b.Target = "mailto:" + target
	case "anchor":
		b.Kind, b.Label, b.Target = document.KindAnchor, target, ""
		return b
	case "kbd", "btn", "footnote":
		b.Kind, b.Target = document.KindEmphasis, ""
	}
	if name != "footnote" && b.Target == "" && b.Kind == document.KindLink {
		return nil
	}
	if m[7] > m[6] {
		b.Children = []*document.Block{outline.Text(at+m[6], at+m[7])}
	}
	return b
}

// address reads a bare URL, with the text in brackets behind it.
func (p *parser) address(at, end int) *document.Block {
	stop := outline.URL(p.source, at, end)
	if stop < 0 || !outline.Opens(p.source, at, 1, end) {
		return nil
	}
	b := &document.Block{Kind: document.KindAutolink, Start: at, End: stop, Target: p.fill(string(p.source[at:stop]))}
	b.Children = []*document.Block{outline.Text(at, stop)}
	if m := shownText.FindSubmatchIndex(p.source[stop:end]); m != nil {
		b.Kind, b.End, b.Children = document.KindLink, stop+m[1], nil
		if m[3] > m[2] {
			b.Children = []*document.Block{outline.Text(stop+m[2], stop+m[3])}
		}
	}
	return b
}
