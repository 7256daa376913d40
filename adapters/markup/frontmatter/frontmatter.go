// Package frontmatter reads the metadata that stands before the text of a
// document: YAML between "---" lines, TOML between "+++" lines, or a JSON object.
package frontmatter

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"

	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

// Matter is the front matter of a source.
type Matter struct {
	// Start and End bound it with its fences and the newline that ends it.
	Start, End int
	// Data is nil where it could not be read.
	Data document.Metadata
	// Problem says why; nil when all was well.
	Problem *document.Problem
}

// Cut finds the front matter of a source, and reports whether there is one.
// Text that opens like front matter and is never closed is no front matter; the
// matter then has an empty range, and a Problem when its first line looks like a
// setting.
func Cut(source []byte) (Matter, bool) {
	start := 0
	if bytes.HasPrefix(source, []byte("\xef\xbb\xbf")) {
		start = 3
	}
	first := source[start:outline.LineEnd(source, start)]
	switch string(first) {
	case "---":
		return fenced(source, start, []string{"---", "..."}, parseYAML)
	case "+++":
		return fenced(source, start, []string{"+++"}, parseTOML)
	case "{":
		return object(source, start)
	}
	return Matter{}, false
}

// setting is a line like "title: x" or "title = x".
var setting = regexp.MustCompile(`^[A-Za-z_][\w.-]*\s*[:=](\s|$)`)

func fenced(source []byte, start int, closers []string, parse func([]byte) (document.Metadata, error)) (Matter, bool) {
	body := nextLine(source, start)
	for at := body; at < len(source); at = nextLine(source, at) {
		line := string(source[at:outline.LineEnd(source, at)])
		for _, closer := range closers {
			if line == closer {
				return read(source, Matter{Start: start, End: nextLine(source, at)}, body, at, parse), true
			}
		}
	}
	if body < len(source) && setting.Match(source[body:outline.LineEnd(source, body)]) {
		return Matter{Problem: &document.Problem{
			Start: start, End: outline.LineEnd(source, start),
			Message: "The front matter is never closed; put a line " + closers[0] + " after it.",
		}}, false
	}
	return Matter{}, false
}

func read(source []byte, m Matter, body, end int, parse func([]byte) (document.Metadata, error)) Matter {
	data, err := parse(source[body:end])
	if err != nil {
		from, to := faulty(source, err.Error(), body, end)
		m.Problem = &document.Problem{Start: from, End: to, Message: "The front matter cannot be read: " + lineNumber.ReplaceAllString(err.Error(), "")}
		return m
	}
	m.Data = data
	return m
}

var lineNumber = regexp.MustCompile(`line (\d+): `)

// faulty returns the range of the line that a message names, and of the next one
// because YAML counts from 0 in some of its messages; or else the whole body.
func faulty(source []byte, message string, body, end int) (int, int) {
	match := lineNumber.FindStringSubmatch(message)
	if match == nil {
		return body, outline.TrimRight(source, body, end)
	}
	number, _ := strconv.Atoi(match[1])
	at := body
	for ; number > 1 && nextLine(source, at) < end; number-- {
		at = nextLine(source, at)
	}
	last := at
	if next := nextLine(source, at); next < end {
		last = next
	}
	return at, outline.LineEnd(source, last)
}

func object(source []byte, start int) (Matter, bool) {
	decoder := json.NewDecoder(bytes.NewReader(source[start:]))
	var data document.Metadata
	if err := decoder.Decode(&data); err != nil {
		return Matter{}, false
	}
	end := start + int(decoder.InputOffset())
	if rest := source[end:outline.LineEnd(source, end)]; len(rest) > 0 {
		return Matter{}, false
	}
	return Matter{Start: start, End: nextLine(source, end), Data: data}, true
}

func nextLine(source []byte, at int) int {
	if i := bytes.IndexByte(source[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(source)
}
