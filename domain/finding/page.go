package finding

import (
	"bytes"
	"sort"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/span"
)

// Report gathers the findings of one document. It keeps no content.
type Report struct {
	// Path is that of the document, with forward slashes.
	Path string

	choice   Choice
	disables *Disables
	found    []Finding
}

// Wants reports whether any of the rules is on for the document.
func (r *Report) Wants(rules ...string) bool {
	for _, rule := range rules {
		if _, on := r.choice.Severity(rule); on {
			return true
		}
	}
	return false
}

// Add adds a finding at a place. A rule that is off, or switched off there, adds
// nothing.
func (r *Report) Add(rule string, at Place, message, suggestion string, fix *Fix) {
	severity, on := r.choice.Severity(rule)
	if !on {
		return
	}
	f := Finding{Rule: rule, Severity: severity, Path: r.Path, Place: at, Message: message, Suggestion: suggestion, Fix: fix}
	if !r.disables.Covers(f) {
		r.found = append(r.found, f)
	}
}

// Take returns what was added since the last call.
func (r *Report) Take() []Finding {
	found := r.found
	r.found = nil
	return found
}

// Page is a document while it is held to the rules.
type Page struct {
	*Report
	Content []byte
	Tree    *document.Tree

	lines *span.Lines
	code  []span.Span
}

// NewPage prepares a document for its rules.
func NewPage(path string, content []byte, tree *document.Tree, choice Choice, disables *Disables) *Page {
	p := &Page{Report: &Report{Path: path, choice: choice, disables: disables}, Content: content, Tree: tree, lines: span.NewLines(content)}
	tree.Walk(func(b *document.Block) bool {
		switch b.Kind {
		case document.KindCode, document.KindCodeSpan, document.KindHTML, document.KindComment, document.KindInlineHTML, document.KindFrontMatter:
			p.code = append(p.code, span.Span{Start: b.Start, End: b.End})
			return false
		}
		return true
	})
	return p
}

// longestExcerpt is how much of a place its fingerprint sees, in bytes.
const longestExcerpt = 200

// At returns the place of a range of bytes.
func (p *Page) At(start, end int) Place {
	at := Place{Start: start, End: end}
	at.Line, at.Column = p.lines.Position(start)
	at.EndLine, at.EndColumn = p.lines.Position(end)
	at.excerpt = strings.Join(strings.Fields(string(p.Content[start:min(end, start+longestExcerpt)])), " ")
	return at
}

// Mark adds a finding at a range of bytes, as Add does.
func (p *Page) Mark(rule string, start, end int, message, suggestion string, fix *Fix) {
	if p.Wants(rule) {
		p.Add(rule, p.At(start, end), message, suggestion, fix)
	}
}

// Verbatim reports whether a byte lies in code, HTML, a comment or the front
// matter: text that is not prose.
func (p *Page) Verbatim(offset int) bool {
	i := sort.Search(len(p.code), func(i int) bool { return p.code[i].End > offset })
	return i < len(p.code) && p.code[i].Start <= offset
}

// Line is one line of the page without its end.
type Line struct {
	// Number counts from 1; Start is the offset of its first byte.
	Number, Start int
	Text          []byte
	// Verbatim lines begin in code, HTML, a comment or the front matter.
	Verbatim bool
}

// End is the offset behind the text of the line.
func (l Line) End() int { return l.Start + len(l.Text) }

// Blank reports whether the line holds nothing but spaces and tabs; markup counts
// other white space, such as a space that does not break, as text.
func (l Line) Blank() bool { return len(bytes.Trim(l.Text, " \t")) == 0 }

// EachLine calls fn for every line in order.
func (p *Page) EachLine(fn func(Line)) {
	start, number := 0, 1
	for start < len(p.Content) {
		end := bytes.IndexByte(p.Content[start:], '\n')
		if end < 0 {
			end = len(p.Content) - start
		}
		text := bytes.TrimSuffix(p.Content[start:start+end], []byte("\r"))
		first := start + len(text) - len(bytes.TrimLeft(text, " \t"))
		fn(Line{Number: number, Start: start, Text: text, Verbatim: p.Verbatim(min(first, max(len(p.Content)-1, 0)))})
		start, number = start+end+1, number+1
	}
}
