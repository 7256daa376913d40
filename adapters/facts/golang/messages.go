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
	"print": true, "printf": true, "println": true, "log": true, "logf": true, "logattrs": true, "msg": true, "msgf": true,
	"wrap": true, "wrapf": true, "wraperror": true, "withmessage": true, "withmessagef": true, "newerror": true, "newhttperror": true,
}

// messageCall reads the first sentence that such a call is given. Tests fail with
// texts that no user reads.
func (w *walker) messageCall(c *ast.CallExpr, method string) {
	if w.test || !messages[method] && !messages[strings.ToLower(method)] {
		return
	}
	for _, arg := range c.Args[:min(4, len(c.Args))] {
		switch arg.(type) {
		case *ast.BasicLit, *ast.BinaryExpr, *ast.Ident, *ast.ParenExpr:
		default:
			continue
		}
		if text, ok := w.text(arg); ok && lexical.IsMessage(text) {
			w.facts.Add(w.line(arg.Pos()), code.Message, strings.TrimSpace(text), "")
			return
		}
	}
}
