package bind

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/go-json-experiment/json/jsontext"
)

// decoder reads one JSON body into a command in one pass.
type decoder struct {
	json    *jsontext.Decoder
	found   *faults
	path    []segment
	unknown func(name string)
}

// segment is a step of the path to a value: a name, or an index where name is "".
type segment struct {
	name  string
	index int
}

// at spells the path to the value at hand; only faults need it.
func (d *decoder) at() string {
	var b bytes.Buffer
	for _, s := range d.path {
		if s.name == "" {
			fmt.Fprintf(&b, "[%d]", s.index)
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(s.name)
	}
	return b.String()
}

// decodeObject reads the one object of a body. Faults of fields are gathered;
// the error is a body that is no JSON object at all.
func decodeObject(found *faults, o *object, v reflect.Value, r io.Reader, moved map[string]*field, unknown func(string)) error {
	if r == nil {
		r = eof{}
	}
	d := &decoder{json: jsontext.NewDecoder(r), found: found, unknown: unknown}
	switch kind := d.json.PeekKind(); {
	case kind == '{':
		if err := d.object(o, v, moved); err != nil {
			return malformed(err)
		}
	case kind == 0:
		if _, err := d.json.ReadToken(); !errors.Is(err, io.EOF) {
			return malformed(err)
		}
		d.missing(o, 0, moved)
		d.defaults(o, v, 0, moved)
		return nil
	default:
		found.add("body", "type", "must be a JSON object")
		if err := d.json.SkipValue(); err != nil {
			return malformed(err)
		}
	}
	if _, err := d.json.ReadToken(); !errors.Is(err, io.EOF) {
		if err == nil {
			err = errors.New("something follows the object")
		}
		return malformed(err)
	}
	return nil
}

func (d *decoder) object(o *object, v reflect.Value, moved map[string]*field) error {
	if _, err := d.json.ReadToken(); err != nil {
		return err
	}
	var seen uint64
	for d.json.PeekKind() == '"' {
		f, err := d.name(o, moved)
		if err != nil {
			return err
		}
		if f == nil {
			if err := d.json.SkipValue(); err != nil {
				return err
			}
			continue
		}
		seen |= 1 << f.bit
		d.path = append(d.path, segment{name: f.name})
		err = d.field(f, v.FieldByIndex(f.index))
		d.path = d.path[:len(d.path)-1]
		if err != nil {
			return err
		}
	}
	if _, err := d.json.ReadToken(); err != nil {
		return err
	}
	d.missing(o, seen, moved)
	d.defaults(o, v, seen, moved)
	return nil
}

// name reads a name and finds its field; nil for one that is passed over.
func (d *decoder) name(o *object, moved map[string]*field) (*field, error) {
	raw, err := d.json.ReadValue()
	if err != nil {
		return nil, err
	}
	f := o.byName[string(raw[1:len(raw)-1])]
	if f == nil && bytes.IndexByte(raw, '\\') >= 0 {
		name, err := jsontext.AppendUnquote(nil, raw)
		if err != nil {
			return nil, err
		}
		f = o.byName[string(name)]
	}
	if f != nil && (moved == nil || moved[f.name] != f) && f.place != "stream" {
		return f, nil
	}
	name := string(raw[1 : len(raw)-1])
	if d.unknown != nil {
		d.unknown(name)
		return nil, nil
	}
	d.path = append(d.path, segment{name: name})
	d.found.add(d.at(), "unknown", "is not a field of this request")
	d.path = d.path[:len(d.path)-1]
	return nil, nil
}

func (d *decoder) missing(o *object, seen uint64, moved map[string]*field) {
	for _, f := range o.fields {
		if f.rules.required && seen&(1<<f.bit) == 0 && (moved == nil || moved[f.name] != f) {
			d.path = append(d.path, segment{name: f.name})
			d.found.add(d.at(), "required", "must be given")
			d.path = d.path[:len(d.path)-1]
		}
	}
}

func (d *decoder) defaults(o *object, v reflect.Value, seen uint64, moved map[string]*field) {
	for _, f := range o.fields {
		if f.rules.def != "" && seen&(1<<f.bit) == 0 && (moved == nil || moved[f.name] != f) {
			_ = f.node.parse(f.rules.def, v.FieldByIndex(f.index))
		}
	}
}

// field reads a value and checks its rules.
func (d *decoder) field(f *field, v reflect.Value) error {
	before := len(d.found.fields)
	if err := d.value(f.node, v); err != nil {
		return err
	}
	if len(d.found.fields) > before && f.node.kind != kindArray {
		return nil // A value that could not be read has no rules to break; a list still has a length.
	}
	if target, ok := f.node.reach(v); ok {
		if rule, message := f.rules.broken(f.node, target); rule != "" {
			d.found.add(d.at(), rule, message)
		}
	}
	return nil
}

// reach returns the value behind a pointer or an optional; false when there is none.
func (n *node) reach(v reflect.Value) (reflect.Value, bool) {
	switch {
	case n.pointer && v.IsNil():
		return v, false
	case n.pointer:
		return v.Elem(), true
	case n.optional:
		out := v.MethodByName("Get").Call(nil)
		return out[0], out[1].Bool()
	}
	return v, true
}

func (d *decoder) value(n *node, v reflect.Value) error {
	if d.json.PeekKind() == 'n' && (n.pointer || n.optional) {
		raw, err := d.json.ReadValue()
		if err == nil && n.optional {
			return v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(raw)
		}
		return err
	}
	if n.pointer {
		fresh := reflect.New(n.typ)
		inner := *n
		inner.pointer = false
		err := d.value(&inner, fresh.Elem())
		v.Set(fresh)
		return err
	}
	if n.optional {
		return d.optional(n, v)
	}
	switch n.kind {
	case kindObject:
		if d.json.PeekKind() != '{' {
			return d.mismatch("an object")
		}
		return d.object(n.object, v, nil)
	case kindArray:
		return d.array(n, v)
	case kindMap:
		return d.mapping(n, v)
	case kindAny:
		return d.any(n, v)
	}
	return d.scalar(n, v)
}

func (d *decoder) optional(n *node, v reflect.Value) error {
	raw, err := d.json.ReadValue()
	if err != nil {
		return err
	}
	inner := *n
	inner.optional = false
	probe := &decoder{json: jsontext.NewDecoder(bytes.NewReader(raw)), found: d.found, path: d.path, unknown: d.unknown}
	before := len(d.found.fields)
	if err := probe.value(&inner, reflect.New(n.typ).Elem()); err != nil || len(d.found.fields) > before {
		return err
	}
	return v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(raw)
}

func (d *decoder) array(n *node, v reflect.Value) error {
	if d.json.PeekKind() == 'n' {
		return d.mismatch("a list")
	}
	if d.json.PeekKind() != '[' {
		return d.mismatch("a list")
	}
	if _, err := d.json.ReadToken(); err != nil {
		return err
	}
	list := reflect.MakeSlice(n.typ, 0, 4)
	for i := 0; d.json.PeekKind() != ']'; i++ {
		if d.json.PeekKind() == 0 {
			_, err := d.json.ReadToken()
			return err
		}
		item := reflect.New(n.typ.Elem()).Elem()
		d.path = append(d.path, segment{index: i})
		err := d.value(n.elem, item)
		d.path = d.path[:len(d.path)-1]
		if err != nil {
			return err
		}
		list = reflect.Append(list, item)
	}
	v.Set(list)
	_, err := d.json.ReadToken()
	return err
}

func (d *decoder) mapping(n *node, v reflect.Value) error {
	if d.json.PeekKind() != '{' {
		return d.mismatch("an object")
	}
	if n.elem.kind == kindAny && n.elem.typ.Kind() == reflect.Interface {
		return d.any(n, v)
	}
	if _, err := d.json.ReadToken(); err != nil {
		return err
	}
	m := reflect.MakeMap(n.typ)
	for d.json.PeekKind() == '"' {
		token, err := d.json.ReadToken()
		if err != nil {
			return err
		}
		name := token.String()
		item := reflect.New(n.typ.Elem()).Elem()
		d.path = append(d.path, segment{name: name})
		err = d.value(n.elem, item)
		d.path = d.path[:len(d.path)-1]
		if err != nil {
			return err
		}
		m.SetMapIndex(reflect.ValueOf(name).Convert(n.typ.Key()), item)
	}
	v.Set(m)
	_, err := d.json.ReadToken()
	return err
}

func (d *decoder) any(n *node, v reflect.Value) error {
	raw, err := d.json.ReadValue()
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v.Addr().Interface())
}

// mismatch passes over a value of another type than wanted.
func (d *decoder) mismatch(wanted string) error {
	d.found.add(d.at(), "type", "must be "+wanted)
	return d.json.SkipValue()
}
