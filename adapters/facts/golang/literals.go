package golang

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// literal guesses at texts that look like a flag, a variable or an address: they
// are weak facts, which prove that the name is known.
func (w *walker) literal(l *ast.BasicLit) {
	if l.Kind != token.STRING || len(l.Value) < 4 || w.told[l] {
		return
	}
	if len(l.Value) > 120 {
		w.usage(l)
		return
	}
	first, last := l.Value[1], l.Value[len(l.Value)-2]
	switch {
	case first == '-':
		if text, ok := unquote(l); ok && strings.HasPrefix(text, "--") {
			if name, ok := lexical.DashedFlag(text); ok {
				w.facts.AddWeak(w.line(l.Pos()), code.Flag, name)
			}
		}
	case first >= 'A' && first <= 'Z':
		name, _, _ := strings.Cut(l.Value[1:len(l.Value)-1], "=")
		if lexical.IsVariableName(name) {
			w.facts.AddWeak(w.line(l.Pos()), code.Variable, name)
		}
	}
	if last >= '0' && last <= '9' {
		if text, ok := unquote(l); ok {
			if port, ok := lexical.ListenPort(text); ok && len(port) > 1 {
				w.facts.AddWeak(w.line(l.Pos()), code.Port, port)
			}
		}
	}
}

// longestUsage is how long in bytes the text of --help may be.
const longestUsage = 32 << 10

// usage reads the flags that a text over several lines explains, as that of --help
// does.
func (w *walker) usage(l *ast.BasicLit) {
	if l.Value[0] != '`' || len(l.Value) > longestUsage || !strings.Contains(l.Value, "--") {
		return
	}
	line := w.line(l.Pos())
	for text := range strings.Lines(l.Value) {
		for word := range strings.FieldsSeq(text) {
			if strings.HasPrefix(word, "--") {
				end := strings.IndexAny(word, "[(,;:|`'\"")
				if end > 0 {
					word = word[:end]
				}
				if name, ok := lexical.DashedFlag(strings.TrimRight(word, ".")); ok {
					w.facts.AddWeak(line, code.Flag, name)
				}
			}
		}
		line++
	}
}
