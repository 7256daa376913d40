package bind

import "reflect"

// kind is how a value is written in JSON.
type kind uint8

const (
	kindString kind = iota
	kindBool
	kindInt
	kindUint
	kindFloat
	kindTime
	kindBytes
	kindAny
	kindObject
	kindArray
	kindMap
)

// node is a Go type as the plan sees it.
type node struct {
	kind kind
	typ  reflect.Type
	// pointer is set when the Go type is a pointer to typ; null and absence are nil.
	pointer bool
	// optional is set when the Go type is a usecase.Optional of typ.
	optional bool
	// bare is the node without pointer and optional; nil when it has neither.
	bare   *node
	elem   *node
	object *object
	// within rules the items of a list and the values of a map.
	within rules
	// most is how many items a list or a map may hold.
	most int
}

// object is a struct: its fields by name and in order.
type object struct {
	typ    reflect.Type
	fields []*field
	byName map[string]*field
}

// field is one field of a struct with its rules.
type field struct {
	name  string
	index []int
	// place is "path", "query", "stream" or "" for the body.
	place string
	node  *node
	rules rules
	// bit is the position of the field among those of its object, for presence.
	bit int
	// mayLack is set when the field is left out of what is written when empty.
	mayLack bool
}

// optional is what the plan needs of a usecase.Optional.
type optional interface {
	Present() bool
	IsNull() bool
	Target() any
}

// holds reports whether there is a value: no nil pointer, no absent or null
// optional. It returns the value itself.
func (n *node) holds(v reflect.Value) (reflect.Value, bool) {
	switch {
	case n.pointer && v.IsNil():
		return v, false
	case n.pointer:
		return v.Elem(), true
	case n.optional:
		o := optionalIn(v)
		if !o.Present() || o.IsNull() {
			return v, false
		}
		return reflect.ValueOf(o.Target()).Elem(), true
	}
	return v, true
}

// optionalIn returns the Optional at v, or a copy where v cannot be addressed.
func optionalIn(v reflect.Value) optional {
	if !v.CanAddr() {
		copied := reflect.New(v.Type())
		copied.Elem().Set(v)
		v = copied.Elem()
	}
	return v.Addr().Interface().(optional)
}

func (n *node) isNumber() bool { return n.kind == kindInt || n.kind == kindUint || n.kind == kindFloat }

// isText reports whether a value is written as one text: all that a path or a
// query can carry.
func (n *node) isText() bool { return n.kind <= kindBytes }

func (f *field) in(v reflect.Value) reflect.Value {
	if len(f.index) == 1 {
		return v.Field(f.index[0])
	}
	return v.FieldByIndex(f.index)
}
