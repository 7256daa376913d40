package bind

import "reflect"

// Check fills in the defaults of a command that was made in Go, and checks its
// rules, so that a call in this process and one over a wire mean the same. A
// zero value counts as absent. Defaults of what lies behind pointers and in lists
// are filled in there. It fails as Bind does.
func (p *Plan) Check(command any) error {
	c := checker{path: make(trail, 0, 8)}
	c.object(p.object, reflect.ValueOf(command).Elem())
	return c.found.fault()
}

// checker walks through a command.
type checker struct {
	found faults
	path  trail
	// filled counts the defaults that were filled in.
	filled int
}

func (c *checker) object(o *object, v reflect.Value) {
	for _, f := range o.fields {
		if f.place == "stream" {
			continue
		}
		target := f.in(v)
		c.path.push(segment{name: f.name})
		if target.IsZero() {
			c.absent(f, target)
		} else {
			c.value(f.node, &f.rules, target)
		}
		c.path.pop()
	}
}

// absent treats a field that was not set.
func (c *checker) absent(f *field, target reflect.Value) {
	n := f.node
	switch {
	case f.rules.def != "":
		_ = n.parse(f.rules.def, target) // The builder has parsed it.
		c.filled++
	case f.rules.required && n.kind == kindObject && n.bare == nil:
		c.object(n.object, target)
	case f.rules.required || f.place == "path" && n.kind == kindString:
		c.found.add(c.path.String(), "required", "must be given")
	}
}

// value checks a value and what it holds.
func (c *checker) value(n *node, r *rules, v reflect.Value) {
	v, ok := n.holds(v)
	if !ok {
		return
	}
	if len(c.path) > MaxDepth {
		c.found.add(c.path[0].name, "maxDepth", tooDeepMessage)
		return
	}
	if rule, message := r.broken(n, v); rule != "" {
		c.found.add(c.path.String(), rule, message)
		return
	}
	switch n.kind {
	case kindObject:
		c.object(n.object, v)
	case kindArray:
		for i := range v.Len() {
			c.path.push(segment{index: i})
			c.value(n.elem, &n.within, v.Index(i))
			c.path.pop()
		}
	case kindMap:
		c.mapping(n, v)
	}
}

// mapping checks the values of a map. Where a default is filled in, the command
// gets a map of its own, for the caller may be reading the one it gave.
func (c *checker) mapping(n *node, v reflect.Value) {
	if n.elem.kind == kindAny {
		return
	}
	own := reflect.Value{}
	value := reflect.New(n.typ.Elem()).Elem()
	for _, key := range v.MapKeys() {
		value.Set(v.MapIndex(key))
		before := c.filled
		c.path.push(segment{name: key.String()})
		c.value(n.elem, &n.within, value)
		c.path.pop()
		if c.filled == before || n.elem.pointer {
			continue
		}
		if !own.IsValid() {
			own = copyOf(v)
		}
		own.SetMapIndex(key, value)
	}
	if own.IsValid() {
		v.Set(own)
	}
}

func copyOf(m reflect.Value) reflect.Value {
	out := reflect.MakeMapWithSize(m.Type(), m.Len())
	for entries := m.MapRange(); entries.Next(); {
		out.SetMapIndex(entries.Key(), entries.Value())
	}
	return out
}
