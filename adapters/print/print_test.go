package print_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/print"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/porttest"
	"github.com/docsteward/docsteward/ports/reporting"
)

func TestSuite(t *testing.T) { porttest.Printing(t, print.Printer{}) }

// update writes the golden files anew: go test ./adapters/print -update.
var update = flag.Bool("update", false, "write the golden files anew")

func printed(t *testing.T, format report.Format) []byte {
	t.Helper()
	content, err := print.Printer{}.Print(porttest.PrintedDocument(), format)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestFormatsStayAsTheyAre(t *testing.T) {
	for _, format := range report.Formats() {
		got := printed(t, format)
		if format == report.XLSX {
			got = []byte(unzipped(t, got))
		}
		if format == report.PDF {
			continue // its bytes depend on the library; TestPDFHasItsText reads it
		}
		file := filepath.Join("testdata", string(format)+".golden")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s changed:\n%s", format, got)
		}
	}
}

// unzipped is every file of a workbook, in its order, after it was parsed.
func unzipped(t *testing.T, content []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range archive.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		decoder := xml.NewDecoder(bytes.NewReader(body))
		for err = error(nil); err == nil; {
			_, err = decoder.Token()
		}
		if err != io.EOF {
			t.Errorf("%s is no XML: %v", file.Name, err)
		}
		fmt.Fprintf(&all, "== %s\n%s\n", file.Name, body)
	}
	return all.String()
}

func TestSheetsOfAWorkbookHaveNamesThatItAllows(t *testing.T) {
	d := porttest.PrintedDocument()
	for _, title := range []string{"Alerts", "a/b:c*d?e[f]g\\h", strings.Repeat("x", 60), strings.Repeat("x", 70), "", "report"} {
		d.Sections = append(d.Sections, reporting.Section{Title: title, Empty: "No data."})
	}
	content, err := print.Printer{}.Print(d, report.XLSX)
	if err != nil {
		t.Fatal(err)
	}
	body := unzipped(t, content)
	seen := map[string]bool{}
	for part := range strings.SplitSeq(body, `<sheet name="`) {
		name, _, ok := strings.Cut(part, `" sheetId`)
		if !ok || strings.HasPrefix(part, "==") {
			continue
		}
		if lower := strings.ToLower(name); len([]rune(name)) > 31 || name == "" || strings.ContainsAny(name, `[]:*?/\`) || seen[lower] {
			t.Errorf("the name %q", name)
		} else {
			seen[lower] = true
		}
	}
	if len(seen) != 9 {
		t.Errorf("%d sheets: %v", len(seen), seen)
	}
}

func TestPDFHasItsText(t *testing.T) {
	content := printed(t, report.PDF)
	if !bytes.HasPrefix(content, []byte("%PDF-1.")) || !bytes.HasSuffix(bytes.TrimSpace(content), []byte("%%EOF")) || !bytes.Contains(content, []byte("/URI (http://127.0.0.1:5099/api/v1/health/incidents")) {
		t.Error("it is no PDF with links")
	}
	if len(content) > 200<<10 {
		t.Errorf("it has %d bytes", len(content))
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed, so the text of the PDF is not read")
	}
	file := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(tool, "-layout", file, "-").Output()
	for _, want := range []string{"Weekly health", "Привет", "Slow answers", "12.35 min", "No data: there was no alert in the period."} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is missing, %v\n%s", want, err, text)
		}
	}
}

func TestAMessageReadsAsTheRunbookWritesIt(t *testing.T) {
	d := reporting.Document{Title: "[INCIDENT] Service Unavailable - doc_store", Message: true, Sections: []reporting.Section{{
		Title: "Incident", Lines: []reporting.Line{{Name: "Description", Text: "It fell silent."}, {Name: "ETA", Text: "unknown"}},
	}}}
	got, err := print.Printer{}.Print(d, report.Text)
	if want := "Subject: [INCIDENT] Service Unavailable - doc_store\n\nDescription: It fell silent.\nETA: unknown\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v", got, err)
	}
}

func ExamplePrinter() {
	text, err := print.Printer{}.Print(reporting.Document{Title: "Quality", Sections: []reporting.Section{
		{Title: "Documents", Figures: []reporting.Figure{{Name: "Stale", Value: 12.5, Unit: "%", Source: reporting.Query{URL: "http://store/api/v1/documents/quality"}}}},
	}}, report.Text)
	fmt.Println(strings.Contains(string(text), "Stale: 12.5% (http://store/api/v1/documents/quality)"), err)
	// Output: true <nil>
}

func BenchmarkPrint(b *testing.B) {
	for _, format := range report.Formats() {
		b.Run(string(format), func(b *testing.B) {
			for b.Loop() {
				if _, err := (print.Printer{}).Print(porttest.PrintedDocument(), format); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
