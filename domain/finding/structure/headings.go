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
	increments(p, all)
	titles(p, all)
	duplicates(p, all)
	if p.Tree.Format == document.FormatMarkdown {
		style := ""
		for _, h := range all {
			style = markdownHeading(p, h, strings.TrimSpace(h.PlainText(p.Content)), style)
		}
	}
}

// titled reports a title in the front matter, which is shown as a heading of
// level 1.
func titled(p *finding.Page) bool { return p.Tree.FrontMatter.Text("title") != "" }

func increments(p *finding.Page, all []*document.Block) {
	last := 0
	if titled(p) {
		last = 1
	}
	for _, h := range all {
		if last > 0 && h.Level > last+1 {
			p.Mark("heading-increment", h.Start, h.End, fmt.Sprintf("The heading jumps from level %d to %d.", last, h.Level),
				fmt.Sprintf("Make it level %d, or add the level between.", last+1), nil)
		}
		last = h.Level
	}
}

// titles reports, once, a document with more titles than one, and one without.
func titles(p *finding.Page, all []*document.Block) {
	var found []*document.Block
	for _, h := range all {
		if h.Level == 1 {
			found = append(found, h)
		}
	}
	if len(found) > 1 {
		p.Mark("single-h1", found[1].Start, found[1].End, fmt.Sprintf("The document has %d titles.", len(found)), "Keep one, and make the others headings of level 2.", nil)
	} else if len(found) == 1 && titled(p) {
		p.Mark("single-h1", found[0].Start, found[0].End, "The document has a title in its front matter too.", "Keep one of them.", nil)
	}
	if len(all) > 0 && all[0].Level != 1 && !titled(p) {
		p.Mark("first-line-heading", all[0].Start, all[0].End, "The document has no title.", "Begin with a heading of level 1.", nil)
	}
}

// duplicates reports headings of one text side by side below the same heading.
func duplicates(p *finding.Page, all []*document.Block) {
	if !p.Wants("duplicate-heading") {
		return
	}
	open := make(map[int]map[string]bool) // by level, the texts since a heading above it
	for _, h := range all {
		for level := range open {
			if level > h.Level {
				delete(open, level)
			}
		}
		if open[h.Level] == nil {
			open[h.Level] = make(map[string]bool)
		}
		text := strings.TrimSpace(h.PlainText(p.Content))
		key := strings.ToLower(text)
		if key != "" && open[h.Level][key] {
			p.Mark("duplicate-heading", h.Start, h.End, fmt.Sprintf("The heading %q stands here twice.", text), "Say what is different about this section.", nil)
		}
		open[h.Level][key] = true
	}
}

// markdownHeading checks how a heading is written and returns the style to hold
// the next one to.
func markdownHeading(p *finding.Page, h *document.Block, text, style string) string {
	source := h.Source(p.Content)
	own := "setext"
	if bytes.HasPrefix(bytes.TrimLeft(source, " "), []byte("#")) {
		own = "atx"
		if isClosed(source) {
			own = "closed atx"
		}
	}
	// The underlined style knows two levels only, so that deeper ones may differ.
	if style != "" && own != style && (style != "setext" || h.Level <= 2) {
		p.Mark("heading-style", h.Start, h.End, "The heading is written in another style than the first.", "Write all of them like the first.", nil)
	}
	if style == "" {
		style = own
	}
	if n := len(text); n > 0 && strings.ContainsRune(".,;:。，；：", lastRune(text)) && h.Label == "" {
		p.Mark("heading-punctuation", h.Start, h.End, "The heading ends in punctuation.", "", nil)
	}
	if own == "setext" {
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
