package bind

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// writeFields writes an object with the fields that are set. What is zero counts
// as absent, as in Check, at every depth; so a nil list is never a null.
func writeFields(b []byte, fields []*field, v reflect.Value) ([]byte, error) {
	b = append(b, '{')
	empty := true
	for _, f := range fields {
		if f.place == "stream" {
			continue
		}
		value := f.in(v)
		if value.IsZero() && (!f.rules.required || f.node.kind != kindObject || f.node.bare != nil) {
			continue
		}
		if !empty {
			b = append(b, ',')
		}
		empty = false
		b = append(append(append(b, '"'), f.name...), '"', ':')
		var err error
		if b, err = f.node.write(b, value); err != nil {
			return b, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return append(b, '}'), nil
}

// write writes one value as JSON.
func (n *node) write(b []byte, v reflect.Value) ([]byte, error) {
	v, ok := n.holds(v)
	if !ok {
		return append(b, "null"...), nil
	}
	switch n.kind {
	case kindObject:
		return writeFields(b, n.object.fields, v)
	case kindArray:
		return n.writeList(b, v)
	case kindMap:
		return n.writeMap(b, v)
	case kindAny:
		data, err := json.Marshal(v.Interface())
		return append(b, data...), err
	case kindBool, kindInt, kindUint:
		return append(b, n.text(v)...), nil
	case kindFloat:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return b, fmt.Errorf("%v is no JSON number", f)
		}
		return append(b, n.text(v)...), nil
	case kindTime:
		if year := v.Interface().(time.Time).Year(); year < 0 || year > 9999 {
			return b, fmt.Errorf("the year %d cannot be written", year)
		}
	}
	return jsontext.AppendQuote(b, n.text(v))
}

func (n *node) writeList(b []byte, v reflect.Value) ([]byte, error) {
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = n.elem.write(b, v.Index(i)); err != nil {
			return b, fmt.Errorf("[%d]: %w", i, err)
		}
	}
	return append(b, ']'), nil
}

func (n *node) writeMap(b []byte, v reflect.Value) ([]byte, error) {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(x, y reflect.Value) int { return strings.Compare(x.String(), y.String()) })
	b = append(b, '{')
	for i, key := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = jsontext.AppendQuote(b, key.String()); err != nil {
			return b, err
		}
		if b, err = n.elem.write(append(b, ':'), v.MapIndex(key)); err != nil {
			return b, fmt.Errorf("%s: %w", key, err)
		}
	}
	return append(b, '}'), nil
}
