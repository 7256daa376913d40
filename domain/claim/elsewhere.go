package claim

import (
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// open ends the name of a key below which a package tells the keys.
const open = ".{}"

// leaves reports whether a fact tells that another package has the keys.
func leaves(f code.Fact) bool {
	return f.Kind == code.Key && f.Weak && f.Scope != "" && strings.HasSuffix(f.Name, open)
}

// learnElsewhere notes the keys below which another module has the say. Those that
// packages of the project tell are facts of their own.
func (p *Project) learnElsewhere() {
	for _, name := range p.index.Names(code.Key) {
		if !strings.HasSuffix(name, open) {
			continue
		}
		if slices.ContainsFunc(p.index.Find(code.Key, name), func(f code.Fact) bool { return leaves(f) && !p.within(f.Scope) }) {
			p.elsewhere[strings.TrimSuffix(name, open)] = true
		}
	}
}

// toldElsewhere reports whether a key lies, at any depth, below one whose keys
// another module tells. Both may lack the sections around them.
func (p *Project) toldElsewhere(name string) bool {
	for parent, _, nested := cutLast(name, '.'); nested; parent, _, nested = cutLast(parent, '.') {
		for tail, more := parent, true; more; _, tail, more = strings.Cut(tail, ".") {
			if p.elsewhere[tail] {
				return true
			}
		}
	}
	return false
}

// told leaves the facts that name something by themselves.
func told(facts []code.Fact) []code.Fact {
	if !slices.ContainsFunc(facts, leaves) {
		return facts
	}
	return slices.DeleteFunc(facts, leaves)
}
