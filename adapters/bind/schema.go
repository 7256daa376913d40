package bind

import (
	"fmt"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Schemas gathers the JSON schemas of named types for a document that refers to
// them. What is read and what is written have schemas of their own: an input
// refuses unknown fields and has bounds, an output may grow. The zero value is
// ready.
type Schemas struct {
	// Components maps a name for every struct met to its schema.
	Components map[string]any

	types map[string]reflect.Type
}

// use is what a schema is for. Its text is the end of the names of components.
type use string

const (
	output  use = ""
	input   use = "Input"
	lenient use = "LenientInput"
)

// Parameter is a path or query parameter of a document.
type Parameter struct {
	Name, In, Description string
	Required              bool
	Schema                map[string]any
}

// Parameters returns the path and query parameters of a plan, in field order.
func (s *Schemas) Parameters(p *Plan) ([]Parameter, error) {
	var out []Parameter
	for _, f := range slices.Concat(p.path, p.query) {
		bare := *f
		if f.node.bare != nil {
			bare.node = f.node.bare // A text is never null.
		}
		schema, err := s.field(&bare, input)
		if err != nil {
			return nil, err
		}
		delete(schema, "description")
		out = append(out, Parameter{
			Name: f.name, In: f.place, Description: f.rules.description,
			Required: f.rules.required || f.place == "path", Schema: schema,
		})
	}
	return out, nil
}

// Body returns the schema of the body of a plan; nil when it takes none. With
// ignoresUnknown, unknown fields are allowed.
func (s *Schemas) Body(p *Plan, ignoresUnknown bool) (map[string]any, error) {
	switch {
	case len(p.body) == 0:
		return nil, nil
	case ignoresUnknown:
		return s.fields(p.body, lenient)
	}
	return s.fields(p.body, input)
}

// Whole returns the schema of the one object that BindJSON reads.
func (s *Schemas) Whole(p *Plan) (map[string]any, error) { return s.fields(p.object.fields, input) }

// Of returns the schema of a value's type, as an answer holds it. It fails when
// two types share a name.
func (s *Schemas) Of(t reflect.Type) (map[string]any, error) {
	n, err := newBuilder().node(t)
	if err != nil {
		return nil, err
	}
	return s.node(n, output)
}

func (s *Schemas) fields(fields []*field, u use) (map[string]any, error) {
	properties := make(map[string]any, len(fields))
	var required []string
	for _, f := range fields {
		if f.place == "stream" {
			continue
		}
		schema, err := s.field(f, u)
		if err != nil {
			return nil, err
		}
		properties[f.name] = schema
		if u == output && !f.mayLack || u != output && (f.rules.required || f.place == "path") {
			required = append(required, f.name)
		}
	}
	out := map[string]any{"type": "object", "properties": properties}
	if u == input {
		out["additionalProperties"] = false
	}
	if len(required) > 0 {
		out["required"] = required
	}
	return out, nil
}

func (s *Schemas) field(f *field, u use) (map[string]any, error) {
	n := f.node
	if u != output && f.rules.required && n.pointer {
		n = n.bare // null is no value
	}
	schema, err := s.ruled(n, &f.rules, u)
	if err == nil && f.rules.description != "" {
		schema["description"] = f.rules.description
	}
	return schema, err
}

// ruled returns the schema of a node with the rules given for it.
func (s *Schemas) ruled(n *node, r *rules, u use) (map[string]any, error) {
	if n.bare != nil {
		inner, err := s.ruled(n.bare, r, u)
		return map[string]any{"anyOf": []any{inner, map[string]any{"type": "null"}}}, err
	}
	schema, err := s.node(n, u)
	if err == nil {
		r.describe(n, schema, u)
	}
	return schema, err
}

// describe writes the rules into a schema. The bounds that hold without a tag
// are those of an input.
func (r *rules) describe(n *node, schema map[string]any, u use) {
	if r.enum != nil {
		schema["enum"] = r.enum
	}
	if r.pattern != nil {
		schema["pattern"] = r.pattern.String()
	}
	if n.kind == kindString && u != output && r.enum == nil {
		schema["maxLength"] = DefaultMaxLength
	}
	for name, value := range map[string]*int{"minLength": r.minLength, "maxLength": r.maxLength, "minItems": r.minItems} {
		if value != nil {
			schema[name] = *value
		}
	}
	switch {
	case u == output && r.maxItems == nil:
	case n.kind == kindArray:
		schema["maxItems"] = n.most
	case n.kind == kindMap:
		schema["maxProperties"] = n.most
	}
	for name, value := range map[string]*float64{"minimum": r.minimum, "maximum": r.maximum} {
		if value != nil {
			schema[name] = *value
		}
	}
	r.describeDefault(n, schema)
}

func (r *rules) describeDefault(n *node, schema map[string]any) {
	if r.def == "" {
		return
	}
	switch n.kind {
	case kindBool:
		schema["default"] = r.def == "true"
	case kindInt, kindUint, kindFloat:
		number, _ := strconv.ParseFloat(r.def, 64)
		schema["default"] = number
	default:
		schema["default"] = r.def
	}
}

func (s *Schemas) node(n *node, u use) (map[string]any, error) {
	switch n.kind {
	case kindString:
		return map[string]any{"type": "string"}, nil
	case kindBool:
		return map[string]any{"type": "boolean"}, nil
	case kindInt, kindUint:
		return n.integer(), nil
	case kindFloat:
		return map[string]any{"type": "number"}, nil
	case kindTime:
		return map[string]any{"type": "string", "format": "date-time"}, nil
	case kindBytes:
		return map[string]any{"type": "string", "contentEncoding": "base64"}, nil
	case kindArray, kindMap:
		elem, err := s.ruled(n.elem, &n.within, u)
		if n.kind == kindArray {
			return map[string]any{"type": "array", "items": elem}, err
		}
		return map[string]any{"type": "object", "additionalProperties": elem}, err
	case kindObject:
		return s.reference(n.object, u)
	}
	return map[string]any{}, nil
}

func (n *node) integer() map[string]any {
	schema := map[string]any{"type": "integer"}
	least, most := n.span()
	switch {
	case n.typ.Bits() < 64:
		schema["minimum"], schema["maximum"] = least, most
	case n.kind == kindUint:
		schema["minimum"] = 0
	default:
		schema["format"] = "int64"
	}
	return schema
}

// inBrackets finds the package paths of the arguments of a generic type, and
// notInNames what a name may not hold.
var (
	inBrackets = regexp.MustCompile(`[^\[\],]*[./]`)
	notInNames = regexp.MustCompile(`[^A-Za-z0-9_-]+`)
)

// componentName names a struct by its package and type, such as
// docstore.Document.
func componentName(t reflect.Type, u use) string {
	name := strings.Trim(notInNames.ReplaceAllString(inBrackets.ReplaceAllString(t.Name(), ""), "_"), "_")
	return path.Base(t.PkgPath()) + "." + name + string(u)
}

// reference adds a struct to the components, once for each use, and refers to it.
func (s *Schemas) reference(o *object, u use) (map[string]any, error) {
	if o.typ.Name() == "" {
		return s.fields(o.fields, u)
	}
	name := componentName(o.typ, u)
	if s.types == nil {
		s.types, s.Components = make(map[string]reflect.Type), make(map[string]any)
	}
	switch known := s.types[name]; {
	case known == nil:
		s.types[name] = o.typ
		schema, err := s.fields(o.fields, u)
		if err != nil {
			return nil, err
		}
		s.Components[name] = schema
	case known != o.typ:
		return nil, fmt.Errorf("bind: the types %s.%s and %s.%s share the schema name %s", known.PkgPath(), known.Name(), o.typ.PkgPath(), o.typ.Name(), name)
	}
	return map[string]any{"$ref": "#/components/schemas/" + name}, nil
}
