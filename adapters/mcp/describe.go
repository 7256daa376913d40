package mcp

import (
	"encoding/json"
	"net/http"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// maxName is the longest name of a tool that all clients take.
const maxName = 64

// describe tells a client what a tool is.
func describe(service string, op usecase.Operation, plan *bind.Plan) (*sdk.Tool, error) {
	name := ToolName(service, op)
	if len(name) > maxName || strings.ContainsFunc(name, notInNames) {
		return nil, domain.Internal.New("The name " + name + " is no name of a tool; it may have 64 letters, digits, _ and -.")
	}
	schema, err := inputSchema(plan)
	if err != nil {
		return nil, domain.Internal.Wrap(err, "The schema of "+name+" cannot be made.")
	}
	return &sdk.Tool{Name: name, Title: title(op), Description: op.Doc, InputSchema: schema, Annotations: annotations(op)}, nil
}

func notInNames(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-'
}

// ToolName returns the name of the tool that an operation becomes, such as
// doc_store_get-document.
func ToolName(service string, op usecase.Operation) string {
	return service + "_" + op.Slug()
}

// title writes the name for people: StoreDocument is Store document.
func title(op usecase.Operation) string {
	words := strings.ReplaceAll(op.Slug(), "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// safe reports whether the operation only reads (RFC 9110, section 9.2.1).
func safe(op usecase.Operation) bool { return op.Method == http.MethodGet }

// annotations say what a call may do. Of a change that is no removal the table
// does not know whether it destroys something, and the protocol's default is to
// be careful.
func annotations(op usecase.Operation) *sdk.ToolAnnotations {
	a := &sdk.ToolAnnotations{ReadOnlyHint: safe(op), IdempotentHint: op.Idempotent}
	if removes := op.Method == http.MethodDelete; removes || safe(op) {
		a.DestructiveHint = &removes
	}
	return a
}

// inputSchema is one self-contained JSON Schema (draft 2020-12) of the object
// that BindJSON reads.
func inputSchema(plan *bind.Plan) (json.RawMessage, error) {
	var schemas bind.Schemas
	schema, err := schemas.Whole(plan)
	if err != nil {
		return nil, err
	}
	if len(schemas.Components) > 0 {
		schema["$defs"] = schemas.Components
	}
	data, err := json.Marshal(schema)
	return json.RawMessage(strings.ReplaceAll(string(data), `"#/components/schemas/`, `"#/$defs/`)), err
}
