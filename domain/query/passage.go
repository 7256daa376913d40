package query

import (
	"strings"

	"github.com/docsteward/docsteward/domain/document"
)

// passageWords is about how many words a passage holds before the next one begins.
const passageWords = 160

// Unit is a sentence, a row of a table or a piece of code: what an answer quotes.
type Unit struct {
	// Start and End bound it [Start, End) in bytes of the content.
	Start, End int
	// Text is what a reader sees of it.
	Text string
	// Code is set for a piece of a code block.
	Code bool
	// Block numbers the block that it is part of, within the document.
	Block int

	tokens []string
}

// Passage is a run of blocks under one heading.
type Passage struct {
	// Headings are the headings above it, the outermost first.
	Headings []string
	// Units are its sentences, rows and pieces of code, in order.
	Units []Unit

	tokens   []string // of all units
	headings []string // stems of the headings
	leaf     []string // stems of the innermost heading
}

// Passages cuts a document into passages. Comments, front matter and headings
// themselves are in none; a section without text is a passage without units.
func Passages(content []byte, tree *document.Tree) []Passage {
	c := &cutter{content: content}
	for _, block := range tree.Root.Children {
		c.block(block)
	}
	c.close()
	return c.passages
}

type cutter struct {
	content  []byte
	passages []Passage
	path     []heading
	units    []Unit
	words    int
	blocks   int
}

type heading struct {
	level int
	text  string
}

func (c *cutter) block(b *document.Block) {
	switch b.Kind {
	case document.KindHeading:
		c.close()
		for len(c.path) > 0 && c.path[len(c.path)-1].level >= b.Level {
			c.path = c.path[:len(c.path)-1]
		}
		c.path = append(c.path, heading{b.Level, collapse(b.PlainText(c.content))})
	case document.KindParagraph:
		c.add(sentences(c.content, b)...)
	case document.KindCode:
		c.add(codeUnits(c.content, b)...)
	case document.KindRow:
		c.add(Unit{Start: b.Start, End: b.End, Text: rowText(c.content, b)})
	case document.KindDocument, document.KindQuote, document.KindList, document.KindItem, document.KindTable, document.KindAdmonition:
		for _, child := range b.Children {
			c.block(child)
		}
	}
}

// add puts the units of one block into the passage, and begins another one where
// it is long enough.
func (c *cutter) add(units ...Unit) {
	c.blocks++
	for _, u := range units {
		if u.Text == "" {
			continue
		}
		u.Block, u.tokens = c.blocks, stems(u.Text)
		if c.words > 0 && c.words+len(u.tokens) > passageWords {
			c.flush()
		}
		c.units = append(c.units, u)
		c.words += len(u.tokens)
	}
}

// close ends a section.
func (c *cutter) close() {
	if len(c.units) > 0 {
		c.flush()
	}
}

func (c *cutter) flush() {
	p := Passage{Units: c.units}
	for _, h := range c.path {
		p.Headings = append(p.Headings, h.text)
		p.leaf = stems(h.text)
		p.headings = append(p.headings, p.leaf...)
	}
	for _, u := range p.Units {
		p.tokens = append(p.tokens, u.tokens...)
	}
	c.passages = append(c.passages, p)
	c.units, c.words = nil, 0
}

// rowText returns the cells of a row between bars.
func rowText(content []byte, row *document.Block) string {
	var cells []string
	for _, cell := range row.Children {
		if text := collapse(cell.PlainText(content)); text != "" {
			cells = append(cells, text)
		}
	}
	return strings.Join(cells, " | ")
}

// collapse makes one space of every run of white space.
func collapse(text string) string { return strings.Join(strings.Fields(text), " ") }
