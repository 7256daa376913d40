package rst

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

// adornment reports whether a text is one punctuation character repeated.
func adornment(text string) bool {
	return len(text) >= 2 && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", text[0]) >= 0 &&
		strings.Trim(text, text[:1]) == ""
}

// heading reads a title with a line under it, and perhaps one over it.
func (p *parser) heading(i, to int) (*document.Block, int) {
	over := adornment(p.text(i))
	title := i
	if over {
		title++
	}
	if title+1 >= to || p.lines[title].Blank() || p.lines[title].Indent > 0 && !over || p.lines[i].Indent > 0 {
		return nil, 0
	}
	under := p.text(title + 1)
	if !adornment(under) || over && under != p.text(i) || adornment(p.text(title)) {
		return nil, 0
	}
	if width := utf8.RuneCountInString(p.text(title)); len(under) < width && len(under) < 4 {
		return nil, 0
	}
	b := p.span(document.KindHeading, i, title+2)
	style := under[:1]
	if over {
		style += style
	}
	b.Level = 1 + slices.Index(p.styles, style)
	if b.Level == 0 {
		p.styles = append(p.styles, style)
		b.Level = len(p.styles)
	}
	b.Children = p.inline(p.lines[title].Start, p.lines[title].End)
	return b, title + 2
}

// listMarker returns the length of a list marker with the space behind it, 0 when
// the text has none, and whether it numbers.
func listMarker(text string) (length int, ordered bool) {
	if len(text) >= 2 && strings.IndexByte("*-+", text[0]) >= 0 && text[1] == ' ' {
		return 2, false
	}
	if text == "*" || text == "-" || text == "+" {
		return 1, false
	}
	at := 0
	if strings.HasPrefix(text, "(") {
		at++
	}
	start := at
	for at < len(text) && text[at] >= '0' && text[at] <= '9' {
		at++
	}
	if at == start && at < len(text) && (text[at] == '#' || text[at] >= 'a' && text[at] <= 'z' || text[at] >= 'A' && text[at] <= 'Z') {
		at++
	}
	if at > start && at+1 < len(text) && (text[at] == '.' || text[at] == ')') && text[at+1] == ' ' {
		return at + 2, true
	}
	return 0, false
}

func (p *parser) list(i, to, indent int) ([]*document.Block, int) {
	b := p.span(document.KindList, i, i+1)
	_, ordered := listMarker(p.text(i))
	if ordered {
		b.Flags = document.FlagOrdered
	}
	for i < to {
		if p.lines[i].Blank() {
			i++
			continue
		}
		marker, numbers := listMarker(p.text(i))
		if marker == 0 || numbers != ordered || p.lines[i].Indent != indent {
			break
		}
		end := p.indented(i+1, to, p.lines[i].Indent)
		end = max(end, i+1)
		item := p.span(document.KindItem, i, end)
		item.Children = p.body(i, end, marker)
		b.Children = append(b.Children, item)
		b.End = item.End
		i = end
	}
	return one(b), i
}

// body parses what follows a marker on its line and is indented below it.
func (p *parser) body(i, end, marker int) []*document.Block {
	line := p.lines[i]
	defer func() { p.lines[i] = line }()
	column := line.Indent + marker
	first := &p.lines[i]
	first.Start = min(line.Start+marker, line.End)
	for first.Start < first.End && p.source[first.Start] == ' ' {
		first.Start++
		column++
	}
	if rest := i + 1; rest < end {
		column = min(column, p.leastIndent(rest, end))
	}
	first.Indent = column
	return p.blocks(i, end, column)
}

// definitions reads terms, each with its indented definition below.
func (p *parser) definitions(i, to int) ([]*document.Block, int) {
	b := p.span(document.KindList, i, i+1)
	indent := p.lines[i].Indent
	for i+1 < to && !p.lines[i].Blank() && p.lines[i].Indent == indent && !p.lines[i+1].Blank() && p.lines[i+1].Indent > indent {
		end := p.indented(i+1, to, indent)
		item := p.span(document.KindItem, i, end)
		term := p.span(document.KindParagraph, i, i+1)
		term.Children = p.inline(term.Start, term.End)
		item.Children = append(one(term), p.blocks(i+1, end, p.leastIndent(i+1, end))...)
		b.Children = append(b.Children, item)
		b.End = item.End
		i = end
		for i < to && p.lines[i].Blank() {
			i++
		}
	}
	return one(b), i
}

// table reads a grid table ("+---+") or a simple one ("===  ===").
func (p *parser) table(i, to int) (*document.Block, int) {
	text := p.text(i)
	grid := strings.HasPrefix(text, "+-") && strings.Trim(text, "+-") == ""
	simple := strings.HasPrefix(text, "==") && strings.Trim(text, "= ") == "" && strings.Contains(text, " ")
	if !grid && !simple {
		return nil, 0
	}
	end := i + 1
	borders := 1
	for end < to && (grid && !p.lines[end].Blank() || simple && borders < 3) {
		if simple && strings.Trim(p.text(end), "= ") == "" && !p.lines[end].Blank() {
			borders++
			if end+1 >= to || p.lines[end+1].Blank() {
				end++
				break
			}
		}
		end++
	}
	b := p.span(document.KindTable, i, end)
	header := true
	for at := i + 1; at < end; at++ {
		line := p.text(at)
		if p.lines[at].Blank() || strings.Trim(line, "+-") == "" {
			continue
		}
		if strings.Trim(line, "=+ ") == "" {
			for _, row := range b.Children {
				if header && at < end-1 {
					row.Flags |= document.FlagHeader
				}
			}
			header = false
			continue
		}
		b.Children = append(b.Children, p.row(at, grid))
	}
	return b, end
}

// row cuts a line of a table at its bars, or at runs of two spaces.
func (p *parser) row(i int, grid bool) *document.Block {
	row := p.span(document.KindRow, i, i+1)
	separator := "  "
	if grid {
		separator = "|"
	}
	at := row.Start
	for _, piece := range strings.Split(p.text(i), separator) {
		start, end := outline.Trim(p.source, at, at+len(piece))
		if start < end {
			row.Children = append(row.Children, &document.Block{Kind: document.KindCell, Start: start, End: end, Children: p.inline(start, end)})
		}
		at += len(piece) + len(separator)
	}
	return row
}
