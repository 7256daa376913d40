package claim

import (
	"path"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

var (
	goSelector = regexp.MustCompile("\"(?:[^\"\\\\\n]|\\\\.)*\"|`[^`]*`|//[^\n]*|\\b([a-z][a-zA-Z0-9_]*)\\.([A-Z]\\w*)")
	goImport   = regexp.MustCompile(`(?m)^[ \t]*(?:import[ \t]+)?(?:([\w.]+)[ \t]+)?"([\w.~-]+(?:/[\w.~-]+)*)"[ \t]*(?://.*)?$`)
	goDeclared = regexp.MustCompile(`\b([a-z]\w*)(?:, *\w+)*[ \t]*:=|\b\w+, *([a-z]\w*)[ \t]*:=|\bvar ([a-z]\w*)\b|[(,][ \t]*([a-z]\w*) +\*?(?:\[\])?(?:\w+\.)?[A-Z]\w*|\bfunc[ \t]+\(([a-z]\w*) `)
	goVersion  = regexp.MustCompile(`^v\d+$`)
)

// goCode reads what a piece of Go uses of other packages: package.Name, where the
// package is not a variable of the piece.
func (r *reader) goCode(start, end int, s spot) {
	text := r.content[start:end]
	imports, declared := map[string]string{}, map[string]bool{}
	for _, m := range goImport.FindAllSubmatch(text, -1) {
		imports[importName(string(m[1]), string(m[2]))] = string(m[2])
	}
	for _, m := range goDeclared.FindAllSubmatch(text, -1) {
		for _, name := range m[1:] {
			declared[string(name)] = true
		}
	}
	for _, m := range goSelector.FindAllSubmatchIndex(text, -1) {
		if m[2] < 0 {
			continue
		}
		if m[0] > 0 && (text[m[0]-1] == '.' || text[m[0]-1] == ')') { // a field of something
			continue
		}
		if declared[string(text[m[2]:m[3]])] {
			continue
		}
		if c := r.add(code.Symbol, string(text[m[2]:m[5]]), start+m[2], start+m[5], s); c != nil {
			c.Companion = imports[string(text[m[2]:m[3]])]
		}
	}
}

// importName is the name by which an import is used.
func importName(alias, from string) string {
	if alias != "" {
		return alias
	}
	name := path.Base(from)
	if goVersion.MatchString(name) {
		name = path.Base(path.Dir(from))
	}
	name, _, _ = strings.Cut(strings.TrimPrefix(name, "go-"), ".")
	return strings.ReplaceAll(name, "-", "")
}
