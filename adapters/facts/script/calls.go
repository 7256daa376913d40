package script

import (
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// word reads process.env.NAME and the calls of a name.
func (r *reader) word(i int) {
	t := r.tokens[i]
	if t.Is("env") && i >= 2 && r.tokens[i-1].Is(".") {
		r.environment(i)
		return
	}
	if i+1 >= len(r.tokens) || !r.tokens[i+1].Is("(") {
		r.property(i)
		return
	}
	if !calls[t.Text] && !strings.HasSuffix(t.Text, "Error") && !strings.HasPrefix(t.Text, "@") {
		return
	}
	arguments, after := lexical.Arguments(r.tokens, i+1)
	if len(arguments) == 0 {
		return
	}
	r.call(i, arguments, after)
}

// calls are the names that are looked at. Never written.
var calls = map[string]bool{
	"option": true, "requiredOption": true, "addOption": true, "Option": true, "options": true, "command": true, "Command": true,
	"get": true, "post": true, "put": true, "patch": true, "delete": true, "del": true, "all": true, "head": true, "route": true, "use": true, "register": true,
	"listen": true, "getenv": true, "getEnv": true, "env": true,
	"log": true, "info": true, "warn": true, "error": true, "debug": true, "fatal": true, "trace": true,
}

// environment reads process.env.NAME || "default", process.env["NAME"] and
// import.meta.env.NAME.
func (r *reader) environment(i int) {
	owner, _ := lexical.Dotted(r.tokens, i-2)
	if owner != "process" && owner != "import.meta" && owner != "Deno" && owner != "Bun" && owner != "global.process" || i+2 >= len(r.tokens) {
		return
	}
	name, at := r.tokens[i+2], i+3
	if r.tokens[i+1].Is("[") && name.Kind == lexical.String {
		at++
	} else if !r.tokens[i+1].Is(".") || name.Kind != lexical.Word {
		return
	}
	if name.Is("get") && at+1 < len(r.tokens) && r.tokens[at].Is("(") && r.tokens[at+1].Kind == lexical.String {
		name, at = r.tokens[at+1], at+3
	}
	if !lexical.IsIdentifier(name.Text) {
		return
	}
	value, known := "", false
	if at+2 < len(r.tokens) && (r.tokens[at].Is("|") && r.tokens[at+1].Is("|") || r.tokens[at].Is("?") && r.tokens[at+1].Is("?")) {
		value, known = lexical.Literal(r.tokens[at+2 : at+3])
		if at+3 < len(r.tokens) && (r.tokens[at+3].Is(".") || r.tokens[at+3].Is("+") || r.tokens[at+3].Is("(")) {
			known = false
		}
	}
	r.facts.AddKnown(name.Line, code.Variable, name.Text, value, known, "")
	if known {
		r.facts.PortText(name.Line, name.Text, value)
	}
}

// property reads port: 3000.
func (r *reader) property(i int) {
	t := r.tokens[i]
	if i+3 < len(r.tokens) && r.tokens[i+1].Is(":") && lexical.SaysPort(t.Text) && (r.tokens[i+3].Is(",") || r.tokens[i+3].Is("}") || r.tokens[i+3].Line != t.Line) {
		if text, ok := lexical.Literal(r.tokens[i+2 : i+3]); ok {
			r.facts.PortText(t.Line, t.Text, text)
		}
	}
}

func (r *reader) call(i int, arguments [][]lexical.Token, after int) {
	t := r.tokens[i]
	first, isText := lexical.Text(arguments[0])
	switch t.Text {
	case "option", "requiredOption", "Option", "options":
		r.options(t, arguments)
	case "command", "Command":
		if words := strings.Fields(first); isText && len(words) > 0 && !strings.HasPrefix(words[0], "-") && i > 0 && !r.tokens[i-1].Is("new") {
			r.facts.Add(t.Line, code.Command, words[0], "")
		}
	case "listen":
		if value, ok := lexical.Literal(arguments[0]); ok {
			r.facts.PortText(t.Line, "port", value)
		}
	case "getenv", "getEnv":
		r.getEnv(t, first, isText, arguments)
	case "get", "post", "put", "patch", "delete", "del", "all", "head", "route", "use", "register", "@Get", "@Post", "@Put", "@Patch", "@Delete", "@All", "@Controller":
		r.route(i, first, isText, arguments, after)
	default:
		if !r.test && isText && lexical.IsMessage(first) {
			r.facts.Add(t.Line, code.Message, strings.TrimSpace(first), "")
		}
	}
}

func (r *reader) getEnv(t lexical.Token, name string, isText bool, arguments [][]lexical.Token) {
	if !isText || !lexical.IsIdentifier(name) || name != strings.ToUpper(name) {
		return
	}
	value, known := "", false
	if len(arguments) > 1 {
		value, known = lexical.Literal(arguments[1])
	}
	r.facts.AddKnown(t.Line, code.Variable, name, value, known, "")
}

// options reads .option("-p, --port <n>", "help", "3000") of commander, and
// .option("port", {alias: "p", default: 3000}) and .options({port: {...}}) of
// yargs.
func (r *reader) options(t lexical.Token, arguments [][]lexical.Token) {
	spelled, ok := lexical.Text(arguments[0])
	switch {
	case ok && strings.HasPrefix(spelled, "-"):
		value, known := "", false
		if len(arguments) > 2 {
			value, known = lexical.Literal(arguments[len(arguments)-1])
		}
		r.commander(t, spelled, value, known)
	case ok && len(arguments) > 1 && lexical.Begins(arguments[1], "{") && lexical.IsFlagName(spelled):
		r.yargs(t.Line, spelled, arguments[1])
	case t.Is("options") && lexical.Begins(arguments[0], "{"):
		fields, _ := lexical.Arguments(arguments[0], 0)
		for _, f := range fields {
			if len(f) > 3 && f[1].Is(":") && f[2].Is("{") && lexical.IsFlagName(f[0].Text) {
				r.yargs(f[0].Line, f[0].Text, f[2:])
			}
		}
	}
}

func (r *reader) commander(t lexical.Token, spelled, value string, known bool) {
	var names []string
	for part := range strings.FieldsFuncSeq(spelled, func(c rune) bool { return c == ' ' || c == ',' || c == '|' }) {
		if strings.HasPrefix(part, "-") {
			names = append(names, part)
			if known {
				r.facts.PortText(t.Line, part, value)
			}
		}
	}
	r.facts.Flags(t.Line, names, value, known, "")
}

func (r *reader) yargs(line int, name string, settings []lexical.Token) {
	fields, _ := lexical.Arguments(settings, 0)
	value, known := lexical.Literal(lexical.Named(fields, "default"))
	if len(lexical.Named(fields, "type", "describe", "description", "default", "alias", "boolean", "demandOption", "choices")) == 0 {
		return
	}
	names := append([]string{name}, lexical.Listed(lexical.Named(fields, "alias"))...)
	for _, n := range names {
		if lexical.IsFlagName(n) {
			r.facts.AddKnown(line, code.Flag, n, value, known, "")
		}
	}
	if known {
		r.facts.PortText(line, name, value)
	}
}

// route reads app.get("/path", handler), router.route("/path").get(handler),
// app.use("/prefix", router), fastify.route({method, url}) and @Get("path").
func (r *reader) route(i int, route string, isText bool, arguments [][]lexical.Token, after int) {
	t := r.tokens[i]
	if verb, ok := lexical.Method(strings.TrimPrefix(t.Text, "@")); ok && t.Text[0] == '@' {
		if isText {
			r.facts.Add(t.Line, code.Endpoint, lexical.Endpoint(verb, r.prefixes["@"], route), "")
		}
		return
	}
	owner, _ := lexical.Dotted(r.tokens, i)
	owner = strings.TrimSuffix(owner, "."+t.Text)
	switch {
	case t.Text == "@Controller" && isText:
		r.prefixes["@"] = route
	case t.Text == "route" && lexical.Begins(arguments[0], "{"):
		fields, _ := lexical.Arguments(arguments[0], 0)
		url, ok := lexical.Text(lexical.Named(fields, "url", "path"))
		if !ok || !strings.HasPrefix(url, "/") {
			return
		}
		for _, m := range lexical.Listed(lexical.Named(fields, "method")) {
			if verb, ok := lexical.Method(m); ok {
				r.facts.Add(t.Line, code.Endpoint, lexical.Endpoint(verb, "", url), "")
			}
		}
	case !isText || !strings.HasPrefix(route, "/") || strings.ContainsAny(route, " \n"):
	case t.Text == "route":
		r.chained(route, after)
	case t.Text == "use":
		if len(arguments) > 1 {
			r.facts.AddWeak(t.Line, code.Endpoint, lexical.Endpoint("*", "", route))
		}
	case len(arguments) > 1 && !isClient(owner) && handles(arguments[len(arguments)-1]):
		method := t.Text
		if method == "del" {
			method = "delete"
		}
		if verb, ok := lexical.Method(method); ok {
			r.facts.Add(t.Line, code.Endpoint, lexical.Endpoint(verb, "", route), "")
		}
	}
}

// chained reads .get(handler).post(handler) after route("/path").
func (r *reader) chained(route string, at int) {
	for range 12 {
		if at+2 >= len(r.tokens) || !r.tokens[at].Is(".") || !r.tokens[at+2].Is("(") {
			return
		}
		if verb, ok := lexical.Method(r.tokens[at+1].Text); ok {
			r.facts.Add(r.tokens[at+1].Line, code.Endpoint, lexical.Endpoint(verb, "", route), "")
		}
		_, at = lexical.Arguments(r.tokens, at+2)
	}
}

func isClient(owner string) bool {
	lower := strings.ToLower(owner)
	return strings.Contains(lower, "axios") || strings.Contains(lower, "client") || strings.Contains(lower, "http") || strings.Contains(lower, "request") || strings.Contains(lower, "fetch") || strings.Contains(lower, "cache")
}

// handles reports whether an argument can be a function.
func handles(argument []lexical.Token) bool {
	if len(argument) == 1 {
		return argument[0].Kind == lexical.Word && !argument[0].Is("null") && !argument[0].Is("true") && !argument[0].Is("false")
	}
	return len(argument) > 0 && !argument[0].Is("{") && argument[0].Kind != lexical.String
}
