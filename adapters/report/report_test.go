package report_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/report"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
)

func sample() analysis.Report {
	return analysis.Report{
		Findings: []analysis.Finding{
			{Rule: "broken-link", Severity: "high", Path: "docs/a b.md", Line: 3, Column: 2, EndLine: 3, EndColumn: 9, Span: analysis.Span{Start: 10, End: 17}, Message: "The link <x> | y", Suggestion: "Use z.", Fingerprint: "f1"},
			{Rule: "stale-document", Severity: "low", Path: "docs/b.md", Message: "Old.", Fingerprint: "f2"},
		},
		Faults: []analysis.Fault{{Path: "c.md", Kind: "invalid", Message: "c.md is binary."}},
		Summary: analysis.Summary{Files: 3, Total: 2, Faults: 1, Score: 42, BySeverity: map[string]int{"high": 1, "low": 1},
			ByRule: map[string]int{"broken-link": 1, "stale-document": 1}, ByFolder: map[string]float64{"docs": 42}, ByAge: []analysis.Age{{Name: "under a month", Documents: 2}}},
	}
}

func write(t *testing.T, format string, r analysis.Report) string {
	t.Helper()
	var b strings.Builder
	if err := report.Write(&b, format, r, report.Options{Version: "1", Rules: []analysis.Rule{{ID: "broken-link", Severity: "high", Doc: "Links lead somewhere."}}}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEveryFormatTellsFindingsAndFaults(t *testing.T) {
	for _, format := range report.Formats() {
		text := write(t, format, sample())
		for _, want := range []string{"broken-link", "stale-document", "Use z.", "c.md is binary."} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not tell %q:\n%s", format, want, text)
			}
		}
		if write(t, format, sample()) != text {
			t.Errorf("%s differs between two runs", format)
		}
	}
}

func TestMachineFormatsAreWellFormed(t *testing.T) {
	var back analysis.Report
	if err := json.Unmarshal([]byte(write(t, "json", sample())), &back); err != nil || len(back.Findings) != 2 || back.Findings[0].Span.End != 17 {
		t.Errorf("json: %v, %+v", err, back)
	}
	var sarif struct {
		Version string
		Runs    []struct {
			Results []struct {
				RuleID    string
				Level     string
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           *struct{ StartLine int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(write(t, "sarif", sample())), &sarif); err != nil {
		t.Fatal(err)
	}
	results := sarif.Runs[0].Results
	if sarif.Version != "2.1.0" || len(results) != 2 || results[0].Level != "error" || results[0].Locations[0].PhysicalLocation.ArtifactLocation.URI != "docs/a%20b.md" ||
		results[0].Locations[0].PhysicalLocation.Region.StartLine != 3 || results[1].Locations[0].PhysicalLocation.Region != nil {
		t.Errorf("sarif: %+v", sarif)
	}
	var suite struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
	}
	if err := xml.Unmarshal([]byte(write(t, "junit", sample())), &suite); err != nil || suite.Tests != 3 || suite.Failures != 2 || suite.Errors != 1 {
		t.Errorf("junit: %v, %+v", err, suite)
	}
	if html := write(t, "html", sample()); strings.Contains(html, "<x>") || strings.Contains(html, "http://") || strings.Contains(html, "https://") {
		t.Error("html does not escape, or refers to something outside itself")
	}
	if md := write(t, "markdown", sample()); !strings.Contains(md, `\| y`) {
		t.Error("markdown does not escape a bar")
	}
}

func TestAnUnknownFormatIsInvalid(t *testing.T) {
	if err := report.Write(&strings.Builder{}, "pdf", sample(), report.Options{}); !errors.Is(err, domain.Invalid) {
		t.Fatalf("got %v", err)
	}
}

func TestCleanReportsSaySo(t *testing.T) {
	clean := analysis.Report{Summary: analysis.Summary{Files: 4, Score: 100}}
	if text := write(t, "terminal", clean); text != "4 documents, 0 findings. Score 100.\n" {
		t.Errorf("got %q", text)
	}
	if text := write(t, "junit", clean); !strings.Contains(text, `failures="0"`) {
		t.Errorf("got %s", text)
	}
}
