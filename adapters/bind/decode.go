package bind

import (
	"bytes"
	"errors"
	"io"
	"reflect"

	"github.com/go-json-experiment/json/jsontext"
)

// decoder reads one JSON body into a command in one pass.
type decoder struct {
	json    *jsontext.Decoder
	found   *faults
	path    trail
	unknown func(name string)
}

// decodeObject reads the one object of a body. Faults of fields are gathered;
// the error is a body that is no JSON object at all.
func decodeObject(found *faults, o *object, v reflect.Value, r io.Reader, moved map[string]*field, unknown func(string)) error {
	if r == nil {
		r = eof{}
	}
	d := &decoder{json: jsontext.NewDecoder(r), found: found, path: make(trail, 0, 8), unknown: unknown}
	switch d.json.PeekKind() {
	case '{':
		if err := d.object(o, v, moved); err != nil {
			return malformed(err)
		}
	case 0:
		if _, err := d.json.ReadToken(); !errors.Is(err, io.EOF) {
			return malformed(err)
		}
		d.complete(o, v, 0, moved)
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

// open reads the token that begins an object or a list. It fails where values
// lie too deep inside each other.
func (d *decoder) open() error {
	if _, err := d.json.ReadToken(); err != nil {
		return err
	}
	if d.json.StackDepth() > MaxDepth {
		return tooDeep()
	}
	return nil
}

func (d *decoder) close() error {
	_, err := d.json.ReadToken()
	return err
}

func (d *decoder) object(o *object, v reflect.Value, moved map[string]*field) error {
	if err := d.open(); err != nil {
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
		d.path.push(segment{name: f.name})
		err = d.field(f, f.in(v))
		d.path.pop()
		if err != nil {
			return err
		}
	}
	if err := d.close(); err != nil {
		return err
	}
	d.complete(o, v, seen, moved)
	return nil
}

// name reads a name and finds its field; nil for one that is passed over.
func (d *decoder) name(o *object, moved map[string]*field) (*field, error) {
	raw, err := d.json.ReadValue()
	if err != nil {
		return nil, err
	}
	quoted := raw[1 : len(raw)-1]
	if bytes.IndexByte(quoted, '\\') >= 0 {
		if quoted, err = jsontext.AppendUnquote(nil, raw); err != nil {
			return nil, err
		}
	}
	f := o.byName[string(quoted)]
	if f != nil && (moved == nil || moved[f.name] != f) && f.place != "stream" {
		return f, nil
	}
	if d.unknown != nil {
		d.unknown(string(quoted))
		return nil, nil
	}
	d.found.add(d.path.name(string(quoted)), "unknown", "is not a field of this request")
	return nil, nil
}

// complete names the required fields that were not seen, and fills in the
// defaults of others.
func (d *decoder) complete(o *object, v reflect.Value, seen uint64, moved map[string]*field) {
	for _, f := range o.fields {
		if seen&(1<<f.bit) != 0 || moved != nil && moved[f.name] == f {
			continue
		}
		switch {
		case f.rules.required || f.place == "path":
			d.found.add(d.path.name(f.name), "required", "must be given")
		case f.rules.def != "":
			_ = f.node.parse(f.rules.def, f.in(v)) // The builder has parsed it.
		}
	}
}

// field reads a value and checks its rules.
func (d *decoder) field(f *field, v reflect.Value) error {
	if f.rules.required && f.node.pointer && d.json.PeekKind() == 'n' {
		d.found.add(d.path.String(), "required", "must be given")
		return d.json.SkipValue()
	}
	return d.ruled(f.node, &f.rules, v)
}

// ruled reads a value and checks the rules given for it.
func (d *decoder) ruled(n *node, r *rules, v reflect.Value) error {
	before := d.found.count()
	if err := d.value(n, v); err != nil {
		return err
	}
	if d.found.count() > before && n.kind != kindArray {
		return nil // A value that could not be read has no rules to break; a list still has a length.
	}
	if value, ok := n.holds(v); ok {
		if rule, message := r.broken(n, value); rule != "" {
			d.found.add(d.path.String(), rule, message)
		}
	}
	return nil
}

func (d *decoder) value(n *node, v reflect.Value) error {
	if n.bare != nil {
		return d.mayLack(n, v)
	}
	switch n.kind {
	case kindObject:
		if d.json.PeekKind() != '{' {
			return d.mismatch("an object")
		}
		return d.object(n.object, v, nil)
	case kindArray:
		return d.list(n, v)
	case kindMap:
		return d.mapping(n, v)
	case kindAny:
		return d.any(v)
	}
	return d.scalar(n, v)
}

// mayLack reads into a pointer or an Optional, or null.
func (d *decoder) mayLack(n *node, v reflect.Value) error {
	null := d.json.PeekKind() == 'n'
	switch {
	case null && n.pointer:
		return d.json.SkipValue()
	case null:
		if err := d.json.SkipValue(); err != nil {
			return err
		}
		return v.Addr().Interface().(nullable).UnmarshalJSON(nullText)
	case n.pointer:
		v.Set(reflect.New(n.typ))
		return d.value(n.bare, v.Elem())
	}
	return d.value(n.bare, reflect.ValueOf(optionalIn(v).Target()).Elem())
}

type nullable interface{ UnmarshalJSON(data []byte) error }

// nullText is never written.
var nullText = []byte("null")

// mismatch passes over a value of another type than wanted.
func (d *decoder) mismatch(wanted string) error {
	d.found.add(d.path.String(), "type", "must be "+wanted)
	return d.json.SkipValue()
}
