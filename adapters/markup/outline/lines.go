package outline

import "bytes"

// Line is a line of a source.
type Line struct {
	// Start is where its first character that is no blank stands, End where it ends
	// without trailing white space. They are equal for a blank line.
	Start, End int
	// Indent is the number of columns before Start; a tab reaches the next multiple
	// of eight.
	Indent int
}

// Blank reports whether the line holds white space only.
func (l Line) Blank() bool { return l.Start == l.End }

// Lines cuts a source into lines. A byte order mark belongs to no line.
func Lines(source []byte) []Line {
	lines := make([]Line, 0, 1+bytes.Count(source, []byte{'\n'}))
	at := 0
	if bytes.HasPrefix(source, []byte("\xef\xbb\xbf")) {
		at = 3
	}
	for at < len(source) {
		next := len(source)
		if i := bytes.IndexByte(source[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		line := Line{Start: at}
		line.Start, line.End = Trim(source, at, next)
		for _, c := range source[at:line.Start] {
			if c == '\t' {
				line.Indent += 8 - line.Indent%8
			} else {
				line.Indent++
			}
		}
		lines = append(lines, line)
		at = next
	}
	return lines
}
