package bind

import (
	"bytes"
	"io"
	"net/url"
	"reflect"

	"github.com/docsteward/docsteward/domain"
)

// Parts are what a command is made of on the wire.
type Parts struct {
	// Path holds the values of the names in the route, unescaped.
	Path map[string]string
	// Query holds the query without zero values.
	Query url.Values
	// Body is the JSON body, or the stream; nil when the command takes none.
	Body io.Reader
}

// Split takes a command apart: the inverse of Bind. Zero values are left out;
// the receiver fills in the same defaults. It fails with Invalid when the
// command holds what a path or JSON cannot carry.
func (p *Plan) Split(command any) (Parts, error) {
	v := reflect.ValueOf(command).Elem()
	parts := Parts{Path: make(map[string]string, len(p.path)), Query: make(url.Values, len(p.query))}
	for _, f := range p.path {
		text := f.node.text(f.in(v))
		if err := CheckSegment(f.name, text); err != nil {
			return parts, err
		}
		parts.Path[f.name] = text
	}
	for _, f := range p.query {
		f.node.addTo(parts.Query, f.name, f.in(v))
	}
	if p.stream != nil {
		parts.Body, _ = p.stream.in(v).Interface().(io.Reader)
		return parts, nil
	}
	if len(p.body) == 0 {
		return parts, nil
	}
	body, err := writeFields(make([]byte, 0, 512), p.body, v)
	if err != nil {
		return parts, unwritable(err)
	}
	parts.Body = bytes.NewReader(body)
	return parts, nil
}

// JSON writes a command as one object with every field that is set: the inverse
// of BindJSON. It fails with Invalid when JSON cannot carry a value.
func (p *Plan) JSON(command any) ([]byte, error) {
	data, err := writeFields(nil, p.object.fields, reflect.ValueOf(command).Elem())
	if err != nil {
		return nil, unwritable(err)
	}
	return data, nil
}

func unwritable(err error) error {
	return domain.Invalid.Wrap(err, "The command cannot be written as JSON: "+err.Error()+".")
}

// CheckSegment fails with Invalid when a path cannot carry the value of the
// named field: an empty one makes another route, and dots are steps.
func CheckSegment(name, value string) error {
	if value == "" || value == "." || value == ".." {
		return domain.Invalid.New("The request is not valid; correct the fields that are named.").
			WithField(name, "path", "must not be empty, . or ..")
	}
	return nil
}

func (n *node) addTo(query url.Values, name string, v reflect.Value) {
	value, ok := n.holds(v)
	switch {
	case !ok:
	case n.kind == kindArray:
		for i := range value.Len() {
			query.Add(name, n.elem.text(value.Index(i)))
		}
	case n.pointer || !value.IsZero():
		query.Set(name, n.text(value))
	}
}
