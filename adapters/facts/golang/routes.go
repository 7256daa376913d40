package golang

import (
	"go/ast"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// verbs are the methods of routers that register a route of one HTTP method, as
// chi and echo spell them. Never written.
var verbs = map[string]string{
	"Get": "GET", "Post": "POST", "Put": "PUT", "Patch": "PATCH", "Delete": "DELETE", "Head": "HEAD", "Options": "OPTIONS",
	"Connect": "CONNECT", "Trace": "TRACE", "Any": "*", "Del": "DELETE",
	"GET": "GET", "POST": "POST", "PUT": "PUT", "PATCH": "PATCH", "DELETE": "DELETE", "HEAD": "HEAD", "OPTIONS": "OPTIONS",
	"CONNECT": "CONNECT", "TRACE": "TRACE", "All": "*",
}

// routeCall reads the registration of routes; false when it has walked the
// arguments itself, as of a group that is a function.
func (w *walker) routeCall(c *ast.CallExpr, receiver ast.Expr, imported bool, method string) bool {
	if len(c.Args) < 2 {
		return w.routeGroup(c, receiver, method)
	}
	switch method {
	case "HandleFunc", "Handle", "Handler", "HandlerFunc", "Add", "Method", "MethodFunc":
		w.handle(c, receiver)
	case "Route", "Group":
		return w.routeGroup(c, receiver, method)
	case "Mount", "Static", "StaticFS", "StaticFile", "File", "ServeFiles":
		if route, ok := w.path(c.Args[0]); ok && !imported && route != "/" {
			prefix, _ := w.prefix(receiver)
			w.facts.AddWeak(w.line(c.Args[0].Pos()), code.Endpoint, lexical.Endpoint("*", prefix, route))
		}
	default:
		verb, ok := verbs[method]
		if method == "Watch" && imported { // a stream of a table of routes
			verb, ok = "GET", true
		}
		if ok && w.handles(c.Args[1:]) {
			if route, ok := w.route(c.Args[0], receiver); ok {
				w.endpoint(c, verb, route)
			}
		}
	}
	return true
}

// handles reports whether what follows the path can be a handler: a client is
// given something to send or to fill instead.
func (w *walker) handles(args []ast.Expr) bool {
	switch a := args[0].(type) {
	case *ast.BasicLit:
		text, ok := w.text(a)
		return ok && len(args) > 1 && !strings.Contains(text, "application/") && !strings.Contains(text, "text/")
	case *ast.CompositeLit, *ast.BinaryExpr:
		return len(args) > 1
	case *ast.UnaryExpr:
		_, literal := a.X.(*ast.CompositeLit)
		return literal || len(args) > 1
	case *ast.Ident:
		_, constant := w.constants[a.Name]
		return a.Name != "nil" && !constant
	}
	return true
}

// handle reads Handle("GET /a", h), Handle("GET", "/a", h), and what Methods adds.
func (w *walker) handle(c *ast.CallExpr, receiver ast.Expr) {
	first, ok := w.text(c.Args[0])
	if !ok {
		return
	}
	if verb, ok := lexical.Method(first); ok && len(c.Args) > 2 {
		if route, ok := w.route(c.Args[1], receiver); ok {
			w.tell(c.Args[0])
			w.endpoint(c, verb, route)
		}
		return
	}
	verb, pattern := "*", first
	if method, rest, ok := strings.Cut(first, " "); ok {
		known, isMethod := lexical.Method(method)
		if !isMethod {
			return
		}
		verb, pattern = known, strings.TrimSpace(rest)
	}
	slash := strings.IndexByte(pattern, '/')
	if slash < 0 || strings.ContainsAny(pattern, " \n") || slash > 0 && !strings.Contains(pattern[:slash], ".") {
		return
	}
	prefix, _ := w.prefix(receiver)
	route := lexical.Endpoint(verb, prefix, pattern[slash:])
	methods := w.methodsOf(c)
	if verb != "*" || len(methods) == 0 {
		w.facts.Add(w.line(c.Args[0].Pos()), code.Endpoint, route, "")
	}
	for _, m := range methods {
		w.facts.Add(w.line(c.Args[0].Pos()), code.Endpoint, lexical.Endpoint(m, prefix, pattern[slash:]), "")
	}
	w.tell(c.Args[0])
}

// methodsOf returns what .Methods("GET", "POST") adds to a route.
func (w *walker) methodsOf(c *ast.CallExpr) []string {
	var methods []string
	for name, call := range w.chain(c) {
		if name != "Methods" {
			continue
		}
		for _, arg := range call.Args {
			if text, ok := w.text(arg); ok {
				if verb, ok := lexical.Method(text); ok {
					methods = append(methods, verb)
				}
			}
		}
	}
	return methods
}

func (w *walker) endpoint(c *ast.CallExpr, verb, route string) {
	w.facts.Add(w.line(c.Args[0].Pos()), code.Endpoint, lexical.Endpoint(verb, "", route), "")
}

// route returns the whole path of a route that is registered on the receiver.
func (w *walker) route(e, receiver ast.Expr) (string, bool) {
	prefix, grouped := w.prefix(receiver)
	route, ok := w.text(e)
	if !ok || strings.ContainsAny(route, " \n") {
		return "", false
	}
	if route == "" {
		return prefix, grouped
	}
	if route[0] != '/' {
		return "", false
	}
	return strings.TrimSuffix(prefix, "/") + route, true
}

func (w *walker) path(e ast.Expr) (string, bool) {
	route, ok := w.text(e)
	return route, ok && strings.HasPrefix(route, "/") && !strings.ContainsAny(route, " \n")
}

// prefix returns the path of the group that an expression holds.
func (w *walker) prefix(e ast.Expr) (string, bool) {
	if call, ok := e.(*ast.CallExpr); ok {
		return w.groupPrefix(call)
	}
	prefix, ok := w.prefixes[written(e)]
	return prefix, ok
}

// groupPrefix reads r.Group("/api"), r.PathPrefix("/api").Subrouter() and the
// like; false when the expression is no group.
func (w *walker) groupPrefix(e ast.Expr) (string, bool) {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return "", false
	}
	receiver, method := callee(call)
	if receiver == nil {
		return "", false
	}
	switch method {
	case "Group", "PathPrefix", "WithPrefix", "Route", "Party":
	case "Subrouter", "Use", "With", "Methods", "Host", "Schemes", "Headers":
		return w.prefix(receiver)
	default:
		return "", false
	}
	outer, _ := w.prefix(receiver)
	if len(call.Args) == 0 {
		return outer, true
	}
	inner, ok := w.text(call.Args[0])
	return strings.TrimSuffix(outer, "/") + inner, ok && (inner == "" || inner[0] == '/')
}

