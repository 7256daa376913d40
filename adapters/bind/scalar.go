package bind

import (
	"encoding/base64"
	"fmt"
	"reflect"
	"strconv"
	"time"
)

func (d *decoder) scalar(n *node, v reflect.Value) error {
	peek := d.json.PeekKind()
	switch {
	case n.kind == kindBool && (peek == 't' || peek == 'f'):
		token, err := d.json.ReadToken()
		if err == nil {
			v.SetBool(token.Bool())
		}
		return err
	case n.isNumber() && peek == '0':
		raw, err := d.json.ReadValue()
		if err != nil {
			return err
		}
		if n.parse(string(raw), v) != nil {
			d.found.add(d.at(), "type", "must be "+n.noun())
		}
		return nil
	case (n.kind == kindString || n.kind == kindTime || n.kind == kindBytes) && peek == '"':
		token, err := d.json.ReadToken()
		if err != nil {
			return err
		}
		if n.parse(token.String(), v) != nil {
			d.found.add(d.at(), "format", "must be "+n.noun())
		}
		return nil
	case peek == 0:
		_, err := d.json.ReadToken()
		return err
	}
	return d.mismatch(n.noun())
}

// noun names what a value of the node looks like.
func (n *node) noun() string {
	switch n.kind {
	case kindString:
		return "a string"
	case kindBool:
		return "true or false"
	case kindInt:
		return "a whole number"
	case kindUint:
		return "a whole number from 0"
	case kindFloat:
		return "a number"
	case kindTime:
		return "a time such as 2026-01-31T12:00:00Z (RFC 3339)"
	case kindBytes:
		return "a base64 string"
	case kindArray:
		return "a list"
	}
	return "an object"
}

// parse reads a scalar from text.
func (n *node) parse(text string, v reflect.Value) error {
	switch n.kind {
	case kindString:
		v.SetString(text)
	case kindBool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return err
		}
		v.SetBool(b)
	case kindInt:
		i, err := strconv.ParseInt(text, 10, v.Type().Bits())
		if err != nil {
			return err
		}
		v.SetInt(i)
	case kindUint:
		u, err := strconv.ParseUint(text, 10, v.Type().Bits())
		if err != nil {
			return err
		}
		v.SetUint(u)
	case kindFloat:
		f, err := strconv.ParseFloat(text, v.Type().Bits())
		if err != nil {
			return err
		}
		v.SetFloat(f)
	case kindTime:
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return err
		}
		v.Set(reflect.ValueOf(t))
	case kindBytes:
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return err
		}
		v.SetBytes(b)
	default:
		return fmt.Errorf("a %s cannot be read from text", n.typ)
	}
	return nil
}
