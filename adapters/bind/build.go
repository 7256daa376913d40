package bind

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"
)

// builder makes nodes; it remembers structs, so that types may refer to themselves.
type builder struct{ objects map[reflect.Type]*object }

func newBuilder() *builder { return &builder{objects: make(map[reflect.Type]*object)} }

func (b *builder) node(t reflect.Type) (*node, error) {
	inner, isOptional := optionalOf(t)
	isPointer := t.Kind() == reflect.Pointer
	if isPointer {
		inner = t.Elem()
	}
	if !isPointer && !isOptional {
		return b.plain(t)
	}
	bare, err := b.node(inner)
	if err != nil {
		return nil, err
	}
	if bare.bare != nil {
		return nil, fmt.Errorf("bind: the type %s may be missing in two ways", t)
	}
	n := *bare
	n.bare, n.pointer, n.optional = bare, isPointer, isOptional
	return &n, nil
}

func (b *builder) plain(t reflect.Type) (*node, error) {
	n := &node{typ: t, most: DefaultMaxItems}
	switch {
	case t == reflect.TypeFor[time.Time]():
		n.kind = kindTime
		return n, nil
	case t == reflect.TypeFor[json.RawMessage]():
		n.kind = kindAny
		return n, nil
	case writesItself(t):
		return nil, fmt.Errorf("bind: the type %s writes itself in a way of its own; use a plain type", t)
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
		if t.NumMethod() > 0 {
			return nil, fmt.Errorf("bind: the interface %s cannot be read from JSON", t)
		}
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

// writesItself reports whether encoding/json would not write the type field by
// field.
func writesItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[json.Marshaler]()) || p.Implements(reflect.TypeFor[json.Unmarshaler]()) ||
		p.Implements(reflect.TypeFor[encoding.TextMarshaler]()) || p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
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
		name, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if sf.Anonymous && name == "" {
			if sf.Type.Kind() != reflect.Struct {
				return fmt.Errorf("bind: %s embeds %s, which is no struct", o.typ, sf.Type)
			}
			if err := b.addFields(o, sf.Type, at); err != nil {
				return err
			}
			continue
		}
		if !sf.IsExported() || name == "-" && placeOf(sf) != "stream" {
			continue
		}
		if name == "" || name == "-" {
			name = sf.Name
		}
		f := &field{name: name, index: at, mayLack: strings.Contains(options, "omit")}
		if err := b.addField(o, sf, f); err != nil {
			return fmt.Errorf("bind: %s.%s: %w", o.typ, sf.Name, err)
		}
	}
	return nil
}

func (b *builder) addField(o *object, sf reflect.StructField, f *field) error {
	f.bit, f.place = len(o.fields), placeOf(sf)
	if o.byName[f.name] != nil {
		return fmt.Errorf("two fields are named %s", f.name)
	}
	if strings.ContainsFunc(f.name, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"\.[]`, r) }) {
		return fmt.Errorf("the name %q is not plain", f.name)
	}
	if f.place != "" && len(f.index) > 1 {
		return errors.New("a field of an embedded struct cannot be moved out of the body")
	}
	if f.place == "stream" {
		if sf.Type != reflect.TypeFor[io.Reader]() {
			return errors.New("a body stream must be an io.Reader")
		}
	} else if err := b.addValue(sf, f); err != nil {
		return err
	}
	o.fields = append(o.fields, f)
	o.byName[f.name] = f
	return nil
}

func (b *builder) addValue(sf reflect.StructField, f *field) (err error) {
	if f.node, err = b.node(sf.Type); err != nil {
		return err
	}
	if f.rules, err = rulesOf(sf, f.node); err != nil {
		return err
	}
	if f.place == "" {
		return nil
	}
	if tagged := sf.Tag.Get(f.place); tagged != f.name {
		return fmt.Errorf("the %s name %s differs from the json name %s", f.place, tagged, f.name)
	}
	n := f.node
	switch {
	case f.place == "path" && (!n.isText() || n.bare != nil):
		return fmt.Errorf("a path cannot carry the type %s", sf.Type)
	case f.place == "query" && n.kind == kindArray && (!n.elem.isText() || n.elem.bare != nil):
		return fmt.Errorf("a query cannot carry the type %s", sf.Type)
	case f.place == "query" && (!n.isText() && n.kind != kindArray || n.optional):
		return fmt.Errorf("a query cannot carry the type %s", sf.Type)
	}
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
	if t.Kind() != reflect.Struct {
		return nil, false
	}
	o, ok := reflect.New(t).Interface().(optional)
	if !ok {
		return nil, false
	}
	return reflect.TypeOf(o.Target()).Elem(), true
}
