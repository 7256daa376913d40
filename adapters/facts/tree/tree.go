// Package tree reads YAML, JSON, TOML and properties into one shape, keys in their
// order with their lines, however much of a file can be read. What aliases expand
// to is bounded.
package tree

import (
	"strings"
)

const (
	// mostNodes bounds a tree, with what its aliases expand to.
	mostNodes = 100_000
	// deepest bounds how far a tree is nested.
	deepest = 64
)

// Node is a value: a scalar, a list or a mapping.
type Node struct {
	// Key is the name in the mapping around it; empty in a list and at the root.
	Key  string
	Line int
	// Text is a scalar as it is written, without quotes.
	Text string
	// Scalar says that the node is one.
	Scalar bool
	// List says that the fields have no keys.
	List   bool
	Fields []*Node
}

// At returns the node under the keys; nil when there is none. It is nil for a nil
// node.
func (n *Node) At(keys ...string) *Node {
	for _, key := range keys {
		if n == nil {
			return nil
		}
		n = n.field(key)
	}
	return n
}

func (n *Node) field(key string) *Node {
	for _, f := range n.Fields {
		if f.Key == key && !n.List {
			return f
		}
	}
	return nil
}

// Each yields the fields of a node; none of a nil node.
func (n *Node) Each(yield func(*Node) bool) {
	if n == nil {
		return
	}
	for _, f := range n.Fields {
		if !yield(f) {
			return
		}
	}
}

// Value returns the text of a scalar; false when the node is nil or none.
func (n *Node) Value() (string, bool) {
	if n == nil || !n.Scalar {
		return "", false
	}
	return n.Text, true
}

// Texts returns the scalars of a list, or the one that the node is.
func (n *Node) Texts() []string {
	if text, ok := n.Value(); ok {
		return []string{text}
	}
	var texts []string
	for f := range n.Each {
		if text, ok := f.Value(); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// Scalars yields every key below a mapping, joined by dots with those above, and
// its value: a scalar, or a list of scalars as one text joined by commas. The
// elements of other lists have the keys of the list and, because there may be
// several, no values.
func (n *Node) Scalars(yield func(path string, value *Node) bool) {
	n.walk("", 0, false, yield)
}

func (n *Node) walk(path string, depth int, listed bool, yield func(string, *Node) bool) bool {
	if depth > deepest {
		return true
	}
	if path != "" && !(listed && n.Key == "") {
		value := &Node{Key: n.Key, Line: n.Line}
		if n.Scalar && !listed {
			value = n
		} else if joined, ok := n.joined(); ok && !listed {
			value = joined
		}
		if !yield(path, value) {
			return false
		}
	}
	for _, f := range n.Fields {
		below := path
		switch {
		case n.List:
			if f.Scalar {
				continue
			}
		case path == "":
			below = f.Key
		default:
			below = path + "." + f.Key
		}
		if !f.walk(below, depth+1, listed || n.List, yield) {
			return false
		}
	}
	return true
}

func (n *Node) joined() (*Node, bool) {
	var texts []string
	if !n.List || len(n.Fields) == 0 {
		return nil, false
	}
	for _, f := range n.Fields {
		if !f.Scalar {
			return nil, false
		}
		texts = append(texts, f.Text)
	}
	return &Node{Key: n.Key, Line: n.Line, Scalar: true, Text: strings.Join(texts, ",")}, true
}
