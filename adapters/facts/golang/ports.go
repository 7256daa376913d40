package golang

import (
	"go/ast"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// portCall reads ListenAndServe(":8080", h), net.Listen("tcp", ":8080") and
// e.Start(":8080").
func (w *walker) portCall(c *ast.CallExpr, method string) {
	switch {
	case strings.HasPrefix(method, "Listen"), strings.HasPrefix(method, "Start"), strings.HasPrefix(method, "Run"):
	default:
		return
	}
	for _, arg := range c.Args[:min(2, len(c.Args))] {
		if text, ok := w.text(arg); ok {
			if port, ok := lexical.ListenPort(text); ok {
				w.facts.Add(w.line(arg.Pos()), code.Port, port, "")
				w.tell(arg)
			}
		}
	}
}

// portValue reads Port: 8080, defaultPort = "8080" and Addr: ":8080".
func (w *walker) portValue(name string, e ast.Expr) {
	literal, ok := e.(*ast.BasicLit)
	if !ok || !lexical.SaysAddress(name) {
		return
	}
	w.port(name, literal)
}

// portFlag reads the default of a flag that says port or address.
func (w *walker) portFlag(name string, e ast.Expr) {
	if lexical.SaysAddress(name) {
		w.port(name, e)
		return
	}
	text, ok := w.text(e)
	if !ok {
		return
	}
	if strings.HasPrefix(text, ":") {
		w.port(name, e)
	} else if port, ok := lexical.ListenPort(text); ok {
		w.facts.AddWeak(w.line(e.Pos()), code.Port, port)
	}
}

func (w *walker) port(name string, e ast.Expr) {
	if n, ok := w.number(e); ok {
		if port, ok := lexical.PortNumber(strconv.FormatInt(n, 10)); ok && lexical.SaysPort(name) {
			w.facts.Add(w.line(e.Pos()), code.Port, port, name)
		}
		return
	}
	if text, ok := w.text(e); ok && w.portText(name, text, w.line(e.Pos())) {
		w.tell(e)
	}
}

// portText tells the port in a text that a name says is one; false when there is
// none.
func (f *file) portText(name, text string, line int) bool {
	port, ok := "", false
	if lexical.SaysAddress(name) || strings.HasPrefix(text, ":") {
		port, ok = lexical.ListenPort(text)
	}
	if !ok && lexical.SaysPort(name) {
		port, ok = lexical.PortNumber(text)
	}
	if ok {
		f.facts.Add(line, code.Port, port, name)
	}
	return ok
}
