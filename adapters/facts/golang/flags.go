package golang

import (
	"go/ast"
	"path"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// flagTypes are the methods of flag and pflag that declare a flag, without what
// Var and P add. Never written.
var flagTypes = map[string]bool{
	"Bool": true, "Int": true, "Int8": true, "Int16": true, "Int32": true, "Int64": true,
	"Uint": true, "Uint8": true, "Uint16": true, "Uint32": true, "Uint64": true, "String": true,
	"Float32": true, "Float64": true, "Duration": true, "IP": true, "IPMask": true, "IPNet": true, "Time": true,
	"StringSlice": true, "StringArray": true, "IntSlice": true, "Int32Slice": true, "Int64Slice": true, "UintSlice": true,
	"BoolSlice": true, "DurationSlice": true, "Float32Slice": true, "Float64Slice": true, "IPSlice": true, "IPNetSlice": true,
	"StringToString": true, "StringToInt": true, "StringToInt64": true, "BytesHex": true, "BytesBase64": true,
	"Count": true, "Func": true, "BoolFunc": true, "Text": true, "": true,
}

// flagCall reads flag.String("name", "default", "usage") and its relatives.
func (w *walker) flagCall(c *ast.CallExpr, receiver ast.Expr, library string, imported bool, method string) {
	kind, short := method, false
	if rest, ok := strings.CutSuffix(method, "P"); ok && flagTypes[strings.TrimSuffix(rest, "Var")] && rest != "I" {
		kind, short = rest, true
	} else if rest, ok := strings.CutSuffix(method, "PF"); ok && rest == "Var" {
		kind, short = rest, true
	}
	kind, pointer := strings.CutSuffix(kind, "Var")
	if !flagTypes[kind] || kind == "" && !pointer || !w.flagReceiver(receiver, library, imported) {
		if imported && strings.Contains(path.Base(library), "flag") {
			w.foreignFlag(c, method)
		}
		return
	}
	w.declareFlag(c, kind, pointer, short)
}

func (w *walker) declareFlag(c *ast.CallExpr, kind string, pointer, short bool) {
	args := c.Args
	if pointer {
		args = args[1:]
	}
	names, fallback := 1, 1
	if short {
		names = 2
	}
	switch {
	case kind == "" || kind == "Count" || kind == "Func" || kind == "BoolFunc":
		fallback = 0
	}
	want := names + fallback + 1
	if kind == "Func" || kind == "BoolFunc" {
		want = names + 2
	}
	if len(args) != want {
		return
	}
	name, ok := w.text(args[0])
	if !ok || !lexical.IsFlagName(name) {
		return
	}
	var standard string
	known := false
	if fallback == 1 {
		standard, known = w.printed(args[names], kind == "Duration")
		w.portFlag(name, args[names])
	}
	scope := w.commands.scopeOf(c)
	w.facts.AddKnown(w.line(args[0].Pos()), code.Flag, name, standard, known, scope)
	if letter, ok := w.text(args[names-1]); ok && short && letter != "" {
		w.facts.AddKnown(w.line(args[0].Pos()), code.Flag, letter, standard, known, scope)
	}
	w.tell(args...)
}

// flagReceiver accepts the packages flag and pflag, what .Flags() returns, and
// variables in packages that import one of them.
func (w *walker) flagReceiver(receiver ast.Expr, library string, imported bool) bool {
	if imported {
		base := path.Base(library)
		return strings.HasSuffix(base, "flag") || strings.HasSuffix(base, "flags")
	}
	if call, ok := receiver.(*ast.CallExpr); ok {
		_, method := callee(call)
		return strings.Contains(method, "Flag")
	}
	for name := range w.imports {
		if strings.Contains(name, "flag") || name == "cobra" {
			return true
		}
	}
	return strings.Contains(strings.ToLower(written(receiver)), "flag") || written(receiver) == "fs"
}

// foreignFlag reads flagutil.NewArray("name", "What it is for."): a package of
// flags, a name and a sentence.
func (w *walker) foreignFlag(c *ast.CallExpr, method string) {
	if len(c.Args) < 2 || !strings.HasPrefix(method, "New") {
		return
	}
	name, ok := w.text(c.Args[0])
	usage, says := w.text(c.Args[len(c.Args)-1])
	if ok && says && lexical.IsFlagName(name) && strings.Contains(usage, " ") {
		w.facts.Add(w.line(c.Pos()), code.Flag, name, "")
		w.tell(c.Args...)
	}
}
