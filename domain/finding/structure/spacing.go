package structure

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// loose is what was meant as emphasis and is none, since a blank stands inside a
// marker. One star with a blank on both sides is a sign of arithmetic.
var loose = regexp.MustCompile(`(?:^|[\s(])(?:` +
	`\*\*[ \t]+[^\s*](?:[^*\n]*[^\s*])?[ \t]*\*\*|\*\*[^\s*](?:[^*\n]*[^\s*])?[ \t]+\*\*|` +
	`__[ \t]+[^\s_](?:[^_\n]*[^\s_])?[ \t]*__|__[^\s_](?:[^_\n]*[^\s_])?[ \t]+__` +
	`)(?:$|[\s.,;:!?)])`)

// spacing checks blanks inside the markers of emphasis and code.
func spacing(p *finding.Page, b *document.Block) {
	switch b.Kind {
	case document.KindText:
		source := b.Source(p.Content)
		if !bytes.Contains(source, []byte("**")) && !bytes.Contains(source, []byte("__")) {
			return
		}
		for _, m := range loose.FindAllIndex(source, -1) {
			text := strings.TrimSpace(string(source[m[0]:m[1]]))
			p.Mark("space-in-emphasis", b.Start+m[0], b.Start+m[1], "Blanks stand inside the markers, so that nothing is stressed.",
				text[:2]+strings.TrimSpace(strings.Trim(strings.Trim(text, "().,;:!? "), "*_"))+text[:2], nil)
		}
	case document.KindCodeSpan:
		codeSpan(p, b)
	}
}

// codeSpan reports blanks at the edges of code within a line. One on each side is
// not shown, and needed only beside a backtick.
func codeSpan(p *finding.Page, b *document.Block) {
	source := b.Source(p.Content)
	ticks := len(fenceOf(source))
	if len(source) < 2*ticks+1 {
		return
	}
	inner := source[ticks : len(source)-ticks]
	trimmed := bytes.Trim(inner, " \t")
	if len(trimmed) == len(inner) || len(trimmed) == 0 || trimmed[0] == '`' || trimmed[len(trimmed)-1] == '`' || bytes.ContainsAny(inner, "\n") {
		return
	}
	if len(inner) == len(trimmed)+2 && inner[0] == ' ' && inner[len(inner)-1] == ' ' {
		return // shown without them
	}
	p.Mark("space-in-code", b.Start, b.End, "The code begins or ends with a blank.", "", nil)
}
