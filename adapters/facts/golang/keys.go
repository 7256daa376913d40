package golang

import (
	"maps"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

const (
	// deepest is how far keys are nested.
	deepest = 10
	// mostKeys is how many keys a package tells: types that lead to each other in
	// many ways have more paths than anybody writes down.
	mostKeys = 20_000
)

// teller tells the keys of a package from the types that nothing leads to.
type teller struct {
	*source
	visited map[*structure]bool
	left    int
}

// tellKeys tells the keys and variables of the structures of the package.
func (s *source) tellKeys() {
	led := map[string]bool{}
	for _, t := range s.types {
		if t.tagged || t.embeds() {
			t.leads(led, 0)
		}
	}
	for _, t := range s.locals {
		t.leads(led, 0)
	}
	tell := &teller{source: s, visited: map[*structure]bool{}, left: mostKeys}
	names := slices.Sorted(maps.Keys(s.types))
	for _, name := range names {
		if t := s.types[name]; t.tagged && !led[name] {
			tell.structure(t, "", "", nil)
		}
	}
	for _, t := range s.locals {
		tell.structure(t, "", "", nil)
	}
	for _, name := range names { // those that only lead to each other
		if t := s.types[name]; t.tagged && !tell.visited[t] {
			tell.structure(t, "", "", nil)
		}
	}
}

// embeds reports whether a structure without tags takes in another's fields.
func (t *structure) embeds() bool {
	return slices.ContainsFunc(t.fields, func(m *setting) bool { return m.inline })
}

// leads marks the types that the fields with keys lead to.
func (t *structure) leads(to map[string]bool, depth int) {
	for _, m := range t.fields {
		if len(m.keys) == 0 && !m.inline && m.prefix == "" {
			continue
		}
		if m.element != "" && m.element != t.name {
			to[m.element] = true
		}
		if m.inner != nil && depth < deepest {
			m.inner.leads(to, depth+1)
		}
	}
}

func (t *teller) structure(s *structure, path, prefix string, above []*structure) {
	if len(above) > deepest || slices.Contains(above, s) {
		return
	}
	t.visited[s] = true
	above = append(above, s)
	for _, m := range s.fields {
		if t.left <= 0 {
			return
		}
		t.setting(s, m, path, prefix, above)
	}
}

func (t *teller) setting(s *structure, m *setting, path, prefix string, above []*structure) {
	standard, known := m.standard, m.known
	if !known {
		standard, known = t.standard(s, m)
	}
	if m.variable != "" {
		t.left--
		s.file.facts.AddKnown(m.line, code.Variable, prefix+m.variable, m.standard, m.known, s.name)
	}
	child := m.inner
	if child == nil && m.element != s.name {
		child = t.types[m.element]
	}
	for _, key := range m.keys {
		t.left--
		s.file.facts.AddKnown(m.line, code.Key, join(path, key), standard, known && child == nil, s.name)
		if known {
			s.file.portText(key, standard, m.line)
		}
	}
	if child == nil {
		t.leave(s, m, path)
		return
	}
	below := path
	switch {
	case m.inline && m.mapped:
		below = join(path, "{}")
	case m.inline:
	case len(m.keys) > 0:
		below = join(path, m.keys[0])
		if m.mapped {
			below = join(below, "{}")
		}
	case m.prefix == "" && m.variable == "" && !s.hasVariables(child):
		return
	}
	t.structure(child, below, prefix+m.prefix, above)
}

// leave tells that what lies below a key is told by the package that has its type:
// any key may be there.
func (t *teller) leave(s *structure, m *setting, path string) {
	if m.library == "" || !m.inline && len(m.keys) == 0 || m.inline && path == "" {
		return
	}
	if !m.inline {
		path = join(path, m.keys[0])
	}
	t.left--
	s.file.facts.AddWeakIn(m.line, code.Key, join(path, "{}"), m.library)
}

// hasVariables reports whether the fields of a child name variables, which are
// looked for through fields without tags too.
func (t *structure) hasVariables(child *structure) bool {
	return slices.ContainsFunc(child.fields, func(m *setting) bool { return m.variable != "" || m.prefix != "" })
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return strings.TrimSuffix(path, ".") + "." + key
}
