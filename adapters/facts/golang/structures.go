package golang

import (
	"go/ast"
	"reflect"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
)

// structure is a type whose fields have keys in a configuration file, or
// variables of the environment.
type structure struct {
	file   *file
	name   string
	fields []*setting
	tagged bool
}

// setting is one field of a structure.
type setting struct {
	line     int
	name     string
	keys     []string // none when the field has no key; the first is that of its children
	inline   bool
	element  string     // a type of the package
	inner    *structure // a type without a name
	mapped   bool       // its children lie below keys that the user chooses
	library  string     // the import path of the package that has the type; empty for this one
	variable string
	prefix   string // for the variables of its children
	standard string
	known    bool
}

// formats are the tags that name a key, the most telling first. Never written.
var formats = []string{"yaml", "toml", "mapstructure", "koanf", "hcl", "ini", "json"}

func newStructure(f *file, name string, t *ast.StructType) *structure {
	s := &structure{file: f, name: name}
	yaml := false
	for _, field := range t.Fields.List {
		if field.Tag != nil {
			if tag := tagOf(field); hasTag(tag, "yaml") {
				yaml = true
			}
		}
	}
	for _, field := range t.Fields.List {
		names := field.Names
		if len(names) == 0 {
			names = []*ast.Ident{{Name: typeName(field.Type)}}
		}
		for _, name := range names {
			s.addField(f, field, name.Name, yaml)
		}
	}
	return s
}

func (s *structure) addField(f *file, field *ast.Field, name string, yaml bool) {
	made := &setting{line: f.line(field.Pos()), name: name}
	var tag reflect.StructTag
	if field.Tag != nil {
		tag = tagOf(field)
	}
	named := false
	for _, format := range formats {
		key, options, ok := tagName(tag, format)
		if !ok {
			continue
		}
		named = true
		made.inline = made.inline || strings.Contains(options, "inline") || strings.Contains(options, "squash")
		if key == "-" {
			continue
		}
		if key == "" && format == "json" && len(field.Names) > 0 && exported(name) {
			key = name
		}
		if key == "" && format == "yaml" && !made.inline && exported(name) {
			key = strings.ToLower(name)
		}
		made.addKey(key)
	}
	if !named && yaml && exported(name) && len(field.Names) > 0 {
		made.addKey(strings.ToLower(name))
	}
	if len(field.Names) == 0 && len(made.keys) == 0 {
		made.inline = true
	}
	made.inline = made.inline && len(made.keys) == 0
	made.readDefaults(tag, name)
	made.element, made.inner, made.mapped = f.childOf(field.Type)
	if configures(tag) {
		made.library = f.libraryOf(field.Type)
	}
	s.tagged = s.tagged || named && len(made.keys) > 0 || made.variable != "" || made.prefix != ""
	s.fields = append(s.fields, made)
}

func (m *setting) addKey(key string) {
	if key == "" || strings.ContainsAny(key, " \"'") {
		return
	}
	for _, k := range m.keys {
		if k == key {
			return
		}
	}
	m.keys = append(m.keys, key)
}

func tagName(tag reflect.StructTag, format string) (name, options string, ok bool) {
	if tag == "" {
		return "", "", false
	}
	text, ok := tag.Lookup(format)
	name, options, _ = strings.Cut(text, ",")
	return name, options, ok
}

// readDefaults reads `default:"v"`, `env:"NAME" envDefault:"v"` and their
// relatives.
func (m *setting) readDefaults(tag reflect.StructTag, field string) {
	if tag == "" {
		return
	}
	for _, key := range []string{"default", "envDefault", "env-default"} {
		if text, ok := tag.Lookup(key); ok {
			m.standard, m.known = text, true
		}
	}
	m.prefix = tag.Get("envPrefix") + tag.Get("env-prefix")
	if hasTag(tag, "long") || hasTag(tag, "help") || hasTag(tag, "kong") {
		return // told with the flags
	}
	for _, key := range []string{"env", "envconfig"} {
		name, options, ok := tagName(tag, key)
		if !ok {
			continue
		}
		for option := range strings.SplitSeq(options, ",") {
			option = strings.TrimSpace(option)
			if text, ok := strings.CutPrefix(option, "default="); ok {
				m.standard, m.known = text, true
			}
			if text, ok := strings.CutPrefix(option, "prefix="); ok {
				m.prefix = text
			}
		}
		if lexical.IsIdentifier(name) {
			m.variable = name
		}
	}
	if m.variable == "" && tag.Get("split_words") == "true" {
		m.variable = snaked(field)
	}
}

// childOf returns the type of this package, or without a name, that a field
// leads to.
func (f *file) childOf(t ast.Expr) (element string, inner *structure, mapped bool) {
	for range 6 {
		switch e := elementType(t).(type) {
		case *ast.MapType:
			mapped = true
			t = e.Value
			continue
		case *ast.StructType:
			f.nested[e] = true
			return "", newStructure(f, "", e), mapped
		case *ast.Ident:
			return e.Name, nil, mapped
		case *ast.IndexExpr: // Optional[T], atomic.Pointer[T]
			if name, ok := e.Index.(*ast.Ident); ok {
				return name.Name, nil, mapped
			}
		}
		break
	}
	return "", nil, mapped
}

// configures reports whether a tag names a key of a configuration file. Those of
// JSON alone are of messages more often than not.
func configures(tag reflect.StructTag) bool {
	return slices.ContainsFunc(formats, func(format string) bool { return format != "json" && hasTag(tag, format) })
}

// libraryOf returns the import path of the package whose type a field has; empty
// when it is of this package or of the standard library.
func (f *file) libraryOf(t ast.Expr) string {
	t = elementType(t)
	if of, mapped := t.(*ast.MapType); mapped {
		t = elementType(of.Value)
	}
	selector, ok := t.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	library := f.imports[written(selector.X)]
	if first, _, _ := strings.Cut(library, "/"); !strings.Contains(first, ".") {
		return ""
	}
	return library
}

// localStructure keeps a type that is declared within a function or a variable.
func (w *walker) localStructure(t *ast.StructType) {
	if (w.function != nil || w.variable != nil && t.Pos() >= w.variable.Pos() && t.End() <= w.variable.End()) && !w.nested[t] {
		if s := newStructure(w.file, "", t); s.tagged {
			w.locals = append(w.locals, s)
		}
	}
}
