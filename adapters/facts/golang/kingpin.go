package golang

import (
	"go/ast"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// kingpinCall reads app.Flag("name", "help").Default("v").Envar("E").Short('c'),
// app.Command("name", "help"), and functions around Flag that are given the
// application first.
func (w *walker) kingpinCall(c *ast.CallExpr, receiver ast.Expr, method string) {
	command := method == "Command"
	if !command && !strings.HasSuffix(method, "Flag") || len(c.Args) < 2 || !w.uses("kingpin") {
		return
	}
	args := c.Args
	name, ok := w.text(args[0])
	if !ok && method != "Flag" && !command && len(args) > 2 {
		args = args[1:]
		name, ok = w.text(args[0])
	}
	if library, imported := w.library(receiver); !ok || !lexical.IsFlagName(name) || imported && !strings.Contains(library, "kingpin") {
		return
	}
	line, owner := w.line(args[0].Pos()), w.owners[written(receiver)]
	w.tell(args...)
	if command {
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
