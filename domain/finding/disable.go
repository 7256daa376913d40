package finding

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
)

// Disables are the places in which a document switches rules off in comments.
type Disables struct{ off map[string][]interval }

// interval is a range of lines, both inclusive.
type interval struct{ from, to int }

// lastLine stands for the end of a document.
const lastLine = 1 << 30

// directive finds comments such as <!-- docsteward-disable-next-line broken-link -->
// in Markdown and HTML, ".. docsteward-disable …" in reStructuredText, "// …" in
// AsciiDoc, "[//]: # (…)" in Markdown, and the same of markdownlint.
var directive = regexp.MustCompile(`(?:<!--|^\.\.|^//|^\[//\]: # [("'])[ \t]*(?:docsteward|markdownlint)-(disable-next-line|disable-line|disable-file|disable|enable-file|enable|capture|restore)\b([^>\n]*)`)

// ReadDisables finds the directives of a document, but for those that stand in
// code. A directive without names speaks of every rule; names that the catalogue
// does not know switch nothing.
func ReadDisables(content []byte, tree *document.Tree, catalogue *Catalogue) *Disables {
	d := &Disables{}
	if !bytes.Contains(content, []byte("docsteward-")) && !bytes.Contains(content, []byte("markdownlint-")) {
		return d
	}
	d.off = make(map[string][]interval)
	state := switches{catalogue: catalogue, since: make(map[string]int), into: d}
	number, at := 0, 0
	for line := range bytes.Lines(content) {
		number++
		for _, match := range directive.FindAllSubmatchIndex(line, -1) {
			if !inCode(tree, at+match[2]) {
				state.obey(number, string(line[match[2]:match[3]]), string(line[match[4]:match[5]]))
			}
		}
		at += len(line)
	}
	for id := range state.since {
		state.close(id, lastLine)
	}
	return d
}

func inCode(tree *document.Tree, offset int) bool {
	if tree == nil || tree.Root == nil {
		return false
	}
	for _, b := range tree.At(offset) {
		if b.Kind == document.KindCode || b.Kind == document.KindCodeSpan {
			return true
		}
	}
	return false
}

// switches is which rules are off at a line, and since when.
type switches struct {
	catalogue *Catalogue
	since     map[string]int
	captured  map[string]bool
	into      *Disables
}

func (s *switches) obey(line int, verb, names string) {
	for _, id := range s.rules(names) {
		_, off := s.since[id]
		switch {
		case verb == "disable-file":
			s.into.add(id, 1, lastLine)
		case verb == "enable-file":
			s.into.off[id] = nil
		case verb == "disable-line":
			s.into.add(id, line, line)
		case verb == "disable-next-line":
			s.into.add(id, line+1, line+1)
		case verb == "disable" && !off:
			s.since[id] = line
		case verb == "enable" && off:
			s.close(id, line-1)
		case verb == "restore" && off && !s.captured[id]:
			s.close(id, line-1)
		case verb == "restore" && !off && s.captured[id]:
			s.since[id] = line
		}
	}
	if verb == "capture" {
		s.captured = make(map[string]bool, len(s.since))
		for id := range s.since {
			s.captured[id] = true
		}
	}
}

func (s *switches) close(id string, line int) {
	s.into.add(id, s.since[id], line)
	delete(s.since, id)
}

// rules returns the ids that the text behind a directive names, or all.
func (s *switches) rules(text string) []string {
	text, _, _ = strings.Cut(text, "--")
	names := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r,()\"'", r) })
	if len(names) == 0 {
		return s.catalogue.ids()
	}
	var ids []string
	for _, name := range names {
		if r, ok := s.catalogue.Find(name); ok {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func (d *Disables) add(id string, from, to int) {
	if from <= to {
		d.off[id] = append(d.off[id], interval{from, to})
	}
}

// Covers reports whether the finding lies where its rule is switched off. One
// about the document as a whole counts as one of line 1.
func (d *Disables) Covers(f Finding) bool {
	line := max(f.Line, 1)
	for _, i := range d.off[f.Rule] {
		if i.from <= line && line <= i.to {
			return true
		}
	}
	return false
}
