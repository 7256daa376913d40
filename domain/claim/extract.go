package claim

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/domain/document"
)

// Extract returns the claims of a page in the order of their places. It takes time
// linear in the content.
func Extract(content []byte, tree *document.Tree) []Claim {
	r := &reader{content: content, set: map[string]bool{}}
	for _, b := range tree.Root.Children {
		r.block(b)
	}
	for i := range r.claims {
		if c := &r.claims[i]; c.Kind == code.Variable && r.set[c.Name] {
			c.blame("The page sets the variable for itself.")
		}
	}
	order(r.claims)
	return r.claims
}

// reader walks a page.
type reader struct {
	content []byte
	claims  []Claim
	titles  []title
	// section is what titles say, shared by the claims below them.
	section []string
	groups  int
	// within is the number of tables and lists around the block.
	within int
	group  int
	// lead is the reason that the paragraph before gives for the code below it.
	lead string
	// set holds the variables that commands of the page set for those that follow.
	set map[string]bool
	// generated is inside what a generator marked as its own.
	generated bool
}

type title struct {
	level  int
	text   string
	reason string
}

// spot is where and how a piece of text stands.
type spot struct {
	place    Place
	language string
	reason   string
	// source is the address of the repository that a link around it leads to.
	source string
}

func (r *reader) block(b *document.Block) {
	lead := r.lead
	r.lead = ""
	switch b.Kind {
	case document.KindHeading:
		r.heading(b)
	case document.KindParagraph:
		r.grouped(func() { r.lead = r.text(b, spot{place: Prose}) })
	case document.KindTable:
		r.grouped(func() { r.table(b) })
	case document.KindList:
		r.grouped(func() { r.children(b) })
	case document.KindCode:
		r.grouped(func() { r.codeBlock(b, lead) })
	case document.KindComment, document.KindHTML:
		r.mark(b)
		r.lead = lead
	case document.KindFrontMatter, document.KindDefinition:
	default:
		r.children(b)
	}
}

func (r *reader) children(b *document.Block) {
	r.within++
	for _, child := range b.Children {
		r.block(child)
	}
	r.within--
}

// grouped runs read in a group of its own, unless a list or table is around it.
func (r *reader) grouped(read func()) {
	if r.within == 0 {
		r.groups++
		r.group = r.groups
	}
	read()
}

func (r *reader) heading(b *document.Block) {
	for len(r.titles) > 0 && r.titles[len(r.titles)-1].level >= b.Level {
		r.titles = r.titles[:len(r.titles)-1]
	}
	text := strings.TrimSpace(b.PlainText(r.content))
	r.titles = append(r.titles, title{b.Level, text, pastTitle(text)})
	r.section = make([]string, len(r.titles))
	for i, t := range r.titles {
		r.section[i] = t.text
	}
	r.grouped(func() { r.text(b, spot{place: Heading}) })
}

var (
	generatedBegin = regexp.MustCompile(`(?i)<!--.*\b(begin|start|auto-?generated|do not edit)\b`)
	generatedEnd   = regexp.MustCompile(`(?i)<!--.*\b(end|stop)\b`)
	generatedWord  = regexp.MustCompile(`(?i)generat|mdox|toc|embed|auto`)
)

// mark notices the comments between which a generator writes.
func (r *reader) mark(b *document.Block) {
	text := b.Source(r.content)
	if len(text) > 400 || !generatedWord.Match(text) {
		return
	}
	switch {
	case generatedEnd.Match(text):
		r.generated = false
	case generatedBegin.Match(text):
		r.generated = true
	}
}

// reason is why nothing here speaks of the project as it is; empty when it does.
func (r *reader) reason(s spot) string {
	if s.reason != "" {
		return s.reason
	}
	if r.generated {
		return "The text is generated."
	}
	for _, t := range r.titles {
		if t.reason != "" {
			return t.reason
		}
	}
	return ""
}

// add keeps a claim about the bytes [start, end) and returns it for more to be
// said, or nil when they name nothing.
func (r *reader) add(kind code.Kind, name string, start, end int, s spot) *Claim {
	name = code.NormalName(kind, name)
	if name == "" || len(name) > 200 || start >= end {
		return nil
	}
	c := Claim{
		Kind: kind, Name: name, Written: string(r.content[start:end]), Start: start, End: end, Place: s.place, Language: s.language,
		Section: r.section, Group: r.group, Reason: r.reason(s),
	}
	if c.Reason == "" {
		c.Reason = foreign(kind, name)
	}
	if s.source != "" {
		c.Source = repository.FindStringSubmatch(s.source)[1]
	}
	r.claims = append(r.claims, c)
	return &r.claims[len(r.claims)-1]
}

// blame gives a claim a reason unless it has one.
func (c *Claim) blame(reason string) {
	if c != nil && c.Reason == "" {
		c.Reason = reason
	}
}

// inner is the range of what a span or block of code holds, without its marks.
func inner(b *document.Block) (start, end int) {
	if len(b.Children) == 0 {
		return b.Start, b.Start
	}
	return b.Children[0].Start, b.Children[len(b.Children)-1].End
}

// trimmed narrows a range to what lies between its white space.
func (r *reader) trimmed(start, end int) (int, int) {
	text := r.content[start:end]
	left := len(text) - len(bytes.TrimLeft(text, " \t\r\n"))
	return start + left, start + max(left, len(bytes.TrimRight(text, " \t\r\n")))
}
