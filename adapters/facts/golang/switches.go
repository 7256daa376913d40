package golang

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// commandSwitch reads switch args[0] { case "init": ... }, with which programs
// tell their commands apart that use no library for them.
func (w *walker) commandSwitch(s *ast.SwitchStmt) {
	if s.Tag == nil || s.Body == nil || !saysCommand(s.Tag) {
		return
	}
	for _, clause := range s.Body.List {
		c, ok := clause.(*ast.CaseClause)
		if !ok {
			continue
		}
		for _, e := range c.List {
			literal, ok := e.(*ast.BasicLit)
			if !ok {
				continue
			}
			text, ok := unquote(literal)
			if ok && text != "" && text[0] >= 'a' && text[0] <= 'z' && len(text) > 1 && text == strings.ToLower(text) && lexical.IsFlagName(text) {
				w.facts.Add(w.line(e.Pos()), code.Command, text, "")
			}
		}
	}
}

// saysCommand reports whether an expression is the first of the arguments of a
// program, or called a command.
func saysCommand(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.IndexExpr:
		index, ok := e.Index.(*ast.BasicLit)
		if !ok || index.Kind != token.INT || index.Value != "0" && index.Value != "1" {
			return false
		}
		name := written(e.X)
		return name == "args" || name == "os.Args" || name == "remain" || strings.HasSuffix(name, ".Args") || strings.HasSuffix(name, "Args")
	case *ast.CallExpr:
		receiver, method := callee(e)
		return receiver != nil && method == "Arg" && len(e.Args) == 1 && strings.Contains(strings.ToLower(written(receiver)), "flag")
	case *ast.Ident:
		switch strings.ToLower(e.Name) {
		case "command", "cmd", "subcommand", "subcmd", "mode":
			return true
		}
	}
	return false
}
