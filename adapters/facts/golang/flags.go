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

// kingpinCall reads app.Flag("name", "help").Default("v").Envar("E").Short('c')
// and app.Command("name", "help").
func (w *walker) kingpinCall(c *ast.CallExpr, receiver ast.Expr, method string) {
	if method != "Flag" && method != "Command" || len(c.Args) < 2 || !w.uses("kingpin") {
		return
	}
	name, ok := w.text(c.Args[0])
	if !ok || !lexical.IsFlagName(name) {
		return
	}
	line, owner := w.line(c.Args[0].Pos()), w.owners[written(receiver)]
	w.tell(c.Args...)
	if method == "Command" {
		w.facts.Add(line, code.Command, strings.TrimSpace(owner+" "+name), "")
		return
	}
	w.kingpinFlag(c, line, name, owner)
}

func (w *walker) kingpinFlag(c *ast.CallExpr, line int, name, owner string) {
	standard, known, variable, boolean, short := "", false, "", false, ""
	for method, call := range w.chain(c) {
		switch method {
		case "Default":
			standard, known = w.printedAll(call.Args)
			for _, arg := range call.Args {
				w.portFlag(name, arg)
			}
			w.tell(call.Args...)
		case "Envar", "OverrideDefaultFromEnvar":
			variable, _ = w.text(call.Args[0])
			w.tell(call.Args...)
		case "Short":
			if literal, ok := call.Args[0].(*ast.BasicLit); ok {
				short = strings.Trim(literal.Value, "'")
			}
		case "Bool", "BoolVar":
			boolean = true
		}
	}
	w.facts.AddKnown(line, code.Flag, name, standard, known, owner)
	if short != "" {
		w.facts.AddKnown(line, code.Flag, short, standard, known, owner)
	}
	if boolean {
		w.facts.AddWeak(line, code.Flag, "no-"+name)
	}
	if variable != "" {
		w.facts.AddKnown(line, code.Variable, variable, standard, known, name)
	}
}

// printedAll joins several defaults by commas.
func (w *walker) printedAll(args []ast.Expr) (string, bool) {
	all := make([]string, len(args))
	for i, arg := range args {
		text, ok := w.printed(arg, false)
		if !ok {
			return "", false
		}
		all[i] = text
	}
	return strings.Join(all, ","), len(args) > 0
}
