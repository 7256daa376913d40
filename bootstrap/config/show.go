package config

import (
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/ports/catalogue"
)

// Value is one configured value as it may be shown.
type Value struct {
	// Name is the name of the variable.
	Name string `json:"name"`
	// Value is the value as text; of a secret, "***" when it is set.
	Value string `json:"value"`
	// Source is env, file or default.
	Source string `json:"source"`
}

// Values lists the whole configuration with its secrets masked, in the order of
// the struct and then of the service table.
func (c *Config) Values() []Value {
	var out []Value
	for _, f := range fields(c) {
		source := c.sources[f.name]
		if source == "" {
			source = "default"
		}
		out = append(out, Value{Name: f.name, Value: mask(f), Source: source})
	}
	for _, s := range catalogue.Services() {
		source := c.sources[s.Variable()]
		if source == "" {
			source = "default"
		}
		out = append(out, Value{Name: s.Variable(), Value: strconv.Itoa(c.ServicePort(s)), Source: source})
		if base := c.urls[s.ID]; base != "" {
			out = append(out, Value{Name: s.URLVariable(), Value: mask(field{value: base, secret: "url"}), Source: c.sources[s.URLVariable()]})
		}
	}
	return out
}

func mask(f field) string {
	switch {
	case f.value == "" || f.secret == "":
		return f.value
	case f.secret == "url":
		if u, err := url.Parse(f.value); err == nil && u.User == nil {
			return f.value
		} else if err == nil {
			return u.Redacted()
		}
	}
	return "***"
}

// field is one variable of the struct with its value.
type field struct {
	name, field, value, secret string
	allowed                    []string
}

func fields(c *Config) []field { return walk(reflect.ValueOf(c).Elem(), "") }

func walk(v reflect.Value, prefix string) []field {
	var out []field
	for i := range v.NumField() {
		t := v.Type().Field(i)
		if !t.IsExported() {
			continue
		}
		if nested, ok := t.Tag.Lookup("envPrefix"); ok {
			out = append(out, walk(v.Field(i), prefix+nested)...)
			continue
		}
		f := field{name: prefix + t.Tag.Get("env"), field: t.Name, value: text(v.Field(i)), secret: t.Tag.Get("secret")}
		if words := t.Tag.Get("oneof"); words != "" {
			f.allowed = strings.Fields(words)
		}
		out = append(out, f)
	}
	return out
}

func text(v reflect.Value) string {
	if v.Kind() == reflect.Slice {
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = fmt.Sprint(v.Index(i))
		}
		return strings.Join(parts, ",")
	}
	return fmt.Sprint(v.Interface())
}
