package structure

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

var (
	// missingSpace is a line that was meant as a heading; numbers and tags such as
	// #123 and #!/bin/sh are not.
	missingSpace = regexp.MustCompile(`^(#{1,6})[A-Z][^#]*$`)
	indented     = regexp.MustCompile(`^ {1,3}#{1,6} `)
	reversed     = regexp.MustCompile(`\(([^()\s][^()]*)\)\[([^\]\[^\s]+)\]`)
)

// lines checks what can be told of a line by itself.
func lines(p *finding.Page, o Options) {
	blank, second := 0, 0
	p.EachLine(func(l finding.Line) {
		if l.Blank() && !l.Verbatim {
			if blank++; blank == 2 {
				second = l.Start
			}
			trailing(p, l)
			return
		}
		if blank > 1 {
			p.Mark("multiple-blanks", second, l.Start, fmt.Sprintf("%d blank lines follow each other.", blank), "", &finding.Fix{Start: second, End: l.Start})
		}
		blank = 0
		if l.Verbatim {
			return
		}
		trailing(p, l)
		if at := bytes.IndexByte(l.Text, '\t'); at >= 0 {
			p.Mark("hard-tabs", l.Start+at, l.Start+at+1, "The line holds a tab.", "", &finding.Fix{Start: l.Start, End: l.End(), Replacement: expand(l.Text)})
		}
		if n := utf8.RuneCount(l.Text); o.MaxLineLength > 0 && n > o.MaxLineLength {
			p.Mark("line-length", l.Start, l.End(), fmt.Sprintf("The line has %d characters, more than %d.", n, o.MaxLineLength), "", nil)
		}
		switch l.Text[0] {
		case '#':
			if m := missingSpace.FindSubmatchIndex(l.Text); m != nil {
				at := l.Start + m[3]
				p.Mark("no-missing-space-atx", l.Start, l.End(), "No blank stands behind the #, so this is no heading.", "", &finding.Fix{Start: at, End: at, Replacement: " "})
			}
		case ' ':
			if indented.Match(l.Text) {
				p.Mark("heading-start-left", l.Start, l.End(), "The heading is indented.", "", outdent(p, l))
			}
		}
		if !bytes.Contains(l.Text, []byte(")[")) {
			return
		}
		for _, m := range reversed.FindAllSubmatchIndex(l.Text, -1) {
			if at := l.Start + m[0]; !p.Verbatim(at) {
				p.Mark("reversed-link", at, l.Start+m[1], "The link is written the wrong way round.", fmt.Sprintf("[%s](%s)", l.Text[m[2]:m[3]], l.Text[m[4]:m[5]]), nil)
			}
		}
	})
	if blank > 1 {
		p.Mark("multiple-blanks", second, len(p.Content), fmt.Sprintf("%d blank lines follow each other.", blank), "", &finding.Fix{Start: second, End: len(p.Content)})
	}
	if n := len(p.Content); n > 0 && p.Content[n-1] != '\n' {
		p.Mark("file-end-newline", n-1, n, "The file does not end with a line feed.", "", &finding.Fix{Start: n, End: n, Replacement: "\n"})
	}
}

// expand puts spaces for tabs, up to the next of the columns that markup has
// every four characters.
func expand(text []byte) string {
	var out strings.Builder
	column := 0
	for _, r := range string(text) {
		if r != '\t' {
			out.WriteRune(r)
			column++
			continue
		}
		for stop := column/4*4 + 4; column < stop; column++ {
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// trailing reports blanks at the end of a line. Two behind text break the line
// and may stay.
func trailing(p *finding.Page, l finding.Line) {
	rest := len(l.Text) - len(bytes.TrimRight(l.Text, " \t"))
	if rest == 0 || rest == 2 && !l.Blank() {
		return
	}
	at := l.End() - rest
	replacement := ""
	if rest > 2 && !l.Blank() && bytes.HasSuffix(l.Text, []byte("   ")) {
		replacement = "  " // still a line break, as it was
	}
	p.Mark("trailing-spaces", at, l.End(), "The line ends in blanks.", "", &finding.Fix{Start: at, End: l.End(), Replacement: replacement})
}

// outdent moves a heading to the left. One inside a list item stays: outside of
// it, it would end the list.
func outdent(p *finding.Page, l finding.Line) *finding.Fix {
	for _, b := range p.Tree.At(l.Start + len(l.Text) - 1) {
		if b.Kind == document.KindItem {
			return nil
		}
	}
	return &finding.Fix{Start: l.Start, End: l.Start + len(l.Text) - len(bytes.TrimLeft(l.Text, " "))}
}
