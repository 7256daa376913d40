package structure

import (
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// unresolved is a full reference link that stayed text; an index such as a[i][j]
// follows a word.
var unresolved = regexp.MustCompile(`(?:^|[^\w\])])\[([^\[\]]+)\]\[([^\[\]\n]+)\]`)

// vague are texts of links that do not say where they lead. Never written.
var vague = map[string]bool{"click here": true, "here": true, "link": true, "more": true, "read more": true, "this": true, "this link": true, "this page": true}

// templated returns the labels that a site generator will define.
func templated(p *finding.Page) map[string]bool {
	labels := make(map[string]bool)
	p.Tree.Walk(func(b *document.Block) bool {
		if b.Kind == document.KindParagraph {
			for _, name := range p.TemplateDefinitions(b) {
				labels[name] = true
			}
		}
		return !b.Kind.Inline() && b.Kind != document.KindParagraph
	})
	return labels
}

// references reports links to labels that are not defined in the document, nor
// among those that a site generator will define.
func references(p *finding.Page, b *document.Block, later map[string]bool) {
	source := string(b.Source(p.Content))
	if !strings.Contains(source, "][") {
		return
	}
	for _, m := range unresolved.FindAllStringSubmatchIndex(source, -1) {
		name := source[m[4]:m[5]]
		if strings.HasPrefix(name, "^") || strings.EqualFold(name, "x") || later[label(name)] {
			continue
		}
		p.Mark("undefined-reference", b.Start+m[2]-1, b.Start+m[1], "No definition of the reference ["+name+"] exists, so that this is no link.",
			"Add the line ["+name+"]: and its target.", nil)
	}
}

// linkText reports a link whose text says nothing to those who hear it alone.
func linkText(p *finding.Page, b *document.Block) {
	if !p.Wants("link-text") || b.End-b.Start > 200 {
		return
	}
	text := strings.ToLower(strings.Trim(label(b.PlainText(p.Content)), ".,;:!? "))
	if vague[text] {
		p.Mark("link-text", b.Start, b.End, "The text of the link does not say where it leads.", "Name the target.", nil)
	}
}

// pipes checks that the rows of a table begin and end as its head does.
func pipes(p *finding.Page, table *document.Block) {
	var want [2]bool
	for i, row := range table.Children {
		source := strings.TrimSpace(string(row.Source(p.Content)))
		if source == "" || len(row.Children) < 2 && i > 0 && !strings.Contains(source, "|") {
			continue
		}
		own := [2]bool{source[0] == '|', source[len(source)-1] == '|'}
		if i == 0 {
			want = own
		} else if own != want {
			p.Mark("table-pipe-style", row.Start, row.End, "The row begins or ends in another way than the head of its table.", "", nil)
		}
	}
}
