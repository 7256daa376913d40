package bind

import (
	"fmt"
	"reflect"
)

// Check fills in the defaults of a command that was made in Go, and checks its
// rules, so that a call in this process and one over a wire mean the same. A
// zero value counts as absent. It fails as Bind does.
func (p *Plan) Check(command any) error {
	var found faults
	p.object.check(&found, reflect.ValueOf(command).Elem(), "")
	return found.fault()
}

func (o *object) check(found *faults, v reflect.Value, prefix string) {
	for _, f := range o.fields {
		target := v.FieldByIndex(f.index)
		if f.place == "stream" {
			continue
		}
		if target.IsZero() {
			if f.rules.def != "" {
				_ = f.node.parse(f.rules.def, target)
			} else if f.rules.required {
				found.add(prefix+f.name, "required", "must be given")
			}
			continue
		}
		reached, ok := f.node.reach(target)
		if !ok {
			continue
		}
		if rule, message := f.rules.broken(f.node, reached); rule != "" {
			found.add(prefix+f.name, rule, message)
			continue
		}
		f.node.checkInside(found, reached, prefix+f.name)
	}
}

// checkInside checks what an object, a list or a map holds.
func (n *node) checkInside(found *faults, v reflect.Value, path string) {
	switch n.kind {
	case kindObject:
		if v.CanAddr() {
			n.object.check(found, v, path+".")
		}
	case kindArray:
		if !n.elem.holdsRules() {
			return
		}
		for i := range v.Len() {
			if item, ok := n.elem.reach(v.Index(i)); ok {
				n.elem.checkInside(found, item, fmt.Sprintf("%s[%d]", path, i))
			}
		}
	}
}

func (n *node) holdsRules() bool { return n.kind == kindObject || n.kind == kindArray }
