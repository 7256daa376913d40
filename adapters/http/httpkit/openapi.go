package httpkit

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Document returns the OpenAPI 3.1 document of the tables as JSON. It reads the
// same plans that bind requests, so that the two cannot disagree. It fails when
// two types share a schema name.
func Document(title, version string, tables ...[]usecase.Operation) ([]byte, error) {
	d := &document{paths: make(map[string]map[string]any), named: make(map[string]int)}
	for _, op := range slices.Concat(tables...) {
		d.named[op.Name]++
	}
	for _, table := range tables {
		for _, op := range table {
			if err := d.add(op); err != nil {
				return nil, err
			}
		}
	}
	components := map[string]any{"Failure": failureSchema()}
	maps.Copy(components, d.schemas.Components)
	return json.Marshal(map[string]any{
		"openapi": "3.1.0",
		"info":    map[string]any{"title": title, "version": version},
		"paths":   d.paths,
		"components": map[string]any{
			"schemas":         components,
			"securitySchemes": map[string]any{"key": map[string]any{"type": "http", "scheme": "bearer"}},
		},
	})
}

type document struct {
	schemas bind.Schemas
	paths   map[string]map[string]any
	// named counts the operations of each name.
	named map[string]int
}

// nameOf names an operation; with its package where tables of several services
// are in one document and share a name.
func (d *document) nameOf(op usecase.Operation) string {
	if d.named[op.Name] < 2 {
		return op.Name
	}
	return path.Base(op.Slot.Command().PkgPath()) + "." + op.Name
}

func (d *document) add(op usecase.Operation) error {
	plan, err := bind.For(op.Slot.Command())
	if err != nil {
		return err
	}
	parameters, err := d.parameters(plan)
	if err != nil {
		return err
	}
	responses, err := d.responses(op)
	if err != nil {
		return err
	}
	entry := map[string]any{
		"operationId": d.nameOf(op), "summary": op.Doc, "responses": responses, "tags": []string{tagOf(op.Path)},
	}
	if len(parameters) > 0 {
		entry["parameters"] = parameters
	}
	if op.Permission != "" {
		entry["security"] = []any{map[string]any{"key": []string{}}}
		entry["x-permission"] = op.Permission
	}
	if err := d.addBody(entry, op, plan); err != nil {
		return err
	}
	d.place(op.Method, op.Path, entry)
	for i, alias := range op.Aliases {
		also := maps.Clone(entry)
		also["operationId"], also["deprecated"] = fmt.Sprintf("%s.%d", entry["operationId"], i+1), true
		d.place(op.Method, alias, also)
	}
	return nil
}

func (d *document) place(method, path string, entry map[string]any) {
	if d.paths[path] == nil {
		d.paths[path] = make(map[string]any)
	}
	d.paths[path][strings.ToLower(method)] = entry
}

func (d *document) parameters(plan *bind.Plan) ([]any, error) {
	all, err := d.schemas.Parameters(plan)
	if err != nil {
		return nil, err
	}
	out := make([]any, len(all))
	for i, p := range all {
		out[i] = map[string]any{"name": p.Name, "in": p.In, "required": p.Required, "description": p.Description, "schema": p.Schema}
	}
	return out, nil
}

func (d *document) addBody(entry map[string]any, op usecase.Operation, plan *bind.Plan) error {
	if op.Uploading {
		entry["requestBody"] = map[string]any{"content": map[string]any{"application/octet-stream": map[string]any{"schema": map[string]any{"type": "string", "format": "binary"}}}}
		return nil
	}
	body, err := d.schemas.Body(plan, op.Direct)
	if err != nil || body == nil {
		return err
	}
	entry["requestBody"] = map[string]any{
		"required": body["required"] != nil,
		"content":  map[string]any{"application/json": map[string]any{"schema": body}},
	}
	return nil
}

func (d *document) responses(op usecase.Operation) (map[string]any, error) {
	value, err := d.schemas.Of(op.Slot.Value())
	if err != nil {
		return nil, err
	}
	media := "application/json"
	switch {
	case op.Streaming:
		media = "text/event-stream"
	case !op.Direct:
		value = successSchema(value)
	}
	failure := map[string]any{
		"description": "A failure; error_code and the status say of which kind.",
		"content":     map[string]any{"application/json": map[string]any{"schema": map[string]any{"$ref": "#/components/schemas/Failure"}}},
		"headers":     map[string]any{wire.HeaderErrorCode: map[string]any{"schema": map[string]any{"type": "string"}}},
	}
	return map[string]any{
		fmt.Sprint(op.Status): map[string]any{
			"description": http.StatusText(op.Status),
			"content":     map[string]any{media: map[string]any{"schema": value}},
		},
		"default": failure,
	}, nil
}

func successSchema(value map[string]any) map[string]any {
	return map[string]any{
		"type": "object", "required": []string{"success", "message", "timestamp", "request_id", "data"},
		"properties": map[string]any{
			"success":    map[string]any{"const": true},
			"message":    map[string]any{"type": []string{"string", "null"}},
			"timestamp":  map[string]any{"type": "string", "format": "date-time"},
			"request_id": map[string]any{"type": "string"},
			"warnings":   map[string]any{"type": "array", "items": map[string]any{"type": "string"}},
			"data":       value,
		},
	}
}

func failureSchema() map[string]any {
	text := map[string]any{"type": "string"}
	return map[string]any{
		"type":     "object",
		"required": []string{"success", "message", "timestamp", "request_id", "error_code", "details", "field_errors", "detail"},
		"properties": map[string]any{
			"success": map[string]any{"const": false}, "message": text, "request_id": text, "error_code": text, "code": text,
			"timestamp":    map[string]any{"type": "string", "format": "date-time"},
			"details":      map[string]any{"type": []string{"object", "null"}},
			"field_errors": map[string]any{"type": []string{"object", "null"}, "additionalProperties": map[string]any{"type": "array", "items": text}},
			"detail":       map[string]any{"description": "The message, or for a validation error the list of complaints."},
		},
	}
}

// tagOf groups operations by the first word of their path behind /api/v1.
func tagOf(route string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(route, "/api/v1"), "/"), "/")
	return name
}
