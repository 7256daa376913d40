package bind

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math"
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
		if n.parse(whole(n, raw), v) != nil {
			d.found.add(d.path.String(), "type", "must be "+n.noun())
		}
		return nil
	case (n.kind == kindString || n.kind == kindTime || n.kind == kindBytes) && peek == '"':
		token, err := d.json.ReadToken()
		if err != nil {
			return err
		}
		if n.parse(token.String(), v) != nil {
			d.found.add(d.path.String(), "format", "must be "+n.noun())
		}
		return nil
	case peek == 0:
		_, err := d.json.ReadToken()
		return err
	}
	return d.mismatch(n.noun())
}

// whole respells a whole number that JSON spells with a point or an exponent,
// such as 1.0, as far as floating point is exact.
func whole(n *node, raw []byte) string {
	text := string(raw)
	if n.kind == kindFloat || !bytes.ContainsAny(raw, ".eE") {
		return text
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || number != math.Trunc(number) || math.Abs(number) > 1<<53 {
		return text
	}
	return strconv.FormatInt(int64(number), 10)
}

// noun names what a value of the node looks like.
func (n *node) noun() string {
	switch n.kind {
	case kindString:
		return "a string"
	case kindBool:
		return "true or false"
	case kindInt, kindUint:
		least, most := n.span()
		if n.typ.Bits() < 64 {
			return fmt.Sprintf("a whole number from %.0f to %.0f", least, most)
		}
		if n.kind == kindUint {
			return "a whole number from 0"
		}
		return "a whole number"
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

// span returns the least and the greatest number that an integer type holds.
func (n *node) span() (least, most float64) {
	bits := n.typ.Bits()
	if n.kind == kindUint {
		return 0, math.Ldexp(1, bits) - 1
	}
	return -math.Ldexp(1, bits-1), math.Ldexp(1, bits-1) - 1
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
		i, err := strconv.ParseInt(text, 10, n.typ.Bits())
		if err != nil {
			return err
		}
		v.SetInt(i)
	case kindUint:
		u, err := strconv.ParseUint(text, 10, n.typ.Bits())
		if err != nil {
			return err
		}
		v.SetUint(u)
	case kindFloat:
		f, err := strconv.ParseFloat(text, n.typ.Bits())
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return fmt.Errorf("%q is not a finite number", text)
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

// text writes a scalar; the inverse of parse.
func (n *node) text(v reflect.Value) string {
	switch n.kind {
	case kindString:
		return v.String()
	case kindTime:
		return v.Interface().(time.Time).Format(time.RFC3339Nano)
	case kindBytes:
		return base64.StdEncoding.EncodeToString(v.Bytes())
	case kindFloat:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case kindInt:
		return strconv.FormatInt(v.Int(), 10)
	case kindUint:
		return strconv.FormatUint(v.Uint(), 10)
	}
	return strconv.FormatBool(v.Bool())
}
