package bind

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Schemas gathers the JSON schemas of named types for a document that refers to
// them. The zero value is ready.
type Schemas struct {
	// Components maps the name of every struct met to its schema.
	Components map[string]any

	types map[string]reflect.Type
}

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
		schema, err := s.field(f)
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
// lenient, unknown fields are allowed.
func (s *Schemas) Body(p *Plan, lenient bool) (map[string]any, error) {
	if len(p.body) == 0 {
		return nil, nil
	}
	return s.fields(p.body, lenient)
}

// Whole returns the schema of the one object that BindJSON reads.
func (s *Schemas) Whole(p *Plan) (map[string]any, error) { return s.fields(p.object.fields, false) }

// Of returns the schema of a value's type. It fails when two types share a name.
func (s *Schemas) Of(t reflect.Type) (map[string]any, error) {
	b := &builder{objects: make(map[reflect.Type]*object)}
	n, err := b.node(t)
	if err != nil {
		return nil, err
	}
	return s.node(n)
}

func (s *Schemas) fields(fields []*field, lenient bool) (map[string]any, error) {
	properties := make(map[string]any, len(fields))
	var required []string
	for _, f := range fields {
		if f.place == "stream" {
			continue
		}
		schema, err := s.field(f)
		if err != nil {
			return nil, err
		}
		properties[f.name] = schema
		if f.rules.required || f.place == "path" {
			required = append(required, f.name)
		}
	}
	out := map[string]any{"type": "object", "properties": properties, "additionalProperties": lenient}
	if len(required) > 0 {
		out["required"] = required
	}
	return out, nil
}

func (s *Schemas) field(f *field) (map[string]any, error) {
	schema, err := s.node(f.node)
	if err != nil {
		return nil, err
	}
	target := schema
	if f.node.pointer || f.node.optional {
		if options, ok := schema["anyOf"].([]any); ok {
			target = options[0].(map[string]any)
		}
	}
	f.rules.describe(f.node, target)
	if f.rules.description != "" {
		schema["description"] = f.rules.description
	}
	return schema, nil
}

// describe writes the rules into a schema.
func (r *rules) describe(n *node, schema map[string]any) {
	if r.enum != nil {
		schema["enum"] = r.enum
	}
	if r.pattern != nil {
		schema["pattern"] = r.pattern.String()
	}
	for name, value := range map[string]*int{"minLength": r.minLength, "maxLength": r.maxLength, "minItems": r.minItems, "maxItems": r.maxItems} {
		if value != nil {
			schema[name] = *value
		}
	}
	for name, value := range map[string]*float64{"minimum": r.minimum, "maximum": r.maximum} {
		if value != nil {
			schema[name] = *value
		}
	}
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

func (s *Schemas) node(n *node) (map[string]any, error) {
	inner, err := s.plain(n)
	if err != nil || !n.pointer && !n.optional {
		return inner, err
	}
	return map[string]any{"anyOf": []any{inner, map[string]any{"type": "null"}}}, nil
}

func (s *Schemas) plain(n *node) (map[string]any, error) {
	switch n.kind {
	case kindString:
		return map[string]any{"type": "string"}, nil
	case kindBool:
		return map[string]any{"type": "boolean"}, nil
	case kindInt:
		return map[string]any{"type": "integer"}, nil
	case kindUint:
		return map[string]any{"type": "integer", "minimum": 0}, nil
	case kindFloat:
		return map[string]any{"type": "number"}, nil
	case kindTime:
		return map[string]any{"type": "string", "format": "date-time"}, nil
	case kindBytes:
		return map[string]any{"type": "string", "contentEncoding": "base64"}, nil
	case kindArray, kindMap:
		elem, err := s.node(n.elem)
		if n.kind == kindArray {
			return map[string]any{"type": "array", "items": elem}, err
		}
		return map[string]any{"type": "object", "additionalProperties": elem}, err
	case kindObject:
		return s.reference(n.object)
	}
	return map[string]any{}, nil
}

var notInNames = regexp.MustCompile(`[^A-Za-z0-9_.-]+`)

// reference adds a struct to the components, once, and refers to it.
func (s *Schemas) reference(o *object) (map[string]any, error) {
	if o.typ.Name() == "" {
		return s.fields(o.fields, false)
	}
	name := strings.Trim(notInNames.ReplaceAllString(o.typ.Name(), "_"), "_")
	if s.types == nil {
		s.types, s.Components = make(map[string]reflect.Type), make(map[string]any)
	}
	switch known := s.types[name]; {
	case known == nil:
		s.types[name] = o.typ
		schema, err := s.fields(o.fields, false)
		if err != nil {
			return nil, err
		}
		s.Components[name] = schema
	case known != o.typ:
		return nil, fmt.Errorf("bind: the types %s and %s share the schema name %s", known, o.typ, name)
	}
	return map[string]any{"$ref": "#/components/schemas/" + name}, nil
}
