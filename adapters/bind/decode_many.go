package bind

import (
	"encoding/json"
	"reflect"

	"github.com/docsteward/docsteward/domain"
)

// list reads a list. Items beyond the bound are passed over, so that a long list
// costs no more than the bytes that spell it.
func (d *decoder) list(n *node, v reflect.Value) error {
	if d.json.PeekKind() != '[' {
		return d.mismatch("a list")
	}
	if err := d.open(); err != nil {
		return err
	}
	v.Set(reflect.MakeSlice(n.typ, 0, 0))
	for i := 0; d.json.PeekKind() != ']'; i++ {
		if i >= n.most {
			if err := d.passOver(n.most); err != nil {
				return err
			}
			break
		}
		v.Grow(1)
		v.SetLen(i + 1)
		d.path.push(segment{index: i})
		err := d.ruled(n.elem, &n.within, v.Index(i))
		d.path.pop()
		if err != nil {
			return err
		}
	}
	return d.close()
}

// mapping reads an object whose names are data.
func (d *decoder) mapping(n *node, v reflect.Value) error {
	if d.json.PeekKind() != '{' {
		return d.mismatch("an object")
	}
	if err := d.open(); err != nil {
		return err
	}
	m := reflect.MakeMap(n.typ)
	key := reflect.New(n.typ.Key()).Elem()
	for i := 0; d.json.PeekKind() != '}'; i++ {
		if i >= n.most {
			if err := d.passOver(n.most); err != nil {
				return err
			}
			break
		}
		token, err := d.json.ReadToken()
		if err != nil {
			return err
		}
		name := token.String()
		item := reflect.New(n.typ.Elem()).Elem()
		d.path.push(segment{name: name})
		err = d.ruled(n.elem, &n.within, item)
		d.path.pop()
		if err != nil {
			return err
		}
		key.SetString(name)
		m.SetMapIndex(key, item)
	}
	v.Set(m)
	return d.close()
}

// passOver reports a list or a map that is too long, and skips what is left of it.
func (d *decoder) passOver(most int) error {
	rule, message := tooMany(most)
	d.found.add(d.path.String(), rule, message)
	depth := d.json.StackDepth()
	for kind := d.json.PeekKind(); ; kind = d.json.PeekKind() {
		if (kind == ']' || kind == '}') && d.json.StackDepth() == depth {
			return nil
		}
		if err := d.json.SkipValue(); err != nil {
			return err
		}
	}
}

// any reads whatever stands there.
func (d *decoder) any(v reflect.Value) error {
	raw, err := d.json.ReadValue()
	if err != nil {
		return err
	}
	if d.json.StackDepth()+depthOf(raw) > MaxDepth {
		return tooDeep()
	}
	return json.Unmarshal(raw, v.Addr().Interface())
}

// depthOf returns how deep the values of valid JSON lie inside each other.
func depthOf(raw []byte) int {
	depth, deepest, text := 0, 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case text && c == '\\':
			i++
		case c == '"':
			text = !text
		case text:
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return deepest
}

const tooDeepMessage = "must not hold values more than 100 deep inside each other"

func tooDeep() error {
	return domain.Invalid.New("The body "+tooDeepMessage+".").WithField("body", "maxDepth", tooDeepMessage)
}
