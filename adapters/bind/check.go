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
		target := f.in(v)
		if f.place == "stream" {
			continue
		}
		n := f.node
		if target.IsZero() {
			switch {
			case f.rules.def != "":
				_ = n.parse(f.rules.def, target) // The builder has parsed it.
			case f.rules.required && n.kind == kindObject && n.bare == nil:
				n.object.check(found, target, prefix+f.name+".")
			case f.rules.required || f.place == "path" && n.kind == kindString:
				found.add(prefix+f.name, "required", "must be given")
			}
			continue
		}
		n.check(found, &f.rules, target, prefix, f.name)
	}
}

// check checks a value and what it holds. The path is in two parts, so that a
// value without fault need not spell it.
func (n *node) check(found *faults, r *rules, v reflect.Value, prefix, name string) {
	v, ok := n.holds(v)
	if !ok {
		return
	}
	if rule, message := r.broken(n, v); rule != "" {
		found.add(prefix+name, rule, message)
		return
	}
	switch n.kind {
	case kindObject:
		n.object.check(found, v, prefix+name+".")
	case kindArray:
		if n.elem.isText() && n.elem.kind != kindString && n.within.minimum == nil && n.within.maximum == nil {
			return // Nothing rules the items.
		}
		for i := range v.Len() {
			n.elem.check(found, &n.within, v.Index(i), prefix+name, fmt.Sprintf("[%d]", i))
		}
	case kindMap:
		n.checkMap(found, v, prefix+name)
	}
}

// checkMap checks the values of a map and puts those with defaults back.
func (n *node) checkMap(found *faults, v reflect.Value, path string) {
	if n.elem.kind == kindAny {
		return
	}
	for _, key := range v.MapKeys() {
		value := reflect.New(n.typ.Elem()).Elem()
		value.Set(v.MapIndex(key))
		n.elem.check(found, &n.within, value, path+".", key.String())
		v.SetMapIndex(key, value)
	}
}
