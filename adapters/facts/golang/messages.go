package golang

import (
	"go/ast"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// messages are the names of functions that log a text or fail with it, in lower
// case. Never written.
var messages = map[string]bool{
	"new": true, "errorf": true, "error": true, "errorw": true, "errorln": true, "errorcontext": true,
	"info": true, "infof": true, "infow": true, "infoln": true, "infocontext": true,
	"warn": true, "warnf": true, "warnw": true, "warning": true, "warningf": true, "warncontext": true,
	"debug": true, "debugf": true, "debugw": true, "debugcontext": true, "trace": true, "tracef": true,
	"fatal": true, "fatalf": true, "fatalln": true, "panic": true, "panicf": true, "panicln": true,
	"fprint": true, "fprintf": true, "fprintln": true, "print": true, "printf": true, "println": true, "log": true, "logf": true, "logattrs": true, "msg": true, "msgf": true,
	"wrap": true, "wrapf": true, "wraperror": true, "withmessage": true, "withmessagef": true, "newerror": true, "newhttperror": true,
}

// messageCall reads the first sentence that such a call is given. Tests fail with
// texts that no user reads.
func (w *walker) messageCall(c *ast.CallExpr, receiver ast.Expr, method string) {
	lower := strings.ToLower(method)
	if w.test || !messages[lower] || strings.Contains(lower, "print") && !w.prints(c, receiver, lower) {
		return
	}
	for _, arg := range c.Args[:min(4, len(c.Args))] {
		if text, ok := w.sentence(arg); ok && lexical.IsMessage(text) {
			w.facts.Add(w.line(arg.Pos()), code.Message, strings.TrimSpace(text), "")
			return
		}
	}
}

// prints reports whether a call prints for a user: with fmt or a log, and to the
// terminal. Generators print code with methods of the same names.
func (w *walker) prints(c *ast.CallExpr, receiver ast.Expr, method string) bool {
	name := written(receiver)
	if strings.HasPrefix(method, "fprint") {
		to := written(c.Args[0])
		return to == "os.Stderr" || to == "os.Stdout"
	}
	return name == "fmt" || strings.Contains(strings.ToLower(name), "log") || strings.HasPrefix(strings.ToLower(name), "cmd")
}

// sentence returns a text, what a text that is joined with a value begins with, or
// the text that Sprintf fills in.
func (w *walker) sentence(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit, *ast.Ident, *ast.ParenExpr:
		return w.text(e)
	case *ast.BinaryExpr:
		if text, ok := w.text(e); ok {
			return text, true
		}
		first := e.X
		for range 20 {
			if joined, ok := first.(*ast.BinaryExpr); ok {
				first = joined.X
			}
		}
		return w.text(first)
	case *ast.CallExpr:
		if _, method := callee(e); method == "Sprintf" && len(e.Args) > 0 {
			return w.text(e.Args[0])
		}
	}
	return "", false
}
