package cli_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/docsteward/docsteward/adapters/cli"
	"github.com/docsteward/docsteward/adapters/report"
	"github.com/docsteward/docsteward/ports/analysis"
)

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	cmd := cli.NewSchema()
	var out bytes.Buffer
	cmd.SetOut(&out)
	if err := cmd.Execute(); err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(&out)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("report.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestReportsKeepTheirSchema(t *testing.T) {
	schema := compiled(t)
	full := analysis.Report{
		Base:     "/x",
		Findings: []analysis.Finding{{Rule: "broken-link", Severity: "high", Path: "a.md", Line: 1, Column: 1, Span: analysis.Span{Start: 1, End: 2}, Message: "m"}},
		Faults:   []analysis.Fault{{Path: "b.md", Kind: "invalid", Message: "m"}},
		Summary:  analysis.Summary{BySeverity: map[string]int{"high": 1}, ByRule: map[string]int{"broken-link": 1}, ByFolder: map[string]float64{".": 25}, ByAge: []analysis.Age{{Name: "unknown", Documents: 1}}},
	}
	var out strings.Builder
	if err := report.Write(&out, "json", full, report.Options{}); err != nil {
		t.Fatal(err)
	}
	printed, err := jsonschema.UnmarshalJSON(strings.NewReader(out.String()))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(printed); err != nil {
		t.Errorf("a report breaks its schema: %v", err)
	}
	var broken map[string]any
	if err := json.Unmarshal([]byte(strings.Replace(out.String(), `"high"`, `"loud"`, 1)), &broken); err != nil {
		t.Fatal(err)
	}
	if schema.Validate(broken) == nil {
		t.Error("a severity that does not exist keeps the schema")
	}
}
