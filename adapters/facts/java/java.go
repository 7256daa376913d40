// Package java reads the facts of Java and Kotlin source: classes and their
// members, the annotations of Spring, JAX-RS and picocli, variables of the
// environment, and messages.
package java

import (
	"path"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// reader reads one file.
type reader struct {
	facts  *lexical.Facts
	tokens []lexical.Token
	scope  string
	test   bool
	// prefix is the path of the annotations of the class; held is what the
	// annotations in front of a declaration said.
	prefix string
	held   []mapping
}

// mapping is a route that the next declaration handles, or prefixes.
type mapping struct {
	line    int
	methods []string
	paths   []string
	request bool // of RequestMapping or Path, which classes have too
}

// longestOwner is how long in bytes the name of a class gets with those around it.
const longestOwner = 200

// body is what a brace opens.
type body struct {
	class   string
	members bool
}

// Extract returns the facts of a file.
func Extract(name string, content []byte) []code.Fact {
	base := path.Base(name)
	stem := strings.TrimSuffix(base, path.Ext(base))
	test := strings.HasSuffix(stem, "Test") || strings.HasSuffix(stem, "Tests") || strings.HasSuffix(stem, "IT") || strings.Contains("/"+name, "/src/test/")
	r := &reader{facts: lexical.NewFacts(name, test), test: test, tokens: lexical.Scan(string(content), lexical.Syntax{Slashes: true, Triple: true})}
	r.read()
	r.facts.Guess(r.tokens)
	return r.facts.Sorted()
}

func (r *reader) read() {
	var bodies []body
	pending, brackets := "", 0
	for i, t := range r.tokens {
		if t.Kind == lexical.Mark {
			switch t.Text {
			case "{":
				bodies = append(bodies, body{class: pending, members: pending != ""})
				pending = ""
			case "}":
				if len(bodies) > 0 {
					bodies = bodies[:len(bodies)-1]
				}
			case "(":
				brackets++
			case ")":
				brackets = max(0, brackets-1)
			}
			continue
		}
		if t.Kind != lexical.Word || i+1 >= len(r.tokens) {
			continue
		}
		outer := ""
		members := len(bodies) == 0
		if n := len(bodies); n > 0 {
			outer, members = bodies[n-1].class, bodies[n-1].members
		}
		switch {
		case isType(t.Text) && r.tokens[i+1].Kind == lexical.Word && (i == 0 || !r.tokens[i-1].Is(".")):
			pending = r.class(i, outer)
		case t.Is("package") && i == 0:
			r.scope, _ = r.qualified(i + 1)
		case members && outer != "" && brackets == 0 && pending == "":
			r.member(i, outer)
		}
		r.word(i)
	}
}

func isType(word string) bool {
	switch word {
	case "class", "interface", "enum", "record", "object", "@interface":
		return true
	}
	return false
}

// qualified reads a.b.c from token i on.
func (r *reader) qualified(i int) (string, int) {
	var b strings.Builder
	for ; i < len(r.tokens) && (r.tokens[i].Kind == lexical.Word || r.tokens[i].Is(".")); i++ {
		b.WriteString(r.tokens[i].Text)
		if i+1 < len(r.tokens) && r.tokens[i+1].Kind == lexical.Word && !r.tokens[i].Is(".") {
			break
		}
	}
	return b.String(), i
}

func (r *reader) class(i int, outer string) string {
	name := r.tokens[i+1].Text
	if outer != "" && len(outer) < longestOwner {
		name = outer + "." + name
	}
	r.facts.Add(r.tokens[i+1].Line, code.Symbol, name, r.scope)
	r.prefix = ""
	for _, m := range r.held {
		if m.request && len(m.paths) > 0 {
			r.prefix = m.paths[0]
		}
	}
	r.held = nil
	return name
}

// member reads a method or a field: a type and a name, or fun, val and var.
func (r *reader) member(i int, class string) {
	t, after := r.tokens[i], r.tokens[i+1]
	if i == 0 || isModifier(t.Text) || t.Text[0] == '@' {
		return
	}
	before := r.tokens[i-1]
	typed := before.Kind == lexical.Word && !isStatement(before.Text) && before.Text[0] != '@' || before.Is(">") || before.Is("]")
	constructor := after.Is("(") && strings.HasSuffix("."+class, "."+t.Text)
	constant := after.Is("(") || after.Is(",") || after.Is(";") || after.Is("}") // of an enum
	switch {
	case constructor:
	case typed && (after.Is("(") || after.Is("=") || after.Is(";") || after.Is(":")):
		r.facts.Add(t.Line, code.Symbol, class+"."+t.Text, r.scope)
		if after.Is("(") {
			r.handle()
		} else {
			r.field(i)
		}
	case constant && (before.Is("{") || before.Is(",")) && t.Text == strings.ToUpper(t.Text):
		r.facts.Add(t.Line, code.Symbol, class+"."+t.Text, r.scope)
	}
}

// field reads PORT = 8080.
func (r *reader) field(i int) {
	r.held = nil
	if i+3 < len(r.tokens) && r.tokens[i+1].Is("=") && r.tokens[i+3].Is(";") {
		if text, ok := lexical.Literal(r.tokens[i+2 : i+3]); ok {
			r.facts.PortText(r.tokens[i].Line, r.tokens[i].Text, text)
		}
	}
}

// handle tells the routes that the annotations of a method map to it.
func (r *reader) handle() {
	if len(r.held) == 0 {
		return
	}
	methods := []string{}
	paths := []string{}
	line := r.held[0].line
	for _, m := range r.held {
		methods = append(methods, m.methods...)
		paths = append(paths, m.paths...)
	}
	r.held = nil
	if len(methods) == 0 {
		methods = []string{"*"}
	}
	if len(paths) == 0 {
		paths = []string{""}
	}
	for _, m := range methods {
		for _, p := range paths {
			r.facts.Add(line, code.Endpoint, lexical.Endpoint(m, r.prefix, p), "")
		}
	}
}

func isModifier(word string) bool {
	switch word {
	case "public", "private", "protected", "static", "final", "abstract", "synchronized", "default", "native", "volatile", "transient", "override", "open", "suspend", "val", "var", "fun", "lateinit", "const", "throws", "extends", "implements", "return", "new":
		return true
	}
	return false
}

func isStatement(word string) bool {
	switch word {
	case "return", "new", "throw", "package", "import", "throws", "extends", "implements":
		return true
	}
	return false
}
