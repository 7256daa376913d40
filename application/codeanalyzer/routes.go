package codeanalyzer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/facts"
)

// source is one text to look for routes in.
type source struct {
	path, content string
	// numbers are the places of its lines, where they are not those of a whole file.
	numbers []int
}

// fragment reports whether the text is only a part of a file.
func (s source) fragment() bool { return s.numbers != nil }

// place returns where a line of the text is in its file.
func (s source) place(line int) int {
	if s.fragment() && line >= 1 && line <= len(s.numbers) {
		return s.numbers[line-1]
	}
	return line
}

// declared is how many lines from its first a declaration of a route is read on.
const declared = 4

// routes finds the routes of sources in their order.
func (s *service) routes(ctx context.Context, sources []source, language string) ([]code.Route, error) {
	readable := make([]facts.File, len(sources))
	for i, source := range sources {
		readable[i] = facts.File{Path: s.readableAs(source.path, language), Content: []byte(source.content)}
	}
	found, err := s.extract(ctx, readable)
	if err != nil {
		return nil, err
	}
	var all []code.Route
	for i, source := range sources {
		for _, route := range s.routesOf(source, readable[i].Path, found[i]) {
			route.File, route.Line = source.path, source.place(route.Line)
			all = append(all, route)
		}
	}
	return all, nil
}

// routesOf returns the routes of a source that is read as the file name says: the
// facts of its language, and registrations that those leave out. Where no language
// is known, paths in the text count too; they do in a fragment that yielded nothing,
// since it may not parse.
func (s *service) routesOf(source source, readAs string, found []code.Fact) []code.Route {
	lines := strings.Split(source.content, "\n")
	known := make(map[int]bool)
	var routes []code.Route
	for _, f := range found {
		if f.Kind != code.Endpoint || f.Line < 1 || f.Line > len(lines) {
			continue
		}
		known[f.Line] = true
		if !f.Weak {
			routes = append(routes, code.RouteOf(f, lines[f.Line-1:min(len(lines), f.Line-1+declared)]))
		}
	}
	seen := code.RoutesOfText(source.content)
	if !s.Facts.Reads(readAs) || source.fragment() && len(routes) == 0 {
		return seen
	}
	for _, r := range seen {
		if r.Evidence != code.ByText && !known[r.Line] && !comment(lines[r.Line-1]) {
			routes = append(routes, r)
		}
	}
	slices.SortStableFunc(routes, func(a, b code.Route) int { return cmp.Compare(a.Line, b.Line) })
	return routes
}

// comment reports whether a line is one in the languages of names.
func comment(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//") || strings.HasPrefix(line, "*") || strings.HasPrefix(line, "/*")
}

// names are file names of the languages that declare endpoints. Never written.
var names = map[string]string{
	"go": "text.go", "golang": "text.go", "python": "text.py", "py": "text.py",
	"javascript": "text.js", "js": "text.js", "jsx": "text.jsx", "typescript": "text.ts", "ts": "text.ts", "tsx": "text.tsx",
	"java": "Text.java", "kotlin": "Text.kt", "yaml": "text.yaml", "json": "text.json",
}

// readableAs returns the path by which the language of a source is known: its own,
// or one beside it that the name of the language gives, which counts only where the
// path tells nothing.
func (s *service) readableAs(path, language string) string {
	if s.Facts.Reads(path) {
		return path
	}
	if name, known := names[strings.ToLower(strings.TrimSpace(language))]; known {
		return name
	}
	return path
}
