package tree

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
)

// JSON returns what can be read of a source before it breaks.
func JSON(source []byte) *Node {
	r := &jsonReader{decoder: json.NewDecoder(bytes.NewReader(source)), lines: lexical.LinesOf(source), left: mostNodes}
	r.decoder.UseNumber()
	root := &Node{Line: 1}
	r.value(root, 0)
	return root
}

type jsonReader struct {
	decoder *json.Decoder
	lines   lexical.Lines
	left    int
}

// value reads one value into a node; false when the source broke or is too large.
func (r *jsonReader) value(n *Node, depth int) bool {
	token, err := r.decoder.Token()
	if r.left--; err != nil || r.left <= 0 || depth > deepest {
		return false
	}
	switch t := token.(type) {
	case json.Delim:
		n.List = t == '['
		return r.fields(n, depth)
	case nil:
		n.Scalar, n.Text = true, "null"
	default:
		n.Scalar, n.Text = true, fmt.Sprint(t)
	}
	return true
}

func (r *jsonReader) fields(n *Node, depth int) bool {
	for r.decoder.More() {
		field := &Node{}
		if !n.List {
			token, err := r.decoder.Token()
			key, ok := token.(string)
			if err != nil || !ok {
				return false
			}
			field.Key = key
		}
		field.Line = r.lines.At(int(r.decoder.InputOffset()))
		n.Fields = append(n.Fields, field)
		if !r.value(field, depth+1) {
			return false
		}
	}
	_, err := r.decoder.Token()
	return err == nil
}
