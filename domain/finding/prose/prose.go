// Package prose holds the running text of documents to the rules of plain
// writing.
package prose

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// Rules lists the rules of this package.
func Rules() []finding.Rule {
	return []finding.Rule{
		{ID: "readability", Severity: finding.Info, Off: true, Doc: "A document can be read at the wanted grade (Flesch-Kincaid)."},
		{ID: "long-sentence", Severity: finding.Info, Doc: "Sentences are short enough to be read once."},
		{ID: "todo-in-prose", Severity: finding.Medium, Doc: "Published text holds no TODO, FIXME or TBD."},
		{ID: "repeated-word", Severity: finding.Low, Doc: "No word stands twice in a row."},
		{ID: "inconsistent-term", Severity: finding.Low, Doc: "A term is spelled in one way throughout."},
	}
}

// Options are the options of these rules.
type Options struct {
	// MaxSentenceWords is for long-sentence; MaxGrade for readability.
	MaxSentenceWords int
	MaxGrade         float64
}

var (
	todo   = regexp.MustCompile(`\b(TODO|FIXME|TBD|XXX)\b`)
	word   = regexp.MustCompile(`[\p{L}\p{N}'’]+`)
	meant  = regexp.MustCompile(`^(?i:that|had|is|do|so|very|bye|no|ha|blah|foo|bar|[\d]+|[A-Z])$`)
	proper = regexp.MustCompile(`[A-Za-z][A-Za-z0-9]*(?:[-][A-Za-z0-9]+)*`)
)

// Check holds a page to the rules that need no other page, and returns the
// spellings that it uses, for Consistency.
func Check(p *finding.Page, o Options) Spellings {
	spellings := make(Spellings)
	var all strings.Builder
	p.Tree.Walk(func(b *document.Block) bool {
		switch b.Kind {
		case document.KindParagraph, document.KindCell, document.KindHeading:
			if p.Verbatim(b.Start) {
				return false
			}
			text := b.PlainText(p.Content)
			if b.Kind == document.KindParagraph {
				all.WriteString(text + "\n")
				longSentences(p, b, text, o.MaxSentenceWords)
			}
			texts(p, b, spellings)
			return false
		case document.KindCode, document.KindHTML, document.KindComment:
			return false
		}
		return true
	})
	if o.MaxGrade > 0 && p.Wants("readability") {
		if c := Count(all.String()); c.Words >= 100 && c.Grade() > o.MaxGrade {
			p.Add("readability", finding.Place{}, fmt.Sprintf("The text reads at grade %.1f, above %.1f.", c.Grade(), o.MaxGrade), "Shorten sentences, and use shorter words.", nil)
		}
	}
	return spellings
}

func longSentences(p *finding.Page, b *document.Block, text string, limit int) {
	for _, sentence := range Sentences(text) {
		if n := len(wordsOf(sentence)); limit > 0 && n > limit {
			p.Mark("long-sentence", b.Start, b.End, fmt.Sprintf("A sentence here has %d words, more than %d.", n, limit), "Split it.", nil)
			return
		}
	}
}

// texts looks at each run of plain text within a block.
func texts(p *finding.Page, b *document.Block, spellings Spellings) {
	b.Walk(func(n *document.Block) bool {
		switch n.Kind {
		case document.KindCodeSpan, document.KindInlineHTML, document.KindAutolink:
			return false
		case document.KindText:
			source := string(n.Source(p.Content))
			for _, m := range todo.FindAllStringIndex(source, -1) {
				p.Mark("todo-in-prose", n.Start+m[0], n.Start+m[1], "The text says "+source[m[0]:m[1]]+".", "Do it, or file it where work is tracked.", nil)
			}
			repeated(p, n.Start, source)
			spellings.read(p, n.Start, source)
		}
		return true
	})
}

func repeated(p *finding.Page, base int, source string) {
	var last []int
	for _, m := range word.FindAllStringIndex(source, -1) {
		if last != nil && strings.TrimSpace(source[last[1]:m[0]]) == "" && last[1] != m[0] &&
			source[last[0]:last[1]] == source[m[0]:m[1]] && !meant.MatchString(source[m[0]:m[1]]) {
			p.Mark("repeated-word", base+last[0], base+m[1], fmt.Sprintf("The word %q stands twice.", source[m[0]:m[1]]), "", &finding.Fix{Start: base + last[1], End: base + m[1]})
		}
		last = m
	}
}
