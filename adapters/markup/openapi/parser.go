// Package openapi parses descriptions of HTTP interfaces (OpenAPI 3 and Swagger
// 2, in YAML or JSON) as documents: a heading for the title, for each path and
// method and for each schema, and a paragraph for each description.
package openapi

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/span"
)

var version = regexp.MustCompile(`(?m)^[\s{]*["']?(?:openapi|swagger)["']?\s*:\s*["']?\d`)

// Recognises reports whether a source says that it describes an interface.
func Recognises(source []byte) bool { return version.Match(source[:min(len(source), 4096)]) }

// Parse returns the tree of a source. One that breaks YAML is a Problem, and its
// tree holds nothing else.
func Parse(source []byte) *document.Tree {
	root := &document.Block{End: len(source)}
	tree := &document.Tree{Format: document.FormatOpenAPI, Root: root}
	var node yaml.Node
	if err := yaml.Unmarshal(source, &node); err != nil {
		start, end := faulty(source, err.Error())
		tree.Problems = []document.Problem{{Start: start, End: end, Message: "The description is no YAML or JSON: " + err.Error()}}
		return tree
	}
	if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
		p := &parser{source: source, lines: span.NewLines(source), root: root}
		p.mapping(node.Content[0], nil, len(source))
		outline.Settle(root, len(source))
	}
	return tree
}

var lineNumber = regexp.MustCompile(`line (\d+)`)

func faulty(source []byte, message string) (int, int) {
	m := lineNumber.FindStringSubmatch(message)
	if m == nil {
		return 0, len(source)
	}
	number, _ := strconv.Atoi(m[1])
	start := span.NewLines(source).Start(number)
	return start, outline.LineEnd(source, start)
}

type parser struct {
	source []byte
	lines  *span.Lines
	root   *document.Block
}

// offset is where a node begins; columns of YAML count characters.
func (p *parser) offset(n *yaml.Node) int {
	at := p.lines.Start(n.Line)
	for column := n.Column; column > 1 && at < len(p.source); column-- {
		at++
		for at < len(p.source) && p.source[at]&0xC0 == 0x80 {
			at++
		}
	}
	return min(at, len(p.source))
}

// mapping walks the settings of an object that ends at end.
func (p *parser) mapping(n *yaml.Node, path []string, end int) {
	switch n.Kind {
	case yaml.SequenceNode:
		for i, item := range n.Content {
			p.mapping(item, append(path[:len(path):len(path)], strconv.Itoa(i)), p.until(n, i+1, end))
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			p.setting(key, value, append(path[:len(path):len(path)], key.Value), p.until(n, i+2, end))
		}
	}
}

// until is where the i-th part of a node begins, or else where the node ends.
func (p *parser) until(n *yaml.Node, i, end int) int {
	if i < len(n.Content) {
		return p.offset(n.Content[i])
	}
	return end
}

func (p *parser) setting(key, value *yaml.Node, path []string, end int) {
	last := len(path) - 1
	switch {
	case value.Kind == yaml.ScalarNode && len(path) == 2 && path[0] == "info" && key.Value == "title":
		p.add(document.KindHeading, 1, p.offset(value), end, value.Value)
	case value.Kind == yaml.ScalarNode && (key.Value == "description" || key.Value == "summary") && path[max(last-1, 0)] != "properties":
		p.add(document.KindParagraph, 0, p.offset(value), end, value.Value)
	case len(path) == 2 && path[0] == "paths":
		p.heading(2, key, key.Value)
	case len(path) == 3 && path[0] == "paths" && method(key.Value):
		p.heading(3, key, strings.ToUpper(key.Value)+" "+path[1])
	case path[0] == "components" && len(path) == 3 || path[0] == "definitions" && len(path) == 2:
		p.heading(2, key, key.Value)
	}
	p.mapping(value, path, end)
}

func method(name string) bool {
	switch name {
	case "get", "put", "post", "delete", "options", "head", "patch", "trace":
		return true
	}
	return false
}

func (p *parser) heading(level int, key *yaml.Node, text string) {
	start := p.offset(key)
	end := min(start+len(key.Value), len(p.source))
	if start < len(p.source) && (p.source[start] == '"' || p.source[start] == '\'') {
		end = min(end+2, len(p.source))
	}
	p.add(document.KindHeading, level, start, end, text)
}

// add appends a block that says text. A value in JSON or flow style ends with its
// quote, before the comma or bracket that follows it.
func (p *parser) add(kind document.Kind, level, start, end int, text string) {
	if start < 0 || start >= end || text == "" {
		return
	}
	end = p.valueEnd(start, outline.TrimRight(p.source, start, end), text)
	b := &document.Block{Kind: kind, Level: level, Start: start, End: end}
	b.Children = []*document.Block{{Kind: document.KindText, Start: start, End: end, Text: text}}
	p.root.Children = append(p.root.Children, b)
}

// valueEnd is where a value that says text ends.
func (p *parser) valueEnd(start, end int, text string) int {
	quote := p.source[start]
	if bytes.HasPrefix(p.source[start:end], []byte(text)) {
		return start + len(text)
	}
	if quote != '"' && quote != '\'' {
		return end
	}
	for at := start + 1; at < end; at++ {
		switch {
		case p.source[at] == '\\' && quote == '"':
			at++
		case p.source[at] == quote && quote == '\'' && at+1 < end && p.source[at+1] == quote:
			at++
		case p.source[at] == quote:
			return at + 1
		}
	}
	return end
}