// routeGroup walks r.Route("/api", func(r chi.Router) { ... }) with the prefix
// for the parameter.
func (w *walker) routeGroup(c *ast.CallExpr, receiver ast.Expr, method string) bool {
	body, ok := c.Args[len(c.Args)-1].(*ast.FuncLit)
	if !ok || method != "Route" && method != "Group" && method != "With" || len(body.Type.Params.List) == 0 {
		return true
	}
	parameters := body.Type.Params.List[0].Names
	prefix, _ := w.prefix(receiver)
	if len(c.Args) > 1 {
		inner, ok := w.path(c.Args[0])
		if !ok {
			return true
		}
		prefix = strings.TrimSuffix(prefix, "/") + inner
		w.tell(c.Args[0])
	}
	if len(parameters) == 0 {
		return true
	}
	name := parameters[0].Name
	before, had := w.prefixes[name]
	w.prefixes[name] = prefix
	ast.Inspect(body.Body, w.visit)
	if w.prefixes[name] = before; !had {
		delete(w.prefixes, name)
	}
	return false
}

// routeLiteral reads Route{Method: "GET", Path: "/a"} and {"List", "GET", "/a", h}.
func (w *walker) routeLiteral(c *ast.CompositeLit) {
	if len(c.Elts) < 2 || len(c.Elts) > 16 {
		return
	}
	verb, route, keyed := "", "", false
	for _, e := range c.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			keyed = true
			key, ok := pair.Key.(*ast.Ident)
			if !ok {
				return
			}
			switch key.Name {
			case "Method", "HTTPMethod", "Verb":
				verb, _ = w.text(pair.Value)
			case "Path", "Pattern", "Route", "URL", "URI", "Url":
				route, _ = w.path(pair.Value)
			}
			continue
		}
		text, ok := w.text(e)
		if !ok {
			continue
		}
		if _, ok := lexical.Method(text); ok && verb == "" && text == strings.ToUpper(text) {
			verb = text
		} else if strings.HasPrefix(text, "/") && route == "" {
			route = text
		}
	}
	if known, ok := lexical.Method(verb); ok && strings.HasPrefix(route, "/") && (keyed || len(c.Elts) > 2) && !strings.ContainsAny(route, " \n") {
		w.facts.Add(w.line(c.Pos()), code.Endpoint, lexical.Endpoint(known, "", route), "")
	}
}
