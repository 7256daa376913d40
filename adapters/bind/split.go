package bind

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strconv"
	"time"
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
// the receiver fills in the same defaults.
func (p *Plan) Split(command any) (Parts, error) {
	v := reflect.ValueOf(command).Elem()
	parts := Parts{Path: make(map[string]string, len(p.path)), Query: make(url.Values)}
	for _, f := range p.path {
		parts.Path[f.name] = f.node.text(v.FieldByIndex(f.index))
	}
	for _, f := range p.query {
		f.node.addTo(parts.Query, f.name, v.FieldByIndex(f.index))
	}
	if p.stream != nil {
		parts.Body, _ = v.FieldByIndex(p.stream.index).Interface().(io.Reader)
		return parts, nil
	}
	if len(p.body) == 0 {
		return parts, nil
	}
	body, err := p.bodyOf(v)
	parts.Body = bytes.NewReader(body)
	return parts, err
}

// JSON writes a command as one object with every field that is set: the inverse
// of BindJSON.
func (p *Plan) JSON(command any) ([]byte, error) {
	return writeFields(p.object.fields, reflect.ValueOf(command).Elem())
}

func (p *Plan) bodyOf(v reflect.Value) ([]byte, error) { return writeFields(p.body, v) }

func writeFields(fields []*field, v reflect.Value) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for _, f := range fields {
		value := v.FieldByIndex(f.index)
		if f.place == "stream" || value.IsZero() && !f.rules.required {
			continue
		}
		data, err := json.Marshal(value.Interface())
		if err != nil {
			return nil, fmt.Errorf("bind: writing %s: %w", f.name, err)
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(f.name) + ":")
		b.Write(data)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (n *node) addTo(query url.Values, name string, v reflect.Value) {
	reached, ok := n.reach(v)
	switch {
	case !ok:
	case n.kind == kindArray:
		for i := range reached.Len() {
			query.Add(name, n.elem.text(reached.Index(i)))
		}
	case n.pointer || !reached.IsZero():
		query.Set(name, n.text(v))
	}
}

// text writes a scalar; the inverse of parse.
func (n *node) text(v reflect.Value) string {
	v, ok := n.reach(v)
	if !ok {
		return ""
	}
	switch n.kind {
	case kindTime:
		return v.Interface().(time.Time).Format(time.RFC3339Nano)
	case kindBytes:
		return base64.StdEncoding.EncodeToString(v.Bytes())
	case kindFloat:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	}
	return fmt.Sprint(v.Interface())
}
