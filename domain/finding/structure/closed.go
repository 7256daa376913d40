package structure

import (
	"bytes"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// isClosed reports a heading with number signs at its end, apart from its text.
func isClosed(source []byte) bool {
	source = bytes.TrimRight(source, " \t")
	rest := bytes.TrimRight(source, "#")
	return len(rest) < len(source) && len(bytes.Trim(rest, "# \t")) > 0 && (rest[len(rest)-1] == ' ' || rest[len(rest)-1] == '\t')
}

// closed checks the number signs at the end of a heading. A single one may be a
// part of the text, as in C#.
func closed(p *finding.Page, h *document.Block) {
	source := bytes.TrimRight(h.Source(p.Content), " \t")
	rest := bytes.TrimRight(source, "#")
	signs := len(source) - len(rest)
	if signs == 0 || len(rest) <= h.Level || rest[len(rest)-1] == '\\' || h.Label != "" {
		return
	}
	at := h.Start + len(rest)
	blanks := len(rest) - len(bytes.TrimRight(rest, " \t"))
	switch {
	case blanks == 0 && signs == h.Level && h.Level > 1:
		p.Mark("no-missing-space-closed-atx", at, at+signs, "No blank stands before the closing #, so that it is shown.", "", &finding.Fix{Start: at, End: at, Replacement: " "})
	case blanks > 1 && len(rest) > h.Level+blanks:
		p.Mark("no-multiple-space-closed-atx", at-blanks, at, "More than one blank stands before the closing #.", "", &finding.Fix{Start: at - blanks, End: at, Replacement: " "})
	}
}
