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
	if l.Kind != token.STRING || len(l.Value) < 4 || len(l.Value) > 120 || w.told[l] {
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
		if text := l.Value[1 : len(l.Value)-1]; lexical.IsVariableName(text) {
			w.facts.AddWeak(w.line(l.Pos()), code.Variable, text)
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
