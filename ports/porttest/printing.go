package porttest

import (
	"bytes"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
)

// PrintedDocument is a document with everything that a document may hold.
func PrintedDocument() reporting.Document {
	source := reporting.Query{Service: "orchestrator", Path: "/api/v1/health/incidents?status=closed&limit=10", URL: "http://127.0.0.1:5099/api/v1/health/incidents?status=closed&limit=10"}
	return reporting.Document{
		Title: "Weekly health", Description: "How the services fared.\n\nÜber alles: Ωmega, Привет.",
		From: noon.Add(-7 * 24 * time.Hour), To: noon, GeneratedAt: noon.Add(time.Minute),
		Sections: []reporting.Section{
			{
				Title: "Incidents", Text: "Two were closed.", Lines: []reporting.Line{{Name: "Impact", Text: "doc_store, source-agent"}},
				Figures: []reporting.Figure{{Name: "Closed", Value: 2, Source: source}, {Name: "Mean time to resolve", Value: 12.345, Unit: "min", Source: source}},
				Charts: []reporting.Chart{
					{Title: "By service", Points: []reporting.Point{{Label: "doc_store", Value: 2}, {Label: "source-agent", Value: 1}}, Source: source},
					{Title: "Over time", Line: true, Points: []reporting.Point{{Label: "2026-01-01", Value: 1}, {Label: "2026-01-02", Value: 3}, {Label: "2026-01-03"}}, Source: source},
				},
				Tables: []reporting.Table{{
					Title: "Closed incidents", Columns: []string{"Title", "Minutes"}, Cut: 3, Source: source,
					Rows: [][]reporting.Cell{{reporting.Text("The store fell silent"), reporting.Number(-1.5)}, {reporting.Text("Slow answers"), reporting.Count(23)}},
				}},
			},
			{Title: "Alerts", Empty: "No data: there was no alert in the period."},
		},
	}
}

// Printing proves the promises of reporting.Printer.
func Printing(t *testing.T, p reporting.Printer) {
	for _, format := range report.Formats() {
		t.Run(string(format), func(t *testing.T) {
			t.Run("the same bytes everywhere", func(t *testing.T) { printedAlike(t, p, format) })
			t.Run("everything is told", func(t *testing.T) { printedWhole(t, p, format) })
			t.Run("hostile and odd texts", func(t *testing.T) { printedHostile(t, p, format) })
			t.Run("nothing at all", func(t *testing.T) {
				content, err := p.Print(reporting.Document{}, format)
				must(t, err)
				if len(content) == 0 {
					t.Error("an empty document has no bytes")
				}
			})
		})
	}
	_, err := p.Print(PrintedDocument(), "docx")
	wantKind(t, "an unknown format", err, domain.Invalid)
}

func printedAlike(t *testing.T, p reporting.Printer, format report.Format) {
	want, err := p.Print(PrintedDocument(), format)
	must(t, err)
	moved := PrintedDocument()
	east := time.FixedZone("east", 9*60*60)
	moved.From, moved.To, moved.GeneratedAt = moved.From.In(east), moved.To.In(east), moved.GeneratedAt.In(east)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			got, err := p.Print(moved, format)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("other bytes of the same document: %d and %d, %v", len(got), len(want), err)
			}
		})
	}
	group.Wait()
	changed := PrintedDocument()
	changed.Sections[0].Figures[0].Value = 3
	if got, err := p.Print(changed, format); err != nil || bytes.Equal(got, want) {
		t.Errorf("the same bytes of another document, %v", err)
	}
}

// printedWhole looks into the formats that are plain text.
func printedWhole(t *testing.T, p reporting.Printer, format report.Format) {
	content, err := p.Print(PrintedDocument(), format)
	must(t, err)
	if format == report.PDF || format == report.XLSX {
		return // their own tests read them
	}
	for _, want := range []string{"Weekly health", "Two were closed.", "Slow answers", "23", "-1.5", "doc", "No data: there was no alert", "/api/v1/health/incidents?status=closed", "2026-01-02", "Привет"} {
		if format == report.CSV && want == "Привет" {
			continue // it has no paragraphs of a description
		}
		if !strings.Contains(string(content), want) {
			t.Errorf("%q is not told in\n%s", want, content)
		}
	}
}

func printedHostile(t *testing.T, p reporting.Printer, format report.Format) {
	const evil = "<script>alert(1)</script> =cmd|' /C calc'!A0 [x](javascript:alert(1)) \x00\x07\xff 日本語 🙂 {{.}} ]]> \u202e"
	d := PrintedDocument()
	d.Title, d.Description = evil, evil
	s := &d.Sections[0]
	s.Title, s.Text, s.Lines[0] = evil, evil, reporting.Line{Name: evil, Text: evil}
	s.Figures[0].Name, s.Figures[0].Value, s.Figures[1].Value = evil, math.NaN(), math.Inf(1)
	s.Charts[0].Points[0] = reporting.Point{Label: evil, Value: math.Inf(-1)}
	s.Tables[0].Rows = append(s.Tables[0].Rows, []reporting.Cell{reporting.Text("=1+1"), reporting.Text(evil)})
	d.Sections = append(d.Sections, *s, reporting.Section{Title: strings.Repeat("long/", 40), Text: strings.Repeat("w", 5000)})
	content, err := p.Print(d, format)
	must(t, err)
	text := string(content)
	switch format {
	case report.HTML:
		if strings.Contains(strings.ToLower(text), "<script") || strings.Contains(text, `href="javascript:`) {
			t.Error("a text became a script")
		}
	case report.Markdown:
		if strings.Contains(text, "<script") && !strings.Contains(text, `\<script`) || strings.Contains(text, "[x](javascript:") {
			t.Error("a text became markup")
		}
	case report.CSV:
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "=") || strings.Contains(line, ",=") {
				t.Errorf("a text became a formula: %s", line)
			}
		}
	}
}
