package mcp_test

import (
	"context"
	"encoding/json"
	"iter"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/docsteward/docsteward/adapters/mcp"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/serviceregistry"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// real returns the tables of the services over empty menus.
func real() tables {
	return tables{
		"doc_store":        docstore.Operations(new(docstore.UseCases)),
		"source-agent":     sourceagent.Operations(new(sourceagent.UseCases)),
		"analysis-service": analysis.Operations(new(analysis.UseCases)),
		"orchestrator":     slices.Concat(workflows.Operations(new(workflows.UseCases)), queryprocessing.Operations(new(queryprocessing.UseCases)), serviceregistry.Operations(new(serviceregistry.UseCases)), healthmonitoring.Operations(new(healthmonitoring.UseCases)), ingestion.Operations(new(ingestion.UseCases)), infrastructure.Operations(new(infrastructure.UseCases))),
		"code-analyzer":    codeanalyzer.Operations(new(codeanalyzer.UseCases)),
	}
}

// far stands behind an operation and remembers what arrives.
type far struct{ commands []any }

// Call implements usecase.Remote.
func (f *far) Call(_ context.Context, command, _ any) (string, []string, error) {
	f.commands = append(f.commands, command)
	return "", nil, nil
}

// Open implements usecase.Remote.
func (f *far) Open(context.Context, any, func() any) (iter.Seq2[any, error], error) {
	return func(func(any, error) bool) {}, nil
}

func list(t *testing.T, session *sdk.ClientSession) map[string]*sdk.Tool {
	t.Helper()
	listed, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	byName := make(map[string]*sdk.Tool)
	for _, tool := range listed.Tools {
		byName[tool.Name] = tool
	}
	return byName
}

// Every operation is a tool whose schema and whose reader agree: what the schema
// describes arrives, and what it refuses is refused.
func TestEveryOperationIsATool(t *testing.T) {
	offered := real()
	ends := make(map[string]*far)
	for service, table := range offered {
		for _, op := range table {
			end := new(far)
			ends[mcp.ToolName(service, op)] = end
			op.Slot.Fill(end)
		}
	}
	session := open(t, context.Background(), mcp.Options{}, offered)
	tools := list(t, session)
	wellFormed := regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	for service, table := range offered {
		for _, op := range table {
			name := mcp.ToolName(service, op)
			t.Run(name, func(t *testing.T) {
				tool := tools[name]
				if op.Streaming || op.Uploading {
					if tool != nil {
						t.Error("a stream is a tool")
					}
					return
				}
				if tool == nil || !wellFormed.MatchString(name) || tool.Description != op.Doc {
					t.Fatalf("the tool is %+v", tool)
				}
				checkHints(t, op, tool.Annotations)
				checkSchema(t, session, tool, ends[name])
			})
			delete(tools, name)
		}
	}
	if len(tools) > 0 {
		t.Errorf("there are tools without an operation: %v", slices.Collect(maps.Keys(tools)))
	}
}

func checkHints(t *testing.T, op usecase.Operation, hints *sdk.ToolAnnotations) {
	t.Helper()
	reads, deletes := op.Method == http.MethodGet, op.Method == http.MethodDelete
	if hints.ReadOnlyHint != reads || hints.IdempotentHint != op.Idempotent {
		t.Errorf("the hints are %+v", hints)
	}
	if known := hints.DestructiveHint != nil; known != (reads || deletes) || known && *hints.DestructiveHint != deletes {
		t.Errorf("the hints are %+v", hints)
	}
}

func checkSchema(t *testing.T, session *sdk.ClientSession, tool *sdk.Tool, end *far) {
	t.Helper()
	data, err := json.Marshal(tool.InputSchema)
	if err != nil {
		t.Fatal(err)
	}
	schema := new(jsonschema.Schema)
	if err := json.Unmarshal(data, schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := schema.Resolve(nil)
	if err != nil {
		t.Fatalf("the schema does not compile: %v", err)
	}
	for _, all := range []bool{false, true} {
		sample := sampleOf(schema, schema, all).(map[string]any)
		if err := compiled.Validate(sample); err != nil {
			t.Fatalf("the schema refuses %v: %v", sample, err)
		}
		before := len(end.commands)
		if result := call(t, session, tool.Name, sample); result.IsError || len(end.commands) != before+1 {
			t.Errorf("the schema allows what the tool refuses: %v: %s", sample, text(result))
		}
		sample["no_such_field"] = 1
		if compiled.Validate(sample) == nil || failed(t, call(t, session, tool.Name, sample)).Fields[0].Field != "no_such_field" {
			t.Error("an unknown field is let in")
		}
	}
	for _, name := range schema.Required {
		sample := sampleOf(schema, schema, false).(map[string]any)
		delete(sample, name)
		if f := failed(t, call(t, session, tool.Name, sample)); f.ErrorCode != "validation_error" || f.Fields[0].Field != name {
			t.Errorf("without %s: %+v", name, f)
		}
	}
}

// sampleOf makes a value that a schema describes, with all properties or with the
// required ones.
func sampleOf(root, s *jsonschema.Schema, all bool) any {
	switch {
	case s.Ref != "":
		return sampleOf(root, root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")], all)
	case len(s.AnyOf) > 0:
		return sampleOf(root, s.AnyOf[0], all)
	case len(s.Enum) > 0:
		return s.Enum[0]
	}
	switch s.Type {
	case "object":
		object := make(map[string]any)
		for name, property := range s.Properties {
			if all || slices.Contains(s.Required, name) {
				object[name] = sampleOf(root, property, all)
			}
		}
		return object
	case "array":
		least := 0
		if s.MinItems != nil {
			least = *s.MinItems
		}
		items := make([]any, least)
		for i := range items {
			items[i] = sampleOf(root, s.Items, all)
		}
		return items
	case "string":
		return sampleText(s)
	case "integer", "number":
		if s.Minimum != nil {
			return *s.Minimum
		}
		return 1.0
	case "boolean":
		return true
	}
	return map[string]any{"any": 1.0}
}

func sampleText(s *jsonschema.Schema) string {
	switch {
	case s.Format == "date-time":
		return "2026-02-03T04:05:06Z"
	case s.ContentEncoding == "base64":
		return "YQ=="
	}
	for _, candidate := range []string{"a", "1", strings.Repeat("a", 64)} {
		long := s.MinLength == nil || len(candidate) >= *s.MinLength
		if matches, err := regexp.MatchString(s.Pattern, candidate); err == nil && matches && long {
			return candidate
		}
	}
	return "no text for " + s.Pattern
}

func TestReadOnlyOffersOnlyReads(t *testing.T) {
	tools := list(t, open(t, context.Background(), mcp.Options{Include: mcp.ReadOnly}, real()))
	if tools["doc_store_get-document"] == nil || tools["doc_store_put-document"] != nil || tools["doc_store_delete-document"] != nil {
		t.Errorf("the tools are %v", slices.Sorted(maps.Keys(tools)))
	}
	for name, tool := range tools {
		if !tool.Annotations.ReadOnlyHint {
			t.Errorf("%s is offered", name)
		}
	}
}

func TestIncludeChoosesServices(t *testing.T) {
	only := func(service string, _ usecase.Operation) bool { return service == "source-agent" }
	for name := range list(t, open(t, context.Background(), mcp.Options{Include: only}, real())) {
		if !strings.HasPrefix(name, "source-agent_") {
			t.Errorf("%s is offered", name)
		}
	}
}
