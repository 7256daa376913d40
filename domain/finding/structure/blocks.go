package structure

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// styles remembers the first way in which each thing was written.
type styles map[string]string

// differs reports whether a thing is written in another way than the first.
func (s styles) differs(thing, style string) bool {
	first, seen := s[thing]
	if !seen {
		s[thing] = style
	}
	return seen && first != style
}

// blocks checks code, lists, tables and lines across the page.
func blocks(p *finding.Page) {
	seen := make(styles)
	p.Tree.Walk(func(b *document.Block) bool {
		switch b.Kind {
		case document.KindCode:
			code(p, b, seen)
		case document.KindList:
			list(p, b, seen)
		case document.KindTable:
			table(p, b)
			pipes(p, b)
		case document.KindThematicBreak:
			if seen.differs("break", strings.TrimSpace(string(b.Source(p.Content)))) {
				p.Mark("hr-style", b.Start, b.End, "The line across the page is written in another way than the first.", "", nil)
			}
		}
		return !b.Kind.Inline()
	})
}

func code(p *finding.Page, b *document.Block, seen styles) {
	source := b.Source(p.Content)
	if !b.Has(document.FlagFenced) {
		if seen.differs("code", "indented") {
			p.Mark("code-block-style", b.Start, firstLineEnd(p.Content, b), "The code is indented where the first was fenced.", "", nil)
		}
		return
	}
	if seen.differs("code", "fenced") {
		p.Mark("code-block-style", b.Start, firstLineEnd(p.Content, b), "The code is fenced where the first was indented.", "", nil)
	}
	fence := fenceOf(source)
	if fence == "" {
		return
	}
	if seen.differs("fence", fence[:1]) {
		p.Mark("fence-style", b.Start, firstLineEnd(p.Content, b), "The fence is written with another character than the first.", "", nil)
	}
	if b.Language == "" {
		p.Mark("fence-language", b.Start, firstLineEnd(p.Content, b), "The code does not name its language.", "Write it behind the fence, or text for none.", nil)
	}
	body := strings.Split(strings.TrimRight(string(source), "\n"), "\n")
	if closing := strings.TrimLeft(strings.TrimSpace(body[len(body)-1]), "> "); len(body) == 1 || len(closing) < len(fence) || strings.Trim(closing, fence[:1]) != "" {
		p.Mark("unclosed-fence", b.Start, firstLineEnd(p.Content, b), "The fenced code is not closed; all that follows counts as code.", "Close it with "+fence+".", nil)
		return
	}
	prompts(p, b, body[1:len(body)-1])
}

func fenceOf(source []byte) string {
	n := 0
	for n < len(source) && (source[n] == '`' || source[n] == '~') && source[n] == source[0] {
		n++
	}
	return string(source[:n])
}

// prompt is the $ before a command at the start of a line.
var prompt = regexp.MustCompile(`(?m)^([ \t]*)\$[ \t]+`)

// prompts reports commands that all stand behind a $ although no output is shown.
func prompts(p *finding.Page, b *document.Block, lines []string) {
	commands := 0
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if !strings.HasPrefix(line, "$ ") {
			return
		}
		commands++
	}
	if commands == 0 {
		return
	}
	start, end := firstLineEnd(p.Content, b), b.End
	p.Mark("commands-show-output", b.Start, start, "The commands stand behind a $ and no output is shown.", "Leave the $ out, so that they can be copied.",
		&finding.Fix{Start: start, End: end, Replacement: prompt.ReplaceAllString(string(p.Content[start:end]), "$1")})
}

func list(p *finding.Page, b *document.Block, seen styles) {
	if b.Has(document.FlagOrdered) {
		numbers(p, b)
		return
	}
	for _, item := range b.Children {
		marker := string(p.Content[item.Start : item.Start+1])
		if strings.Contains("*-+", marker) && seen.differs("list", marker) {
			p.Mark("list-marker", item.Start, item.Start+1, "The list uses another marker than the first list.", "", nil)
			return
		}
	}
}

// numbers accepts 1 2 3, 0 1 2, 1 1 1 and 0 0 0.
func numbers(p *finding.Page, b *document.Block) {
	var all []int
	for _, item := range b.Children {
		n := 0
		if _, err := fmt.Sscanf(string(p.Content[item.Start:min(item.Start+10, item.End)]), "%d", &n); err != nil {
			return
		}
		all = append(all, n)
	}
	if len(all) < 2 || slices.Max(all) == all[0] && slices.Min(all) == all[0] {
		return
	}
	for i, n := range all {
		if n != all[0]+i {
			item := b.Children[i]
			p.Mark("ordered-list-prefix", item.Start, item.Start+1, fmt.Sprintf("The item is numbered %d where %d is next.", n, all[0]+i), "", nil)
			return
		}
	}
}

// table reports rows with other numbers of cells than the head. Parsers make up
// missing cells and drop superfluous ones, so that the source is counted.
func table(p *finding.Page, b *document.Block) {
	if len(b.Children) == 0 {
		return
	}
	want := cells(b.Children[0].Source(p.Content))
	for _, row := range b.Children[1:] {
		if n := cells(row.Source(p.Content)); n != want {
			p.Mark("table-column-count", row.Start, row.End, fmt.Sprintf("The row has %d cells where the head has %d.", n, want), "", nil)
		}
	}
}

// cells counts the cells of a row; a bar behind a backslash or within code
// separates none.
func cells(row []byte) int {
	row = bytes.TrimSpace(row)
	row = bytes.TrimPrefix(row, []byte("|"))
	n, escaped := 1, false
	for i, c := range row {
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '|' && i < len(row)-1:
			n++
		}
	}
	return n
}
