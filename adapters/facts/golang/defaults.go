package golang

import (
	"go/ast"
	"strings"
)

// standards are the values that literals called default give to fields.
type standards map[string]map[string]*standard

// standard is the value of one field; two that differ leave none.
type standard struct {
	value   string
	certain bool
}

// defaults reads DefaultConfig = Config{Field: value} and the literals in
// functions that say default.
func (w *walker) defaults(c *ast.CompositeLit, name string) {
	if name == "" || w.test || !w.insideDefault(c) {
		return
	}
	for _, e := range c.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return
		}
		key, ok := pair.Key.(*ast.Ident)
		if !ok {
			return
		}
		if _, nested := pair.Value.(*ast.CompositeLit); nested {
			if _, list := pair.Value.(*ast.CompositeLit).Type.(*ast.ArrayType); !list {
				continue
			}
		}
		text, ok := w.printed(pair.Value, false)
		w.standards.add(name, key.Name, text, ok)
	}
}

// insideDefault reports whether the variable or the function around a literal
// says default.
func (w *walker) insideDefault(c *ast.CompositeLit) bool {
	if w.function != nil {
		return strings.Contains(strings.ToLower(w.function.Name.Name), "default")
	}
	return w.variable != nil && c.Pos() >= w.variable.Pos() && c.End() <= w.variable.End() &&
		strings.Contains(strings.ToLower(w.variable.Names[0].Name), "default")
}

func (s standards) add(owner, field, value string, certain bool) {
	fields := s[owner]
	if fields == nil {
		fields = map[string]*standard{}
		s[owner] = fields
	}
	if old := fields[field]; old != nil && (!certain || !old.certain || old.value != value) {
		old.certain = false
		return
	}
	fields[field] = &standard{value: value, certain: certain}
}

// standard returns the value that a default gives to a field.
func (s *source) standard(t *structure, m *setting) (string, bool) {
	if found := s.standards[t.name][m.name]; found != nil && found.certain {
		return found.value, true
	}
	return "", false
}
