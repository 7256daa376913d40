package java

import (
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// word reads an annotation or a call.
func (r *reader) word(i int) {
	t := r.tokens[i]
	var arguments [][]lexical.Token
	if r.tokens[i+1].Is("(") && (t.Text[0] == '@' || known(t.Text)) {
		arguments, _ = lexical.Arguments(r.tokens, i+1)
	}
	if t.Text[0] == '@' {
		r.annotation(t, t.Text[1:], arguments)
		return
	}
	if len(arguments) == 0 {
		return
	}
	first, ok := lexical.Text(arguments[0])
	switch {
	case t.Is("getenv") && ok:
		r.facts.Add(t.Line, code.Variable, first, "")
	case t.Is("getProperty") && ok && len(arguments) > 0 && strings.Contains(first, "."):
		value, given := "", false
		if len(arguments) > 1 {
			value, given = lexical.Literal(arguments[1])
		}
		r.facts.AddKnown(t.Line, code.Key, first, value, given, "")
	case !r.test && ok && lexical.IsMessage(first) && (isLog(t.Text) || strings.HasSuffix(t.Text, "Exception") || strings.HasSuffix(t.Text, "Error")):
		r.facts.Add(t.Line, code.Message, strings.TrimSpace(first), "")
	}
}

func known(name string) bool {
	return name == "getenv" || name == "getProperty" || isLog(name) || strings.HasSuffix(name, "Exception") || strings.HasSuffix(name, "Error")
}

func isLog(name string) bool {
	switch name {
	case "info", "warn", "error", "debug", "trace", "severe", "warning", "fine", "println", "printf", "log":
		return true
	}
	return false
}

// annotation reads those of Spring, JAX-RS and picocli.
func (r *reader) annotation(t lexical.Token, name string, arguments [][]lexical.Token) {
	switch name {
	case "Value":
		if len(arguments) > 0 {
			if text, ok := lexical.Text(arguments[0]); ok {
				r.placeholder(t.Line, text)
			}
		}
	case "ConfigurationProperties":
		if prefix, ok := lexical.Text(first(arguments, "prefix", "value")); ok {
			r.facts.Add(t.Line, code.Key, prefix, "")
		}
	case "RequestMapping":
		m := mapping{line: t.Line, paths: paths(arguments), request: true}
		for _, token := range lexical.Named(arguments, "method") {
			if verb, ok := lexical.Method(token.Text); ok {
				m.methods = append(m.methods, verb)
			}
		}
		r.held = append(r.held, m)
	case "Path":
		r.held = append(r.held, mapping{line: t.Line, paths: paths(arguments), request: true})
	case "Option":
		r.option(t, arguments)
	case "Command":
		if command, ok := lexical.Text(lexical.Named(arguments, "name")); ok {
			r.facts.Add(t.Line, code.Command, command, "")
		}
	default:
		if verb, ok := lexical.Method(strings.TrimSuffix(name, "Mapping")); ok && verb != "*" {
			r.held = append(r.held, mapping{line: t.Line, methods: []string{verb}, paths: paths(arguments)})
		}
	}
}

// first returns the value of one of the names, or the argument without a name.
func first(arguments [][]lexical.Token, names ...string) []lexical.Token {
	if named := lexical.Named(arguments, names...); named != nil {
		return named
	}
	if len(arguments) > 0 && (len(arguments[0]) < 2 || !arguments[0][1].Is("=")) {
		return arguments[0]
	}
	return nil
}

func paths(arguments [][]lexical.Token) []string {
	return lexical.Listed(first(arguments, "value", "path"))
}

// placeholder reads "${a.b:default}".
func (r *reader) placeholder(line int, text string) {
	for {
		start := strings.Index(text, "${")
		if start < 0 {
			return
		}
		text = text[start+2:]
		end := strings.IndexByte(text, '}')
		if end < 0 {
			return
		}
		name, value, known := strings.Cut(text[:end], ":")
		kind := code.Key
		if lexical.IsVariableName(name) {
			kind = code.Variable
		}
		if strings.Contains(value, "${") {
			known = false
		}
		if !strings.ContainsAny(name, " \"{") {
			r.facts.AddKnown(line, kind, name, value, known, "")
			if known {
				r.facts.PortText(line, name, value)
			}
		}
	}
}

// option reads @Option(names = {"-p", "--port"}, defaultValue = "80").
func (r *reader) option(t lexical.Token, arguments [][]lexical.Token) {
	value, known := lexical.Literal(lexical.Named(arguments, "defaultValue"))
	if strings.HasPrefix(value, "${") {
		r.placeholder(t.Line, strings.TrimPrefix(value, "${env:"))
		value, known = "", false
	}
	names := lexical.Listed(first(arguments, "names", "name"))
	if r.facts.Flags(t.Line, names, value, known, "") > 0 && known {
		for _, name := range names {
			r.facts.PortText(t.Line, name, value)
		}
	}
}
