package frontmatter

import (
	"errors"
	"math"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/docsteward/docsteward/domain/document"
)

// maxNodes bounds what aliases of a YAML document may expand to.
const maxNodes = 100_000

var (
	errNotMapping = errors.New("it must be a list of settings such as \"title: Guide\"")
	errTooLarge   = errors.New("its aliases expand to too much")
)

// parseYAML keeps dates as they are spelled, because metadata holds what JSON can.
func parseYAML(text []byte) (document.Metadata, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if root.Kind == 0 {
		return document.Metadata{}, nil
	}
	r := yamlReader{left: maxNodes}
	value, err := r.value(root.Content[0])
	if err != nil {
		return nil, err
	}
	switch value := value.(type) {
	case map[string]any:
		return value, nil
	case nil:
		return document.Metadata{}, nil
	}
	return nil, errNotMapping
}

type yamlReader struct{ left int }

func (r *yamlReader) value(n *yaml.Node) (any, error) {
	if r.left--; r.left < 0 {
		return nil, errTooLarge
	}
	switch n.Kind {
	case yaml.AliasNode:
		return r.value(n.Alias)
	case yaml.MappingNode:
		return r.mapping(n)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, item := range n.Content {
			value, err := r.value(item)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		return list, nil
	}
	return scalar(n), nil
}

func (r *yamlReader) mapping(n *yaml.Node) (any, error) {
	object := make(map[string]any, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		value, err := r.value(n.Content[i+1])
		if err != nil {
			return nil, err
		}
		if inner, ok := value.(map[string]any); ok && n.Content[i].Tag == "!!merge" {
			for key, value := range inner {
				if _, set := object[key]; !set {
					object[key] = value
				}
			}
			continue
		}
		object[n.Content[i].Value] = value
	}
	return object, nil
}

func scalar(n *yaml.Node) any {
	var value any
	switch n.ShortTag() {
	case "!!bool", "!!int", "!!float", "!!null":
		if n.Decode(&value) != nil {
			return n.Value
		}
	default:
		return n.Value
	}
	if f, ok := value.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
		return n.Value
	}
	return value
}
