package structure

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// headings checks the outline of any format.
func headings(p *finding.Page) {
	all := p.Tree.Headings()
	last, titles := 0, 0
	style := ""
	// open holds, per level, the texts seen since a heading above it.
	open := make(map[int]map[string]bool)
	for _, h := range all {
		text := strings.TrimSpace(h.PlainText(p.Content))
		if last > 0 && h.Level > last+1 {
			p.Mark("heading-increment", h.Start, h.End, fmt.Sprintf("The heading jumps from level %d to %d.", last, h.Level),
				fmt.Sprintf("Make it level %d, or add the level between.", last+1), nil)
		}
		last = h.Level
		if h.Level == 1 {
			if titles++; titles > 1 {
				p.Mark("single-h1", h.Start, h.End, "The document has another title above.", "Make this a heading of level 2.", nil)
			}
		}
		for level := range open {
			if level > h.Level {
				delete(open, level)
			}
		}
		if open[h.Level] == nil {
			open[h.Level] = make(map[string]bool)
		}
		if key := strings.ToLower(text); key != "" && open[h.Level][key] {
			p.Mark("duplicate-heading", h.Start, h.End, fmt.Sprintf("The heading %q stands here twice.", text), "Say what is different about this section.", nil)
		} else {
			open[h.Level][key] = true
		}
		if p.Tree.Format == document.FormatMarkdown {
			style = markdownHeading(p, h, text, style)
		}
	}
	if len(all) > 0 && all[0].Level != 1 && p.Tree.FrontMatter["title"] == nil {
		p.Mark("first-line-heading", all[0].Start, all[0].End, "The document has no title.", "Begin with a heading of level 1.", nil)
	}
}

// markdownHeading checks how a heading is written and returns the style to hold
// the next one to.
func markdownHeading(p *finding.Page, h *document.Block, text, style string) string {
	source := h.Source(p.Content)
	own := "setext"
	if bytes.HasPrefix(bytes.TrimLeft(source, " "), []byte("#")) {
		own = "atx"
	}
	// The underlined style knows two levels only, so that deeper ones may differ.
	if style != "" && own != style && !(style == "setext" && h.Level > 2) {
		p.Mark("heading-style", h.Start, h.End, "The heading is written in another style than the first.", "Write headings with # throughout.", nil)
	}
	if style == "" {
		style = own
	}
	if n := len(text); n > 0 && strings.ContainsRune(".,;:。，；：", lastRune(text)) && h.Label == "" {
		p.Mark("heading-punctuation", h.Start, h.End, "The heading ends in punctuation.", "", nil)
	}
	if own != "atx" {
		return style
	}
	closed(p, h)
	marks := bytes.TrimLeft(source, "#")
	if spaces := len(marks) - len(bytes.TrimLeft(marks, " \t")); spaces > 1 && len(bytes.TrimSpace(marks)) > 0 {
		at := h.Start + len(source) - len(marks)
		p.Mark("no-multiple-space-atx", at, at+spaces, "More than one blank stands behind the #.", "", &finding.Fix{Start: at, End: at + spaces, Replacement: " "})
	}
	return style
}

func lastRune(s string) rune {
	r := []rune(s)
	return r[len(r)-1]
}
