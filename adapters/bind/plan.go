package bind

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"regexp"
)

// Plan says how one command type is read and written. It is immutable and safe
// for concurrent use.
type Plan struct {
	object *object
	path   []*field
	query  []*field
	body   []*field
	stream *field
	moved  map[string]*field
}

// For returns the plan of a command type, a struct. It fails, naming the field,
// when the type or a tag cannot be served.
func For(t reflect.Type) (*Plan, error) {
	if t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("bind: the command %s is not a struct", t)
	}
	b := newBuilder()
	o, err := b.object(t)
	if err != nil {
		return nil, err
	}
	if err := onlyTopLevelMoves(o, b.objects); err != nil {
		return nil, err
	}
	p := &Plan{object: o, moved: make(map[string]*field)}
	for _, f := range o.fields {
		switch f.place {
		case "path":
			p.path = append(p.path, f)
			p.moved[f.name] = f
		case "query":
			p.query = append(p.query, f)
			p.moved[f.name] = f
		case "stream":
			p.stream = f
		default:
			p.body = append(p.body, f)
		}
	}
	if p.stream != nil && len(p.body) > 0 {
		return nil, fmt.Errorf("bind: %s has a body stream beside body fields", t)
	}
	return p, nil
}

func onlyTopLevelMoves(top *object, all map[reflect.Type]*object) error {
	for _, o := range all {
		for _, f := range o.fields {
			if o != top && f.place != "" {
				return fmt.Errorf("bind: %s.%s is moved out of the body and lies below the top level", o.typ, f.name)
			}
		}
	}
	return nil
}

var pathName = regexp.MustCompile(`\{([^}]+)\}`)

// CheckPath fails when the names in a route and the path fields of the plan are
// not the same.
func (p *Plan) CheckPath(route string) error {
	names := make(map[string]bool)
	for _, match := range pathName.FindAllStringSubmatch(route, -1) {
		names[match[1]] = true
		if f := p.moved[match[1]]; f == nil || f.place != "path" {
			return fmt.Errorf("bind: the route %s names {%s}, and %s has no such path field", route, match[1], p.object.typ)
		}
	}
	for _, f := range p.path {
		if !names[f.name] {
			return fmt.Errorf("bind: %s has the path field %s, and the route %s does not name it", p.object.typ, f.name, route)
		}
	}
	return nil
}

// HasBody reports whether the command takes a body.
func (p *Plan) HasBody() bool { return len(p.body) > 0 || p.stream != nil }

// Place returns where HTTP carries the named field: "path", "query" or "body".
func (p *Plan) Place(name string) string {
	if f := p.moved[name]; f != nil {
		return f.place
	}
	return "body"
}

// IsText reports whether JSON writes the value of the named field as a string.
func (p *Plan) IsText(name string) bool {
	f := p.object.byName[name]
	return f != nil && f.node != nil && (f.node.kind == kindString || f.node.kind == kindTime || f.node.kind == kindBytes)
}

// Source is where a command is read from.
type Source struct {
	// Path returns the value of a name in the route, unescaped.
	Path func(name string) string
	// Query holds the query; may be nil.
	Query url.Values
	// Body is the JSON body; nil or empty is no body.
	Body io.Reader
	// Size is how many bytes the body holds; 0 when that is not known.
	Size int64
	// Unknown is told of names that the command does not have, and they are
	// ignored. When it is nil they are refused.
	Unknown func(name string)
}

// body returns the JSON body; a small one of known size in a buffer that need not
// grow.
func (s Source) body() (io.Reader, error) {
	const small = 64 << 10
	if s.Body == nil || s.Size <= 0 || s.Size > small {
		return s.Body, nil
	}
	whole := make([]byte, s.Size)
	n, err := io.ReadFull(s.Body, whole)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return bytes.NewBuffer(whole[:n]), nil
}

// Bind reads a command, a pointer to a zero value of the plan's type. It fails
// with one Invalid fault that lists every field that is wrong, with TooLarge
// when the body says so, and with Invalid when the body is not JSON. Defaults
// are filled in.
func (p *Plan) Bind(command any, src Source) error {
	v := reflect.ValueOf(command).Elem()
	var found faults
	for _, f := range p.path {
		p.bindText(&found, f, v, []string{src.Path(f.name)})
	}
	p.bindQuery(&found, v, src)
	switch {
	case p.stream != nil:
		body := src.Body
		if body == nil {
			body = eof{}
		}
		p.stream.in(v).Set(reflect.ValueOf(&body).Elem())
	case len(p.body) > 0 || src.Body != nil:
		body, err := src.body()
		if err != nil {
			return malformed(err)
		}
		if err := decodeObject(&found, p.object, v, body, p.moved, src.Unknown); err != nil {
			return err
		}
	}
	return found.fault()
}

// BindJSON reads a command from one JSON object that holds every field, wherever
// HTTP would carry it. It fails as Bind does.
func (p *Plan) BindJSON(command any, r io.Reader) error {
	var found faults
	if err := decodeObject(&found, p.object, reflect.ValueOf(command).Elem(), r, nil, nil); err != nil {
		return err
	}
	return found.fault()
}

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }
