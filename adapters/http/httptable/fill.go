package httptable

import (
	"encoding/json"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// deepest bounds values of types that refer to themselves.
const deepest = 4

// fill makes a value that obeys the rules in the tags of its fields.
func fill(v reflect.Value, tag reflect.StructTag, depth int) {
	switch v.Type() {
	case reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, 2, 3, 4, 5, 6, 7000, time.UTC)))
		return
	case reflect.TypeFor[json.RawMessage]():
		v.SetBytes([]byte(`{"k":1}`))
		return
	case reflect.TypeFor[io.Reader]():
		v.Set(reflect.ValueOf(strings.NewReader("body")))
		return
	}
	if strings.HasPrefix(v.Type().Name(), "Optional[") {
		_ = json.Unmarshal([]byte("null"), v.Addr().Interface())
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
		fillInside(v, tag, depth)
	}
}

func fillInside(v reflect.Value, tag reflect.StructTag, depth int) {
	if depth > deepest {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), tag, depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), "", depth+1)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		item := reflect.New(v.Type().Elem()).Elem()
		fill(item, "", depth+1)
		v.SetMapIndex(reflect.ValueOf("key").Convert(v.Type().Key()), item)
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				fill(v.Field(i), field.Tag, depth+1)
			}
		}
	}
}

func text(tag reflect.StructTag) string {
	if words := tag.Get("enum"); words != "" {
		return strings.Split(words, ",")[0]
	}
	text := "a/b c%ü"
	if limit, err := strconv.Atoi(tag.Get("maxLength")); err == nil && limit < 7 {
		text = text[:limit]
	}
	if least, err := strconv.Atoi(tag.Get("minLength")); err == nil && least > 7 {
		text = strings.Repeat("x", least)
	}
	if tag.Get("pattern") != "" && tag.Get("example") != "" {
		text = tag.Get("example")
	}
	return text
}

func number(tag reflect.StructTag) float64 {
	if least, err := strconv.ParseFloat(tag.Get("minimum"), 64); err == nil && least > 1 {
		return least
	}
	return 1
}

// same compares two values as JSON does, which is all that a wire can keep.
func same(a, b any) bool {
	left, err := json.Marshal(a)
	if err != nil {
		return streams(a)
	}
	right, err := json.Marshal(b)
	return err == nil && string(left) == string(right)
}

// streams reports that a command holds its body as it comes.
func streams(command any) bool {
	t := reflect.TypeOf(command).Elem()
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("body") == "stream" {
			return true
		}
	}
	return false
}
