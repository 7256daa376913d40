package golang

import (
	"go/ast"
	"reflect"
	"strings"
	"unicode"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// flagTags reads the tags of kong and of go-flags, which declare flags and
// commands with fields.
func (w *walker) flagTags(t *ast.StructType) {
	kong := w.libraries["kong"]
	for _, field := range t.Fields.List {
		if field.Tag == nil {
			continue
		}
		tag := tagOf(field)
		switch {
		case hasTag(tag, "long") || hasTag(tag, "short") && !kong:
			w.goFlag(field, tag)
		case hasTag(tag, "kong"):
			w.kongField(field, reflect.StructTag(strings.ReplaceAll(tag.Get("kong"), "'", `"`)))
		case kong && (hasTag(tag, "help") || hasTag(tag, "cmd") || hasTag(tag, "name") || hasTag(tag, "env") || hasTag(tag, "default") || hasTag(tag, "short")):
			w.kongField(field, tag)
		}
		if command := tag.Get("command"); command != "" {
			w.facts.Add(w.line(field.Pos()), code.Command, command, "")
		}
	}
}

func tagOf(field *ast.Field) reflect.StructTag {
	text, _ := unquote(field.Tag)
	return reflect.StructTag(text)
}

func hasTag(tag reflect.StructTag, key string) bool {
	_, ok := tag.Lookup(key)
	return ok
}

// goFlag reads `long:"name" short:"n" default:"v" env:"E"`.
func (w *walker) goFlag(field *ast.Field, tag reflect.StructTag) {
	line := w.line(field.Pos())
	standard, known := tag.Lookup("default")
	for _, name := range []string{tag.Get("long"), tag.Get("short")} {
		if lexical.IsFlagName(name) {
			w.facts.AddKnown(line, code.Flag, name, standard, known, "")
		}
	}
	if variable := tag.Get("env"); variable != "" {
		w.facts.AddKnown(line, code.Variable, variable, standard, known, tag.Get("long"))
	}
}

// kongField reads `name:"name" default:"v" env:"E" short:"n"` and `cmd:""`; a
// field without a name is called like the field, with dashes.
func (w *walker) kongField(field *ast.Field, tag reflect.StructTag) {
	line := w.line(field.Pos())
	name := tag.Get("name")
	if name == "" && len(field.Names) > 0 {
		name = dashed(field.Names[0].Name)
	}
	standard, known := tag.Lookup("default")
	switch {
	case hasTag(tag, "arg"):
		return
	case hasTag(tag, "cmd"):
		w.facts.Add(line, code.Command, name, "")
		return
	case lexical.IsFlagName(name):
		w.facts.AddKnown(line, code.Flag, name, standard, known, "")
	}
	if short := tag.Get("short"); lexical.IsFlagName(short) {
		w.facts.AddKnown(line, code.Flag, short, standard, known, "")
	}
	for variable := range strings.SplitSeq(tag.Get("env"), ",") {
		if variable != "" {
			w.facts.AddKnown(line, code.Variable, variable, standard, known, name)
		}
	}
}

// dashed spells camelCase with dashes, in lower case.
func dashed(name string) string { return strings.Join(code.Words(name), "-") }

// snaked spells camelCase with underscores, in capitals.
func snaked(name string) string { return strings.ToUpper(strings.Join(code.Words(name), "_")) }

func exported(name string) bool {
	for _, r := range name {
		return unicode.IsUpper(r)
	}
	return false
}
