package python

import (
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// word reads what a name is told: the arguments in brackets, or the key of
// os.environ.
func (r *reader) word(i int) {
	if i+1 >= len(r.tokens) {
		return
	}
	t := r.tokens[i]
	switch {
	case r.tokens[i+1].Is("["):
		if t.Is("environ") {
			if arguments, _ := lexical.Arguments(r.tokens, i+1); len(arguments) == 1 {
				if name, ok := lexical.Text(arguments[0]); ok {
					r.facts.Add(t.Line, code.Variable, name, "")
				}
			}
		}
	case r.tokens[i+1].Is("("):
		if !known(t.Text) {
			return
		}
		full, from := lexical.Dotted(r.tokens, i)
		arguments, _ := lexical.Arguments(r.tokens, i+1)
		decorator := strings.HasPrefix(full, "@") || from > 0 && r.tokens[from-1].Is("@")
		r.call(t, strings.TrimPrefix(full, "@"), t.Text, arguments, decorator)
	}
}

// calls are the names that are looked at. Never written.
var calls = map[string]bool{
	"getenv": true, "get": true, "pop": true, "setdefault": true, "env": true, "str": true, "int": true, "bool": true, "config": true,
	"add_argument": true, "option": true, "Option": true, "add_parser": true, "command": true, "group": true, "Field": true,
	"route": true, "post": true, "put": true, "patch": true, "delete": true, "head": true, "options": true, "websocket": true,
	"path": true, "re_path": true, "url": true, "add_url_rule": true, "add_api_route": true, "run": true,
	"add_get": true, "add_post": true, "add_put": true, "add_delete": true, "add_route": true, "setup": true, "api_route": true,
	"info": true, "debug": true, "warning": true, "warn": true, "error": true, "critical": true, "exception": true, "fatal": true, "log": true, "print": true,
}

func known(name string) bool {
	name = strings.TrimPrefix(name, "@")
	return calls[name] || strings.HasSuffix(name, "Error") || strings.HasSuffix(name, "Exception") || strings.Contains(strings.ToLower(name), "getenv") || strings.Contains(strings.ToLower(name), "get_env")
}

func (r *reader) call(t lexical.Token, full, name string, arguments [][]lexical.Token, decorator bool) {
	if len(arguments) == 0 {
		if decorator && (name == "command" || name == "group") {
			r.decorate = append(r.decorate, "")
		}
		return
	}
	name = strings.TrimPrefix(name, "@")
	switch name {
	case "add_argument", "option":
		r.options(t, arguments)
	case "add_parser":
		r.named(t, code.Command, arguments)
	case "command", "group":
		if decorator {
			command, _ := lexical.Text(arguments[0])
			if named, ok := lexical.Text(lexical.Named(arguments, "name")); ok {
				command = named
			}
			r.decorate = append(r.decorate, command)
		}
	case "Field":
		if variable, ok := lexical.Text(lexical.Named(arguments, "env", "validation_alias")); ok {
			value, given := lexical.Literal(arguments[0])
			r.facts.AddKnown(t.Line, code.Variable, variable, value, given && len(arguments[0]) == 1, "")
		}
	case "run":
		if value, ok := lexical.Literal(lexical.Named(arguments, "port")); ok {
			r.facts.PortText(t.Line, "port", value)
		}
	case "setup":
		r.setup(t, arguments)
	default:
		if !r.environment(t, full, name, arguments) && !r.route(t, full, name, arguments, decorator) {
			r.message(t, name, arguments)
		}
	}
}

func (r *reader) named(t lexical.Token, kind code.Kind, arguments [][]lexical.Token) {
	if text, ok := lexical.Text(arguments[0]); ok {
		r.facts.Add(t.Line, kind, text, "")
	}
}

func (r *reader) setup(t lexical.Token, arguments [][]lexical.Token) {
	name, _ := lexical.Text(lexical.Named(arguments, "name"))
	if version, ok := lexical.Literal(lexical.Named(arguments, "version")); ok && name != "" {
		r.facts.AddValue(t.Line, code.Version, name, version, "")
	}
}

// environment reads os.getenv("NAME", default) and its relatives.
func (r *reader) environment(t lexical.Token, full, name string, arguments [][]lexical.Token) bool {
	lower := strings.ToLower(full)
	switch {
	case strings.Contains(lower, "getenv") || strings.Contains(lower, "get_env"):
	case strings.HasSuffix(lower, "environ."+name):
	case name == "env" || strings.HasPrefix(lower, "env.") || name == "config" && full == name:
	default:
		return false
	}
	variable, ok := lexical.Text(arguments[0])
	if !ok || !lexical.IsIdentifier(variable) || name == "config" && variable != strings.ToUpper(variable) {
		return false
	}
	value, given := "", false
	if fallback := lexical.Named(arguments, "default"); fallback != nil {
		value, given = lexical.Literal(fallback)
	} else if len(arguments) > 1 && (len(arguments[1]) < 2 || !arguments[1][1].Is("=")) {
		value, given = lexical.Literal(arguments[1])
	}
	r.facts.AddKnown(t.Line, code.Variable, variable, value, given, "")
	if given {
		r.facts.PortText(t.Line, variable, value)
	}
	return true
}

// options reads add_argument("-f", "--foo", default=1) and click.option(...).
func (r *reader) options(t lexical.Token, arguments [][]lexical.Token) {
	var names []string
	for _, a := range arguments {
		if text, ok := lexical.Text(a); ok && strings.HasPrefix(text, "-") {
			names = append(names, text)
		}
	}
	value, given := lexical.Literal(lexical.Named(arguments, "default"))
	if action, ok := lexical.Text(lexical.Named(arguments, "action")); ok && !given && lexical.Named(arguments, "default") == nil {
		switch action {
		case "store_true":
			value, given = "false", true
		case "store_false":
			value, given = "true", true
		}
	}
	if r.facts.Flags(t.Line, names, value, given, "") == 0 {
		return
	}
	if given {
		for _, name := range names {
			r.facts.PortText(t.Line, name, value)
		}
	}
	for _, variable := range lexical.Listed(lexical.Named(arguments, "envvar", "env_var")) {
		r.facts.AddKnown(t.Line, code.Variable, variable, value, given, "")
	}
}

// parameters reads name: type = typer.Option(default, "--name") in the brackets
// of a function.
func (r *reader) parameters(i int) {
	if i >= len(r.tokens) || !r.tokens[i].Is("(") {
		return
	}
	parameters, _ := lexical.Arguments(r.tokens, i)
	for _, p := range parameters {
		for at := range p {
			if !p[at].Is("Option") || at < 2 || at+1 >= len(p) || !p[at+1].Is("(") {
				continue
			}
			arguments, after := lexical.Arguments(p, at+1)
			value, given := "", false
			if len(arguments) > 0 && !isDashed(arguments[0]) {
				value, given = lexical.Literal(arguments[0])
			} else if after+1 < len(p) && p[after].Is("]") { // Annotated[T, Option()] = value
				value, given = lexical.Literal(p[after+2:])
			}
			var names []string
			for _, a := range arguments {
				if isDashed(a) {
					names = append(names, a[0].Text)
				}
			}
			if len(names) == 0 {
				names = []string{"--" + strings.ReplaceAll(p[0].Text, "_", "-")}
			}
			r.facts.Flags(p[0].Line, names, value, given, "")
			for _, variable := range lexical.Listed(lexical.Named(arguments, "envvar")) {
				r.facts.AddKnown(p[0].Line, code.Variable, variable, value, given, "")
			}
			break
		}
	}
}

func isDashed(tokens []lexical.Token) bool {
	text, ok := lexical.Text(tokens)
	return ok && len(tokens) == 1 && strings.HasPrefix(text, "-")
}

// message reads the sentence of a log or an exception.
func (r *reader) message(t lexical.Token, name string, arguments [][]lexical.Token) {
	for _, a := range arguments[:min(2, len(arguments))] {
		if text, ok := lexical.Text(a); ok && lexical.IsMessage(text) {
			r.facts.Add(t.Line, code.Message, strings.TrimSpace(text), "")
			return
		}
	}
}
