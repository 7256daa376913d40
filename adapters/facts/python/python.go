// Package python reads the facts of Python source: what is declared, the options
// of argparse, click and typer, variables of the environment, the routes of Flask,
// FastAPI and Django, and messages.
package python

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
	module string
	urls   bool
	// blocks are the classes and functions around the line that is read.
	blocks   []block
	prefixes map[string]string // of routers by variable
	decorate []string          // commands that the next function may name
}

// block is a class or a function.
type block struct {
	name     string
	column   int
	function bool
	settings bool // its fields are variables
	prefix   string
}

// Extract returns the facts of a file.
func Extract(name string, content []byte) []code.Fact {
	text := string(content)
	base := path.Base(name)
	r := &reader{
		facts:    lexical.NewFacts(name, isTest(name)),
		tokens:   lexical.Scan(text, lexical.Syntax{Hash: true, Triple: true, Single: true}),
		module:   strings.TrimSuffix(base, path.Ext(base)),
		urls:     strings.Contains(base, "urls") || strings.Contains(text, "django.urls") || strings.Contains(text, "django.conf.urls"),
		prefixes: map[string]string{},
	}
	if r.module == "__init__" {
		r.module = path.Base(path.Dir(name))
	}
	r.read()
	r.facts.Guess(r.tokens)
	return r.facts.Sorted()
}

func isTest(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, "test_") || strings.HasSuffix(base, "_test.py") || base == "conftest.py" || strings.Contains("/"+name, "/tests/")
}

func (r *reader) read() {
	depth, line := 0, 0
	for i, t := range r.tokens {
		if t.Kind == lexical.Mark {
			switch t.Text {
			case "(", "[", "{":
				depth++
			case ")", "]", "}":
				depth = max(0, depth-1)
			}
		}
		first := t.Line != line && depth == 0
		line = t.Line
		if first {
			r.statement(i)
		}
		if t.Kind == lexical.Word {
			r.word(i)
		}
	}
}

// statement reads the beginning of a line that is not within brackets.
func (r *reader) statement(i int) {
	t := r.tokens[i]
	for len(r.blocks) > 0 && r.blocks[len(r.blocks)-1].column >= t.Column {
		r.blocks = r.blocks[:len(r.blocks)-1]
	}
	if t.Is("async") && i+1 < len(r.tokens) {
		i++
	}
	switch {
	case r.tokens[i].Is("class") && i+1 < len(r.tokens):
		r.class(i, t.Column)
	case r.tokens[i].Is("def") && i+1 < len(r.tokens):
		name := r.tokens[i+1].Text
		r.symbol(t.Line, name)
		for _, command := range r.decorate {
			if command == "" {
				command = strings.ReplaceAll(name, "_", "-")
			}
			r.facts.Add(t.Line, code.Command, command, "")
		}
		r.decorate = r.decorate[:0]
		r.parameters(i + 2)
		r.open(block{name: name, column: t.Column, function: true})
	case t.Kind == lexical.Word && i+2 < len(r.tokens):
		r.assignment(i)
	}
}

func (r *reader) class(i, column int) {
	name := r.tokens[i+1].Text
	r.symbol(r.tokens[i].Line, name)
	made := block{name: name, column: column}
	if i+2 < len(r.tokens) && r.tokens[i+2].Is("(") {
		bases, _ := lexical.Arguments(r.tokens, i+2)
		for _, b := range bases {
			made.settings = made.settings || len(b) > 0 && b[len(b)-1].Is("BaseSettings")
		}
		if prefix, ok := lexical.Text(lexical.Named(bases, "env_prefix")); ok {
			made.prefix = prefix
		}
	}
	r.open(made)
}

// open enters a class or a function, as far as they are nested by hand.
func (r *reader) open(b block) {
	if len(r.blocks) < 32 {
		r.blocks = append(r.blocks, b)
	}
}

// symbol tells a name that is declared here, unless it is local to a function.
func (r *reader) symbol(line int, name string) {
	for i := len(r.blocks) - 1; i >= 0; i-- {
		if r.blocks[i].function {
			return
		}
		name = r.blocks[i].name + "." + name
	}
	r.facts.Add(line, code.Symbol, name, r.module)
}

func (r *reader) local() bool {
	for _, b := range r.blocks {
		if b.function {
			return true
		}
	}
	return false
}

// assignment reads NAME = value and name: type = value.
func (r *reader) assignment(i int) {
	t, at := r.tokens[i], i+1
	var annotated bool
	if r.tokens[at].Is(":") {
		annotated = true
		for at < len(r.tokens) && !r.tokens[at].Is("=") && r.tokens[at].Line == t.Line {
			at++
		}
	}
	assigned := at+1 < len(r.tokens) && r.tokens[at].Is("=") && !r.tokens[at+1].Is("=")
	if isKeyword(t.Text) || !assigned && (!annotated || len(r.blocks) == 0) {
		return
	}
	var right []lexical.Token
	if assigned {
		right = r.rest(at + 1)
	}
	if prefix, ok := routerPrefix(right); ok {
		r.prefixes[t.Text] = prefix
	}
	if r.local() {
		return
	}
	r.symbol(t.Line, t.Text)
	value, known := lexical.Literal(right)
	if t.Text == "__version__" || t.Text == "VERSION" && lexical.IsVersion(value) {
		if known {
			r.facts.AddValue(t.Line, code.Version, r.module, value, "")
		}
	}
	if known {
		r.facts.PortText(t.Line, t.Text, value)
	}
	if n := len(r.blocks); n > 0 && r.blocks[n-1].settings && t.Text != "model_config" {
		r.facts.AddKnown(t.Line, code.Variable, strings.ToUpper(r.blocks[n-1].prefix+t.Text), value, known, r.blocks[n-1].name)
	}
	if n := len(r.blocks); n > 0 && t.Text == "model_config" && len(right) > 1 && right[1].Is("(") {
		arguments, _ := lexical.Arguments(right, 1)
		r.blocks[n-1].prefix, _ = lexical.Text(lexical.Named(arguments, "env_prefix"))
	}
}

// rest returns the tokens from i to the end of the statement.
func (r *reader) rest(i int) []lexical.Token {
	depth, line := 0, r.tokens[i-1].Line
	end := i
	for ; end < len(r.tokens) && end-i < 4000; end++ {
		t := r.tokens[end]
		if depth == 0 && t.Line != line {
			break
		}
		switch {
		case t.Is("(") || t.Is("[") || t.Is("{"):
			depth++
		case t.Is(")") || t.Is("]") || t.Is("}"):
			depth--
		}
		line = t.Line
	}
	return r.tokens[i:end]
}

func isKeyword(word string) bool {
	switch word {
	case "if", "else", "elif", "for", "while", "try", "except", "finally", "with", "return", "raise", "import", "from", "lambda", "assert", "yield", "del", "pass", "print", "match", "case":
		return true
	}
	return false
}
