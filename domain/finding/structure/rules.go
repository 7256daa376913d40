// Package structure holds documents to the rules of well-formed markup.
package structure

import (
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// Rules lists the rules of this package.
func Rules() []finding.Rule {
	return []finding.Rule{
		{ID: "heading-increment", Aliases: []string{"MD001"}, Severity: finding.Low, Doc: "Headings go down one level at a time."},
		{ID: "heading-style", Aliases: []string{"MD003"}, Severity: finding.Info, Doc: "All headings are written in one style."},
		{ID: "list-marker", Aliases: []string{"MD004"}, Severity: finding.Info, Doc: "Unordered lists use one marker."},
		{ID: "list-indent-consistent", Aliases: []string{"MD005"}, Severity: finding.Low, Doc: "The items of a list are indented alike."},
		{ID: "list-indent", Aliases: []string{"MD007"}, Severity: finding.Info, Doc: "Nested lists are indented by one step more than the list around them."},
		{ID: "trailing-spaces", Aliases: []string{"MD009"}, Severity: finding.Info, Doc: "Lines do not end in spaces, but for two that break the line."},
		{ID: "hard-tabs", Aliases: []string{"MD010"}, Severity: finding.Info, Doc: "Text is indented with spaces."},
		{ID: "reversed-link", Aliases: []string{"MD011"}, Severity: finding.High, Doc: "A link is [text](target), not (text)[target]."},
		{ID: "multiple-blanks", Aliases: []string{"MD012"}, Severity: finding.Info, Doc: "Blank lines do not follow each other."},
		{ID: "line-length", Aliases: []string{"MD013"}, Severity: finding.Info, Off: true, Doc: "Lines are not longer than the limit."},
		{ID: "commands-show-output", Aliases: []string{"MD014"}, Severity: finding.Info, Doc: "Commands without output are shown without a prompt, so that they can be copied."},
		{ID: "no-missing-space-atx", Aliases: []string{"MD018"}, Severity: finding.Medium, Doc: "A blank stands behind the # of a heading."},
		{ID: "no-multiple-space-atx", Aliases: []string{"MD019"}, Severity: finding.Info, Doc: "One blank stands behind the # of a heading."},
		{ID: "no-missing-space-closed-atx", Aliases: []string{"MD020"}, Severity: finding.Low, Doc: "A blank stands before the closing # of a heading."},
		{ID: "no-multiple-space-closed-atx", Aliases: []string{"MD021"}, Severity: finding.Info, Doc: "One blank stands before the closing # of a heading."},
		{ID: "blanks-around-headings", Aliases: []string{"MD022"}, Severity: finding.Info, Doc: "Headings stand between blank lines."},
		{ID: "heading-start-left", Aliases: []string{"MD023"}, Severity: finding.Low, Doc: "Headings begin at the start of the line."},
		{ID: "duplicate-heading", Aliases: []string{"MD024"}, Severity: finding.Low, Doc: "Headings side by side differ."},
		{ID: "single-h1", Aliases: []string{"MD025"}, Severity: finding.Low, Doc: "A document has one title."},
		{ID: "heading-punctuation", Aliases: []string{"MD026"}, Severity: finding.Info, Doc: "Headings do not end in . , ; or :."},
		{ID: "quote-space", Aliases: []string{"MD027"}, Severity: finding.Info, Doc: "One blank stands behind the > of a quotation."},
		{ID: "blanks-in-quote", Aliases: []string{"MD028"}, Severity: finding.Info, Doc: "A quotation is not parted by a blank line without >."},
		{ID: "ordered-list-prefix", Aliases: []string{"MD029"}, Severity: finding.Low, Doc: "Numbered lists count up by one, or say 1 throughout."},
		{ID: "list-marker-space", Aliases: []string{"MD030"}, Severity: finding.Info, Doc: "One blank stands behind the marker of an item."},
		{ID: "blanks-around-fences", Aliases: []string{"MD031"}, Severity: finding.Info, Doc: "Fenced code stands between blank lines."},
		{ID: "blanks-around-lists", Aliases: []string{"MD032"}, Severity: finding.Info, Doc: "Lists stand between blank lines."},
		{ID: "no-inline-html", Aliases: []string{"MD033"}, Severity: finding.Info, Off: true, Doc: "Markdown is written without HTML."},
		{ID: "bare-url", Aliases: []string{"MD034"}, Severity: finding.Info, Doc: "Addresses are written as links or between < and >."},
		{ID: "hr-style", Aliases: []string{"MD035"}, Severity: finding.Info, Doc: "Lines across the page are written in one style."},
		{ID: "emphasis-as-heading", Aliases: []string{"MD036"}, Severity: finding.Low, Doc: "Headings are headings, not stressed paragraphs."},
		{ID: "space-in-emphasis", Aliases: []string{"MD037"}, Severity: finding.Medium, Doc: "No blank stands inside the markers of emphasis."},
		{ID: "space-in-code", Aliases: []string{"MD038"}, Severity: finding.Info, Doc: "Code within a line neither begins nor ends with a blank."},
		{ID: "space-in-links", Aliases: []string{"MD039"}, Severity: finding.Low, Doc: "The text of a link neither begins nor ends with a blank."},
		{ID: "fence-language", Aliases: []string{"MD040"}, Severity: finding.Info, Doc: "Fenced code names its language."},
		{ID: "first-line-heading", Aliases: []string{"MD041"}, Severity: finding.Info, Off: true, Doc: "A document begins with its title."},
		{ID: "empty-link", Aliases: []string{"MD042"}, Severity: finding.High, Doc: "Links lead somewhere."},
		{ID: "image-alt", Aliases: []string{"MD045"}, Severity: finding.Low, Doc: "Images have a text in their place."},
		{ID: "code-block-style", Aliases: []string{"MD046"}, Severity: finding.Info, Doc: "Code is fenced throughout, or indented throughout."},
		{ID: "file-end-newline", Aliases: []string{"MD047"}, Severity: finding.Info, Doc: "A file ends with one line feed."},
		{ID: "fence-style", Aliases: []string{"MD048"}, Severity: finding.Info, Doc: "Fences are written with one character."},
		{ID: "emphasis-style", Aliases: []string{"MD049"}, Severity: finding.Info, Doc: "Emphasis is written with one character."},
		{ID: "strong-style", Aliases: []string{"MD050"}, Severity: finding.Info, Doc: "Strong emphasis is written with one character."},
		{ID: "undefined-reference", Aliases: []string{"MD052"}, Severity: finding.Medium, Doc: "References lead to definitions that exist."},
		{ID: "unused-definition", Aliases: []string{"MD053"}, Severity: finding.Info, Doc: "Link definitions are used."},
		{ID: "table-pipe-style", Aliases: []string{"MD055"}, Severity: finding.Info, Doc: "The rows of a table begin and end alike."},
		{ID: "table-column-count", Aliases: []string{"MD056"}, Severity: finding.Medium, Doc: "The rows of a table have as many cells as its head."},
		{ID: "blanks-around-tables", Aliases: []string{"MD058"}, Severity: finding.Info, Doc: "Tables stand between blank lines."},
		{ID: "link-text", Aliases: []string{"MD059"}, Severity: finding.Info, Doc: "The text of a link says where it leads."},
		{ID: "unclosed-fence", Severity: finding.High, Doc: "Fenced code is closed."},
		{ID: "unclosed-html", Severity: finding.Medium, Doc: "Tags of HTML are closed, in order."},
		{ID: "broken-markup", Severity: finding.Medium, Doc: "The markup and the front matter can be understood."},
	}
}

// Options are the options of these rules.
type Options struct {
	// MaxLineLength is for line-length, in characters.
	MaxLineLength int
	// ListIndent is for list-indent, in spaces.
	ListIndent int
}

// Check holds a page to the rules.
func Check(p *finding.Page, o Options) {
	for _, problem := range p.Tree.Problems {
		p.Mark("broken-markup", problem.Start, max(problem.End, problem.Start+1), problem.Message, "", nil)
	}
	headings(p)
	if p.Tree.Format != document.FormatMarkdown {
		return
	}
	lines(p, o)
	blanks(p)
	blocks(p)
	lists(p, o)
	quotes(p)
	inlines(p)
	tags(p)
}
