package asciidoc

import (
	"strings"

	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

// marker returns the marker of a list item; numbers count as one marker.
func marker(text string) string {
	mark, _, _ := strings.Cut(text, " ")
	mark, _, _ = strings.Cut(mark, "\t")
	if mark[0] >= '0' && mark[0] <= '9' {
		return "1."
	}
	return mark
}

// list reads the items with one marker. An item with another opens a list within,
// unless an outer list has that marker.
func (p *parser) list(i, to int, mark string, outer ...string) (*document.Block, int) {
	b := p.span(document.KindList, i, i+1)
	if mark[0] == '.' || mark[0] == '1' {
		b.Flags = document.FlagOrdered
	}
	outer = append(outer[:len(outer):len(outer)], mark)
	for i < to {
		if p.lines[i].Blank() {
			next := i
			for next < to && p.lines[next].Blank() {
				next++
			}
			if next == to || !listItem.MatchString(p.text(next)) {
				break
			}
			i = next
		}
		text := p.text(i)
		if !listItem.MatchString(text) || marker(text) != mark {
			break
		}
		item, next := p.item(i, to, outer)
		b.Children = append(b.Children, item)
		b.End = item.End
		i = next
	}
	return b, i
}

func (p *parser) item(i, to int, outer []string) (*document.Block, int) {
	end := i + 1
	for end < to && !p.lines[end].Blank() && !p.interrupts(end) {
		end++
	}
	item := p.span(document.KindItem, i, end)
	start := item.Start + strings.IndexAny(p.text(i), " \t")
	p.task(item, start)
	start, stop := outline.Trim(p.source, start, item.End)
	item.Children = []*document.Block{{Kind: document.KindParagraph, Start: start, End: stop, Children: p.inline(start, stop)}}
	for end < to {
		text := p.text(end)
		var b *document.Block
		next := end
		switch {
		case text == "+" && end+1 < to && !p.lines[end+1].Blank():
			b, next = p.block(end+1, to)
		case listItem.MatchString(text) && !contains(outer, marker(text)):
			b, next = p.list(end, to, marker(text), outer...)
		}
		if b == nil {
			break
		}
		item.Children = append(item.Children, b)
		item.End = b.End
		end = next
	}
	return item, end
}

func (p *parser) task(item *document.Block, at int) {
	switch rest := string(p.source[at:item.End]); {
	case strings.HasPrefix(rest, " [ ] "):
		item.Flags = document.FlagTask
	case strings.HasPrefix(rest, " [x] "), strings.HasPrefix(rest, " [*] "):
		item.Flags = document.FlagTask | document.FlagDone
	}
}

func contains(marks []string, mark string) bool {
	for _, m := range marks {
		if m == mark {
			return true
		}
	}
	return false
}

// terms reads lines such as "term:: definition".
func (p *parser) terms(i, to int) (*document.Block, int) {
	b := p.span(document.KindList, i, i+1)
	for i < to && !p.lines[i].Blank() && term.MatchString(p.text(i)) {
		end := i + 1
		for end < to && !p.lines[end].Blank() && !p.interrupts(end) && !term.MatchString(p.text(end)) {
			end++
		}
		item := p.span(document.KindItem, i, end)
		colon := p.lines[i].Start + term.FindStringSubmatchIndex(p.text(i))[2]
		past := colon
		for past < item.End && (p.source[past] == ':' || p.source[past] == ';') {
			past++
		}
		from, stop := outline.Trim(p.source, past, item.End)
		item.Children = []*document.Block{{Kind: document.KindParagraph, Start: item.Start, End: colon, Children: p.inline(item.Start, colon)}}
		if from < stop {
			item.Children = append(item.Children, &document.Block{Kind: document.KindParagraph, Start: from, End: stop, Children: p.inline(from, stop)})
		}
		b.Children = append(b.Children, item)
		b.End = item.End
		for i = end; i < to && p.lines[i].Blank(); {
			i++
		}
	}
	return b, i
}
