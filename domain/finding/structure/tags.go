package structure

import (
	"regexp"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

var (
	tag = regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*?)(/?)>`)
	// closers are tags that end by themselves or may be left open (HTML standard,
	// sections 13.1.2 and 13.1.2.4). Never written.
	closers = []string{
		"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
		"p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "colgroup", "rt", "rp",
	}
	// known are tags that are meant as such: <name> in prose is a placeholder. Never written.
	known = []string{
		"a", "abbr", "article", "aside", "b", "blockquote", "button", "caption", "center", "code", "details", "div", "dl", "em", "figure",
		"figcaption", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "i", "iframe", "kbd", "label", "main", "mark", "nav",
		"ol", "picture", "pre", "s", "samp", "script", "section", "select", "small", "span", "strong", "style", "sub", "summary", "sup", "svg",
		"table", "textarea", "u", "ul", "var", "video",
	}
)

// openTag is a tag that waits for its end.
type openTag struct {
	name       string
	start, end int
}

// tags checks that tags of HTML are closed, the innermost first.
func tags(p *finding.Page) {
	if !p.Wants("unclosed-html") {
		return
	}
	var open []openTag
	p.Tree.Walk(func(b *document.Block) bool {
		if b.Kind == document.KindHTML || b.Kind == document.KindInlineHTML {
			for _, m := range tag.FindAllSubmatchIndex(b.Source(p.Content), -1) {
				open = step(p, open, b.Start, m)
			}
			return false // what lies within a block of HTML was read with it
		}
		return true
	})
	for _, t := range open {
		p.Mark("unclosed-html", t.start, t.end, "The tag <"+t.name+"> is not closed.", "Close it with </"+t.name+">.", nil)
	}
}

func step(p *finding.Page, open []openTag, base int, m []int) []openTag {
	start, end := base+m[0], base+m[1]
	name := strings.ToLower(string(p.Content[base+m[4] : base+m[5]]))
	if slices.Contains(closers, name) || !slices.Contains(known, name) || m[9] > m[8] {
		return open
	}
	if m[3] == m[2] {
		return append(open, openTag{name, start, end})
	}
	for i := len(open) - 1; i >= 0; i-- {
		if open[i].name != name {
			continue
		}
		for _, skipped := range open[i+1:] {
			p.Mark("unclosed-html", skipped.start, skipped.end, "The tag <"+skipped.name+"> is still open where </"+name+"> stands.", "Close it before.", nil)
		}
		return open[:i]
	}
	p.Mark("unclosed-html", start, end, "The tag </"+name+"> closes nothing.", "Remove it, or open it before.", nil)
	return open
}
