package bind

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"
)

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
	elem     *node
	object   *object
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
}

// builder makes nodes; it remembers structs, so that types may refer to themselves.
type builder struct{ objects map[reflect.Type]*object }

func (b *builder) node(t reflect.Type) (*node, error) {
	if t.Kind() == reflect.Pointer {
		n, err := b.node(t.Elem())
		if err != nil {
			return nil, err
		}
		copied := *n
		copied.pointer = true
		return &copied, nil
	}
	if inner, ok := optionalOf(t); ok {
		n, err := b.node(inner)
		if err != nil {
			return nil, err
		}
		copied := *n
		copied.optional = true
		return &copied, nil
	}
	return b.plain(t)
}

func (b *builder) plain(t reflect.Type) (*node, error) {
	n := &node{typ: t}
	switch {
	case t == reflect.TypeFor[time.Time]():
		n.kind = kindTime
		return n, nil
	case t == reflect.TypeFor[json.RawMessage]():
		n.kind = kindAny
		return n, nil
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		n.kind = kindBytes
		return n, nil
	}
	var err error
	switch t.Kind() {
	case reflect.String:
		n.kind = kindString
	case reflect.Bool:
		n.kind = kindBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n.kind = kindInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		n.kind = kindUint
	case reflect.Float32, reflect.Float64:
		n.kind = kindFloat
	case reflect.Interface:
		n.kind = kindAny
	case reflect.Slice:
		n.kind = kindArray
		n.elem, err = b.node(t.Elem())
	case reflect.Map:
		if t.Key().Kind() != reflect.String {
			return nil, fmt.Errorf("bind: the map %s has keys that are not strings", t)
		}
		n.kind = kindMap
		n.elem, err = b.node(t.Elem())
	case reflect.Struct:
		n.kind = kindObject
		n.object, err = b.object(t)
	default:
		return nil, fmt.Errorf("bind: the type %s has no JSON form", t)
	}
	return n, err
}

func (b *builder) object(t reflect.Type) (*object, error) {
	if known, ok := b.objects[t]; ok {
		return known, nil
	}
	o := &object{typ: t, byName: make(map[string]*field)}
	b.objects[t] = o
	if err := b.addFields(o, t, nil); err != nil {
		return nil, err
	}
	if len(o.fields) > 64 {
		return nil, fmt.Errorf("bind: %s has more than 64 fields", t)
	}
	return o, nil
}

// addFields adds the exported fields of a struct; those of an embedded struct
// count as its own, but may not be moved out of the body.
func (b *builder) addFields(o *object, t reflect.Type, index []int) error {
	for i := range t.NumField() {
		sf := t.Field(i)
		at := append(index[:len(index):len(index)], i)
		name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if sf.Anonymous && name == "" && sf.Type.Kind() == reflect.Struct {
			if err := b.addFields(o, sf.Type, at); err != nil {
				return err
			}
			continue
		}
		if !sf.IsExported() || name == "-" {
			continue
		}
		if name == "" {
			name = sf.Name
		}
		if err := b.addField(o, sf, name, at); err != nil {
			return fmt.Errorf("bind: %s.%s: %w", o.typ, sf.Name, err)
		}
	}
	return nil
}

func (b *builder) addField(o *object, sf reflect.StructField, name string, index []int) error {
	f := &field{name: name, index: index, bit: len(o.fields), place: placeOf(sf)}
	if o.byName[name] != nil {
		return fmt.Errorf("two fields are named %s", name)
	}
	if f.place != "" && len(index) > 1 {
		return fmt.Errorf("a field of an embedded struct cannot be moved out of the body")
	}
	if f.place == "stream" {
		if sf.Type != reflect.TypeFor[io.Reader]() {
			return fmt.Errorf("a body stream must be an io.Reader")
		}
	} else {
		var err error
		if f.node, err = b.node(sf.Type); err != nil {
			return err
		}
		if f.rules, err = rulesOf(sf, f.node); err != nil {
			return err
		}
		if tagged := sf.Tag.Get(f.place); f.place != "" && tagged != name {
			return fmt.Errorf("the %s name %s differs from the json name %s", f.place, tagged, name)
		}
	}
	o.fields = append(o.fields, f)
	o.byName[name] = f
	return nil
}

func placeOf(sf reflect.StructField) string {
	switch {
	case sf.Tag.Get("path") != "":
		return "path"
	case sf.Tag.Get("query") != "":
		return "query"
	case sf.Tag.Get("body") == "stream":
		return "stream"
	}
	return ""
}

// optionalOf returns the type inside a usecase.Optional.
func optionalOf(t reflect.Type) (reflect.Type, bool) {
	if !strings.HasPrefix(t.Name(), "Optional[") || !strings.HasSuffix(t.PkgPath(), "/ports/usecase") {
		return nil, false
	}
	get, ok := t.MethodByName("Get")
	if !ok {
		return nil, false
	}
	return get.Type.Out(0), true
}
