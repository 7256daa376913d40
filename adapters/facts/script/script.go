// Package script reads the facts of JavaScript and TypeScript: what is declared,
// the options of commander and yargs, variables of the environment, the routes of
// express, fastify and the file tree of Next, and messages.
package script

import (
	"path"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// reader reads one file.
type reader struct {
	facts    *lexical.Facts
	tokens   []lexical.Token
	module   string
	next     string // the path of the routes of a file, as Next derives it
	prefixes map[string]string
	test     bool
}

// Extract returns the facts of a file.
func Extract(name string, content []byte) []code.Fact {
	base := path.Base(name)
	r := &reader{
		test:     isTest(name),
		tokens:   lexical.Scan(string(content), lexical.Syntax{Slashes: true, Templates: true, Patterns: true, Single: true}),
		module:   strings.TrimSuffix(base, path.Ext(base)),
		next:     nextPath(name),
		prefixes: map[string]string{},
	}
	r.facts = lexical.NewFacts(name, r.test)
	r.read()
	r.facts.Guess(r.tokens)
	return r.facts.Sorted()
}

func isTest(name string) bool {
	base := path.Base(name)
	return strings.Contains(base, ".test.") || strings.Contains(base, ".spec.") || strings.Contains("/"+name, "/__tests__/") || strings.Contains("/"+name, "/test/")
}

// scope is what a brace opens: a class, or anything else.
type scope struct {
	class string
}

func (r *reader) read() {
	var scopes []scope
	pending := ""
	for i, t := range r.tokens {
		switch {
		case t.Is("{"):
			scopes = append(scopes, scope{class: pending})
			pending = ""
		case t.Is("}"):
			if len(scopes) > 0 {
				scopes = scopes[:len(scopes)-1]
			}
		case t.Kind != lexical.Word:
		case len(scopes) == 0:
			pending = r.top(i, pending)
			r.word(i)
		default:
			if class := scopes[len(scopes)-1].class; class != "" {
				r.member(i, class)
			}
			r.word(i)
		}
	}
}

// top reads a declaration outside of braces; it returns the class whose braces
// come next.
func (r *reader) top(i int, pending string) string {
	t := r.tokens[i]
	if i+1 >= len(r.tokens) || i > 0 && r.tokens[i-1].Is(".") {
		return pending
	}
	name := r.tokens[i+1]
	if name.Is("*") && i+2 < len(r.tokens) {
		name = r.tokens[i+2]
	}
	if name.Kind != lexical.Word {
		return pending
	}
	switch t.Text {
	case "class", "interface", "enum":
		r.facts.Add(name.Line, code.Symbol, name.Text, r.module)
		return name.Text
	case "function":
		r.facts.Add(name.Line, code.Symbol, name.Text, r.module)
		if r.next != "" {
			if verb, ok := lexical.Method(name.Text); ok && name.Text == verb {
				r.facts.Add(name.Line, code.Endpoint, lexical.Endpoint(verb, "", r.next), "")
			}
		}
	case "const", "let", "var", "type":
		r.facts.Add(name.Line, code.Symbol, name.Text, r.module)
		r.constant(i + 1)
	}
	return pending
}

// constant reads NAME = value.
func (r *reader) constant(i int) {
	if i+2 >= len(r.tokens) || !r.tokens[i+1].Is("=") {
		return
	}
	name, value := r.tokens[i], r.tokens[i+2]
	if text, ok := lexical.Literal([]lexical.Token{value}); ok && (i+3 >= len(r.tokens) || r.tokens[i+3].Is(";") || r.tokens[i+3].Line != value.Line) {
		r.facts.PortText(name.Line, name.Text, text)
	}
}

// member reads a method or a field of a class: name( or name: or name =.
func (r *reader) member(i int, class string) {
	t := r.tokens[i]
	if i+1 >= len(r.tokens) || i == 0 || notMember(t.Text) {
		return
	}
	before, after := r.tokens[i-1], r.tokens[i+1]
	begins := before.Line != t.Line || before.Is("{") || before.Is("}") || before.Is(";") || before.Is(",") || modifies(before.Text) || before.Is("*")
	if begins && (after.Is("(") || after.Is(":") || after.Is("=") || after.Is("?") || after.Is(";") || after.Is("<") || after.Is(",")) {
		r.facts.Add(t.Line, code.Symbol, class+"."+t.Text, r.module)
	}
}

func modifies(word string) bool {
	switch word {
	case "public", "private", "protected", "static", "async", "readonly", "get", "set", "abstract", "override", "declare":
		return true
	}
	return false
}

func notMember(word string) bool {
	switch word {
	case "constructor", "return", "if", "for", "while", "switch", "new", "await", "const", "let", "var", "throw", "super", "this":
		return true
	}
	return modifies(word)
}

// nextPath derives the path of an API route of Next from the name of its file.
func nextPath(name string) string {
	dir, base := path.Split("/" + name)
	stem := strings.TrimSuffix(base, path.Ext(base))
	if i := strings.Index(dir, "/app/"); i >= 0 && stem == "route" {
		var kept []string
		for part := range strings.SplitSeq(strings.Trim(dir[i+5:], "/"), "/") {
			if !strings.HasPrefix(part, "(") && !strings.HasPrefix(part, "@") {
				kept = append(kept, part)
			}
		}
		return "/" + strings.Join(kept, "/")
	}
	if i := strings.Index(dir, "/pages/api/"); i >= 0 {
		return strings.TrimSuffix(dir[i+6:]+stem, "/index")
	}
	return ""
}
