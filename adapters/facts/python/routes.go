package python

import (
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// route reads @app.get("/path"), app.add_url_rule("/path"), and the path("users/")
// of Django.
func (r *reader) route(t lexical.Token, full, name string, arguments [][]lexical.Token, decorator bool) bool {
	path, ok := lexical.Text(arguments[0])
	if !ok {
		return false
	}
	owner, _, dotted := strings.Cut(full, ".")
	prefix := r.prefixes[owner]
	switch name {
	case "path", "re_path", "url":
		if !r.urls || dotted {
			return false
		}
		if name != "path" {
			path = plainPath(path)
		}
		r.endpoint(t, "*", "", path)
		return true
	case "route", "add_url_rule", "add_api_route", "api_route", "add_route", "websocket":
		if !strings.HasPrefix(path, "/") && !(path == "" && prefix != "") {
			return false
		}
		methods := lexical.Listed(lexical.Named(arguments, "methods"))
		if len(methods) == 0 {
			methods = []string{"GET"}
			if name == "add_route" {
				methods = []string{"*"}
			}
		}
		for _, m := range methods {
			r.endpoint(t, m, prefix, path)
		}
		return true
	}
	verb, ok := lexical.Method(strings.TrimPrefix(name, "add_"))
	if !ok || !decorator && !strings.HasPrefix(name, "add_") && owner != "web" || !strings.HasPrefix(path, "/") && !(path == "" && decorator) {
		return false
	}
	r.endpoint(t, verb, prefix, path)
	return true
}

func (r *reader) endpoint(t lexical.Token, method, prefix, path string) {
	if verb, ok := lexical.Method(method); ok && !strings.ContainsAny(path, " \n") {
		r.facts.Add(t.Line, code.Endpoint, lexical.Endpoint(verb, prefix, path), "")
	}
}

// plainPath turns the regular expression of a route into a path.
func plainPath(pattern string) string {
	pattern = strings.TrimSuffix(strings.TrimPrefix(pattern, "^"), "$")
	var b strings.Builder
	depth := 0
	for i := range len(pattern) {
		switch c := pattern[i]; {
		case c == '(':
			if depth == 0 {
				b.WriteString("{}")
			}
			depth++
		case c == ')':
			depth = max(0, depth-1)
		case depth == 0 && c != '\\' && c != '?':
			b.WriteByte(c)
		}
	}
	return b.String()
}

// routerPrefix reads APIRouter(prefix="/api") and Blueprint("x", url_prefix="/api").
func routerPrefix(tokens []lexical.Token) (string, bool) {
	for i, t := range tokens[:min(len(tokens), 6)] {
		if (t.Is("APIRouter") || t.Is("Blueprint") || t.Is("APIBlueprint")) && i+1 < len(tokens) && tokens[i+1].Is("(") {
			arguments, _ := lexical.Arguments(tokens, i+1)
			return lexical.Text(lexical.Named(arguments, "prefix", "url_prefix"))
		}
	}
	return "", false
}
