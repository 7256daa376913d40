package tree

import (
	"bytes"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// otherBreaks are what YAML takes for the end of a line and nothing else here does.
var otherBreaks = strings.NewReplacer("\r\n", "\r\n", "\r", " ", "\u0085", "  ", "\u2028", "   ", "\u2029", "   ")

// YAML returns the documents of a source. One that does not parse, as a template
// of Helm, is read line by line: its nesting is what its indentation says.
func YAML(source []byte) []*Node {
	var documents []*Node
	decoder := yaml.NewDecoder(strings.NewReader(otherBreaks.Replace(string(source))))
	for len(documents) < 1000 {
		var root yaml.Node
		if err := decoder.Decode(&root); err != nil {
			if len(documents) == 0 && err.Error() != "EOF" {
				return []*Node{indented(source)}
			}
			return documents
		}
		if len(root.Content) > 0 {
			r := expander{left: mostNodes}
			documents = append(documents, r.node("", root.Content[0], 0))
		}
	}
	return documents
}

// expander follows aliases as long as nodes are left.
type expander struct{ left int }

func (r *expander) node(key string, from *yaml.Node, depth int) *Node {
	for hops := 0; from.Kind == yaml.AliasNode && hops < 8; hops++ {
		from = from.Alias
	}
	n := &Node{Key: key, Line: from.Line}
	if r.left--; r.left <= 0 || depth > deepest {
		return n
	}
	switch from.Kind {
	case yaml.ScalarNode:
		n.Text, n.Scalar = from.Value, true
	case yaml.SequenceNode:
		n.List = true
		for _, item := range from.Content {
			if r.left <= 0 {
				return n
			}
			n.Fields = append(n.Fields, r.node("", item, depth+1))
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(from.Content) && r.left > 0; i += 2 {
			if from.Content[i].Tag == "!!merge" {
				n.Fields = append(n.Fields, r.node("", from.Content[i+1], depth+1).Fields...)
				continue
			}
			field := r.node(from.Content[i].Value, from.Content[i+1], depth+1)
			field.Line = from.Content[i].Line
			n.Fields = append(n.Fields, field)
		}
	}
	return n
}

var setting = regexp.MustCompile(`^(\s*(?:- +)*)["']?([A-Za-z_][\w./-]*)["']?\s*:(?:\s+(.*?))?\s*$`)

// indented reads "key: value" lines.
func indented(source []byte) *Node {
	root := &Node{Line: 1}
	type level struct {
		node   *Node
		column int
		listed bool // within a list, whose elements have no values of their own
	}
	levels := []level{{root, -1, false}}
	line := 0
	for raw := range bytes.Lines(source) {
		line++
		if len(raw) > 2000 || bytes.IndexByte(raw, ':') < 0 {
			continue
		}
		m := setting.FindSubmatch(bytes.TrimRight(raw, "\r\n"))
		if m == nil {
			continue
		}
		column := len(m[1])
		for levels[len(levels)-1].column >= column {
			levels = levels[:len(levels)-1]
		}
		value := string(m[3])
		n := &Node{Key: string(m[2]), Line: line}
		outer := levels[len(levels)-1]
		listed := outer.listed || bytes.IndexByte(m[1], '-') >= 0
		if !listed && value != "" && value[0] != '#' && !strings.ContainsAny(value[:1], "{[&*|>!") && !strings.Contains(value, "{{") {
			n.Scalar, n.Text = true, strings.Trim(value, `"'`)
		}
		outer.node.Scalar = false
		outer.node.Fields = append(outer.node.Fields, n)
		if len(levels) < deepest {
			levels = append(levels, level{n, column, listed})
		}
	}
	return root
}
