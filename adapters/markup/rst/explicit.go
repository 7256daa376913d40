package rst

import (
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
)

var (
	target    = regexp.MustCompile("^\\.\\. _(`[^`]+`|(?:[^:\\\\`]|\\\\.|:[^ ])+|_):(?: +(.*))?$")
	directive = regexp.MustCompile(`^\.\. (?:\|[^|]+\| )?([A-Za-z][\w:.+-]*)::(?: +(.*))?$`)
	option    = regexp.MustCompile(`^:[\w-]+:( |$)`)
)

// explicit reads what begins with "..": a target, a directive, a footnote or a
// comment, with the indented lines below it.
func (p *parser) explicit(i, to int) ([]*document.Block, int) {
	text := p.text(i)
	end := max(p.indented(i+1, to, p.lines[i].Indent), i+1)
	if m := target.FindStringSubmatch(text); m != nil {
		return one(p.target(i, end, strings.Trim(m[1], "`"), m[2])), end
	}
	if m := directive.FindStringSubmatch(text); m != nil {
		return one(p.directive(i, end, strings.ToLower(m[1]), m[2])), end
	}
	if strings.HasPrefix(text, ".. [") && strings.Contains(text, "] ") {
		b := p.span(document.KindParagraph, i, end)
		b.Children = p.inline(b.Start+strings.Index(text, "] ")+2, b.End)
		return one(b), end
	}
	return one(p.span(document.KindComment, i, end)), end
}

func (p *parser) target(i, end int, name, address string) *document.Block {
	b := p.span(document.KindAnchor, i, i+1)
	b.Label = strings.ReplaceAll(name, `\:`, ":")
	for at := i + 1; at < end && address != ""; at++ {
		address += p.text(at)
		b.End = p.lines[at].End
	}
	if address != "" {
		b.Kind, b.Target = document.KindDefinition, strings.TrimSpace(address)
		if name == "_" {
			b.Label = "__"
		}
	}
	return b
}

func (p *parser) directive(i, end int, name, argument string) *document.Block {
	body := i + 1
	for body < end && (p.lines[body].Blank() || option.MatchString(p.text(body))) {
		body++
	}
	switch name {
	case "code-block", "code", "sourcecode", "parsed-literal", "prompt", "csv-table", "math", "productionlist":
		b := p.span(document.KindCode, i, end)
		b.Flags = document.FlagFenced
		if name != "csv-table" && name != "math" {
			b.Language = strings.ToLower(strings.TrimSpace(argument))
		}
		if body < end {
			b.Children = p.code(body, end).Children
		}
		return b
	case "raw":
		return p.span(document.KindHTML, i, end)
	case "image", "figure":
		return p.image(i, body, end, argument)
	}
	b := p.span(document.KindAdmonition, i, end)
	b.Label = name
	if argument != "" {
		start := p.lines[i].End - len(argument)
		title := &document.Block{Kind: document.KindParagraph, Start: start, End: p.lines[i].End}
		title.Children = p.inline(start, p.lines[i].End)
		b.Children = one(title)
	}
	if body < end {
		b.Children = append(b.Children, p.blocks(body, end, p.leastIndent(body, end))...)
	}
	return b
}

func (p *parser) image(i, body, end int, address string) *document.Block {
	b := p.span(document.KindAdmonition, i, end)
	b.Label = "image"
	if address != "" {
		last := p.lines[i].End
		b.Children = one(&document.Block{Kind: document.KindImage, Start: last - len(address), End: last, Target: strings.TrimSpace(address)})
	}
	if body < end {
		b.Children = append(b.Children, p.blocks(body, end, p.leastIndent(body, end))...)
	}
	return b
}

var spaces = regexp.MustCompile(`\s+`)

// normal is how names are compared: white space and case do not count.
func normal(name string) string {
	return strings.ToLower(spaces.ReplaceAllString(strings.TrimSpace(name), " "))
}

// resolve leads the references of a tree to the definitions, targets and
// headings of the same document.
func resolve(tree *document.Tree, source []byte) {
	places := make(map[string]string)
	var anonymous []string
	for _, a := range tree.Anchors(source) {
		if a.Block.Kind == document.KindHeading {
			places[normal(a.Block.PlainText(source))] = "#" + a.Name
		}
	}
	tree.Walk(func(b *document.Block) bool {
		switch {
		case b.Kind == document.KindDefinition && b.Label == "__":
			anonymous = append(anonymous, b.Target)
		case b.Kind == document.KindDefinition:
			places[normal(b.Label)] = b.Target
		case b.Kind == document.KindAnchor:
			places[normal(b.Label)] = "#" + b.Label
		case b.Kind == document.KindLink && b.Label != "" && b.Target != "" && !b.Has(document.FlagReference):
			places[normal(b.Label)] = b.Target
		}
		return true
	})
	for _, b := range tree.Links() {
		if !b.Has(document.FlagReference) || b.Target != "" {
			continue
		}
		if b.Label == "__" {
			if len(anonymous) > 0 {
				b.Target, anonymous = anonymous[0], anonymous[1:]
			}
			continue
		}
		b.Target = places[normal(b.Label)]
		for range 8 { // a definition may name another: ".. _a: b_"
			inner, ok := strings.CutSuffix(b.Target, "_")
			next, known := places[normal(strings.Trim(inner, "`"))]
			if !ok || !known {
				break
			}
			b.Target = next
		}
	}
}
