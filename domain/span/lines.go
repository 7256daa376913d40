package span

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// Lines translates byte offsets of a content into lines and columns.
type Lines struct {
	content []byte
	starts  []int
}

// NewLines indexes the content, which must not change while Lines is in use.
func NewLines(content []byte) *Lines {
	starts := make([]int, 1, 1+bytes.Count(content, []byte{'\n'}))
	for at := 0; ; {
		next := bytes.IndexByte(content[at:], '\n')
		if next < 0 {
			return &Lines{content: content, starts: starts}
		}
		at += next + 1
		starts = append(starts, at)
	}
}

// Position returns the line and the column of a byte offset, both from 1; the
// column counts characters. An offset outside the content is moved to its edge.
// It takes O(log lines) and the length of the line.
func (l *Lines) Position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(l.content))
	line = sort.SearchInts(l.starts, offset+1)
	return line, utf8.RuneCount(l.content[l.starts[line-1]:offset]) + 1
}

// Count returns the number of lines; a newline at the end opens one more.
func (l *Lines) Count() int { return len(l.starts) }

// Start returns the byte offset at which a line begins; lines count from 1. A
// line outside the content is moved to its edge.
func (l *Lines) Start(line int) int {
	if line > len(l.starts) {
		return len(l.content)
	}
	return l.starts[max(line, 1)-1]
}
