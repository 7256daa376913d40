package structure

import (
	"bytes"
	"fmt"
	"regexp"
	"unicode/utf8"

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
	blank := 0
	p.EachLine(func(l finding.Line) {
		if l.Verbatim {
			blank = 0
			return
		}
		if l.Blank() {
			if blank++; blank == 2 {
				end := min(l.End()+1, len(p.Content))
				if end < len(p.Content) {
					p.Mark("multiple-blanks", l.Start, max(end, l.Start+1), "Blank lines follow each other.", "", &finding.Fix{Start: l.Start, End: end})
				}
			}
			trailing(p, l)
			return
		}
		blank = 0
		trailing(p, l)
		if at := bytes.IndexByte(l.Text, '\t'); at >= 0 {
			p.Mark("hard-tabs", l.Start+at, l.Start+at+1, "The line holds a tab.", "Indent with spaces.", nil)
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
				p.Mark("heading-start-left", l.Start, l.End(), "The heading is indented.", "Begin it at the start of the line.", nil)
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
	if n := len(p.Content); n > 0 && p.Content[n-1] != '\n' {
		p.Mark("file-end-newline", n-1, n, "The file does not end with a line feed.", "", &finding.Fix{Start: n, End: n, Replacement: "\n"})
	}
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
