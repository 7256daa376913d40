package httptable

import (
	"encoding/json"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/docsteward/docsteward/adapters/bind"
)

// deepest bounds values of types that refer to themselves.
const deepest = 4

// streamed is what a body holds that is taken as it comes.
const streamed = "body"

// how says which fields of a value are made: all, or only those without which a
// command is refused and what a wire could confuse with them.
type how uint8

const (
	full how = iota
	sparse
)

// fill makes a value that obeys the rules in the tags of its field.
func fill(v reflect.Value, tag reflect.StructTag, depth int, h how) {
	switch v.Type() {
	case reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, 2, 3, 4, 5, 6, 7000, time.UTC)))
		return
	case reflect.TypeFor[json.RawMessage]():
		v.SetBytes([]byte(`{"k":1}`))
		return
	case reflect.TypeFor[io.Reader]():
		v.Set(reflect.ValueOf(strings.NewReader(streamed)))
		return
	}
	if o, ok := v.Addr().Interface().(interface{ Target() any }); ok {
		if h == full {
			fill(reflect.ValueOf(o.Target()).Elem(), tag, depth, h)
		} else {
			_ = json.Unmarshal([]byte("null"), o)
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text(tag))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(number(tag)))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(number(tag)))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(number(tag))
	case reflect.Interface:
		v.Set(reflect.ValueOf("any"))
	default:
		fillInside(v, tag, depth, h)
	}
}

func fillInside(v reflect.Value, tag reflect.StructTag, depth int, h how) {
	if depth > deepest && v.Kind() != reflect.Struct {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		if h == full || tag.Get("required") == "true" {
			fill(v.Elem(), tag, depth+1, h)
		} // else a pointer to zero, which is not nil
	case reflect.Slice:
		n := max(1, whole(tag, "minItems"))
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(v.Index(i), tag, depth+1, h)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		item := reflect.New(v.Type().Elem()).Elem()
		fill(item, tag, depth+1, h)
		v.SetMapIndex(reflect.ValueOf("key").Convert(v.Type().Key()), item)
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if field.IsExported() && (h == full || wanted(field)) {
				fill(v.Field(i), field.Tag, depth+1, h)
			}
		}
	}
}

// wanted reports whether a sparse value has the field: it is required, or holds
// other fields, or null and zero must not be confused in it.
func wanted(field reflect.StructField) bool {
	if field.Tag.Get("required") == "true" || field.Tag.Get("path") != "" || field.Tag.Get("body") == "stream" {
		return true
	}
	t := field.Type
	switch t.Kind() {
	case reflect.Pointer:
		// A pointer to zero must be allowed by the rules of what it points to.
		return t.Elem().Kind() == reflect.Bool
	case reflect.Slice, reflect.Map:
		return t.Elem().Kind() == reflect.Struct
	case reflect.Struct:
		return t != reflect.TypeFor[time.Time]()
	}
	return field.Anonymous
}

func text(tag reflect.StructTag) string {
	if words := tag.Get("enum"); words != "" {
		return strings.Split(words, ",")[0]
	}
	if pattern := tag.Get("pattern"); pattern != "" {
		return matching(pattern, whole(tag, "minLength"))
	}
	text := "a/b c%ü"
	if limit, err := strconv.Atoi(tag.Get("maxLength")); err == nil && limit < 7 {
		text = text[:limit]
	}
	if least := whole(tag, "minLength"); least > 7 {
		text = strings.Repeat("x", least)
	}
	return text
}

func whole(tag reflect.StructTag, name string) int {
	n, _ := strconv.Atoi(tag.Get(name))
	return n
}

// number is 1, or what the bounds allow instead.
func number(tag reflect.StructTag) float64 {
	n := 1.0
	if least, err := strconv.ParseFloat(tag.Get("minimum"), 64); err == nil {
		n = max(n, least)
	}
	if most, err := strconv.ParseFloat(tag.Get("maximum"), 64); err == nil {
		n = min(n, most)
	}
	return n
}

// same compares two values as JSON does, which is all that a wire can keep: a
// nil list and an empty one are the same.
func same(a, b any) bool {
	left, err := bind.Value(a)
	if err != nil {
		return false
	}
	right, err := bind.Value(b)
	return err == nil && string(left) == string(right)
}

// takeStream reads and removes the body that a command holds as it comes.
func takeStream(command any) string {
	v := reflect.ValueOf(command).Elem()
	for i := range v.NumField() {
		body, ok := v.Field(i).Interface().(io.Reader)
		if v.Type().Field(i).Tag.Get("body") != "stream" || !ok {
			continue
		}
		v.Field(i).SetZero()
		data, err := io.ReadAll(body)
		if err != nil {
			return err.Error()
		}
		return string(data)
	}
	return ""
}
