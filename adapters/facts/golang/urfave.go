package golang

import (
	"go/ast"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// urfaveLiteral reads cli.StringFlag{Name: "name", Value: v, EnvVars: ...} and
// cli.Command{Name: "name"}.
func (w *walker) urfaveLiteral(c *ast.CompositeLit, name string) {
	if !w.uses("cli") {
		return
	}
	text, ok := w.text(field(c, "Name"))
	if !ok {
		return
	}
	line := w.line(field(c, "Name").Pos())
	switch {
	case name == "Command" || name == "App":
		w.facts.Add(line, code.Command, text, "")
	case strings.HasSuffix(name, "Flag"):
		w.urfaveFlag(c, name, text, line)
	}
}

func (w *walker) urfaveFlag(c *ast.CompositeLit, kind, text string, line int) {
	standard, known := "", false
	if v := field(c, "Value"); v != nil {
		standard, known = w.printed(v, kind == "DurationFlag")
		w.portFlag(text, v)
	} else if kind == "BoolFlag" {
		standard, known = "false", true
	}
	names := append(strings.Split(text, ","), w.texts(field(c, "Aliases"))...)
	for _, name := range names {
		if name = strings.TrimSpace(name); lexical.IsFlagName(name) {
			w.facts.AddKnown(line, code.Flag, name, standard, known, "")
		}
	}
	for _, key := range []string{"EnvVars", "EnvVar", "Sources"} {
		for _, variable := range w.texts(field(c, key)) {
			for one := range strings.SplitSeq(variable, ",") {
				w.facts.AddKnown(line, code.Variable, strings.TrimSpace(one), standard, known, strings.TrimSpace(names[0]))
			}
		}
	}
}

// texts returns the strings of a text, a list, or the arguments of a call.
func (w *walker) texts(e ast.Expr) []string {
	var list []ast.Expr
	switch e := e.(type) {
	case nil:
		return nil
	case *ast.CompositeLit:
		list = e.Elts
	case *ast.CallExpr:
		list = e.Args
	default:
		list = []ast.Expr{e}
	}
	var texts []string
	for _, item := range list {
		if text, ok := w.text(item); ok {
			texts = append(texts, text)
			w.tell(item)
		}
	}
	return texts
}
