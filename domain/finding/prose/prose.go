// Package prose holds the running text of documents to the rules of plain
// writing.
package prose

import (
	"fmt"
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
		{ID: "inconsistent-term", Aliases: []string{"MD044"}, Severity: finding.Low, Doc: "A term is spelled in one way throughout."},
	}
}

// Options are the options of these rules.
type Options struct {
	// MaxSentenceWords is for long-sentence; MaxGrade for readability.
	MaxSentenceWords int
	MaxGrade         float64
}

// Check holds a page to the rules that need no other page, and returns the
// spellings that it uses, for Consistency.
func Check(p *finding.Page, o Options) Spellings {
	scan := scanner{page: p, spellings: make(Spellings), terms: p.Wants("inconsistent-term")}
	readability := p.Wants("readability") && o.MaxGrade > 0
	var all strings.Builder
	p.Tree.Walk(func(b *document.Block) bool {
		switch b.Kind {
		case document.KindParagraph, document.KindCell, document.KindHeading:
			if b.Kind == document.KindParagraph && p.TemplateDefinitions(b) != nil {
				return false // addresses, not prose
			}
			// No paragraph shorter than this holds a sentence that is too long.
			if b.Kind == document.KindParagraph && (readability || b.End-b.Start > 2*o.MaxSentenceWords) {
				text := b.PlainText(p.Content)
				longSentences(p, b, text, o.MaxSentenceWords)
				if readability {
					all.WriteString(text + "\n")
				}
			}
			scan.block(b)
			return false
		case document.KindCode, document.KindHTML, document.KindComment:
			return false
		}
		return true
	})
	if readability {
		if c := Count(all.String()); c.Words >= 100 && c.Grade() > o.MaxGrade {
			p.Add("readability", finding.Place{}, fmt.Sprintf("The text reads at grade %.1f, above %.1f.", c.Grade(), o.MaxGrade), "Shorten sentences, and use shorter words.", nil)
		}
	}
	return scan.spellings
}

func longSentences(p *finding.Page, b *document.Block, text string, limit int) {
	for _, sentence := range Sentences(text) {
		if n := len(wordsOf(sentence)); limit > 0 && n > limit {
			p.Mark("long-sentence", b.Start, b.End, fmt.Sprintf("A sentence here has %d words, more than %d.", n, limit), "Split it.", nil)
			return
		}
	}
}
