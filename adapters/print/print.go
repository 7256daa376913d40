// Package print writes the documents of reports in formats: JSON, Markdown, HTML, PDF,
// CSV, XLSX and plain text. The same document has the same bytes everywhere.
package print

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
)

// Printer writes documents. Its zero value is ready, and safe for concurrent use.
type Printer struct{}

var _ reporting.Printer = Printer{}

// Print implements reporting.Printer.
func (Printer) Print(d reporting.Document, format report.Format) ([]byte, error) {
	write := map[report.Format]func(*bytes.Buffer, reporting.Document) error{
		report.JSON: writeJSON, report.Markdown: writeMarkdown, report.HTML: writeHTML, report.PDF: writePDF,
		report.CSV: writeCSV, report.XLSX: writeXLSX, report.Text: writeText,
	}[format]
	if write == nil {
		return nil, domain.Invalid.New("There is no format " + string(format) + ".")
	}
	var out bytes.Buffer
	if err := write(&out, clean(d)); err != nil {
		return nil, domain.Internal.Wrap(err, "The report cannot be written as "+string(format)+".")
	}
	return out.Bytes(), nil
}

// number writes a number with at most two decimals.
func number(v float64) string {
	v = math.Round(v*100) / 100
	if v == 0 {
		v = 0 // no minus
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// measured writes a number with its unit.
func measured(v float64, unit string) string {
	switch unit {
	case "":
		return number(v)
	case "%":
		return number(v) + "%"
	}
	return number(v) + " " + unit
}

// shown is what a reader sees of a cell.
func shown(c reporting.Cell) string {
	if c.Number != nil {
		return number(*c.Number)
	}
	return c.Text
}

// instant writes an instant in UTC.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// period writes the stretch that a document tells of.
func period(d reporting.Document) string { return instant(d.From) + " to " + instant(d.To) }

// oneLine puts a text on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// readable drops from a text what no format can show: broken UTF-8 and control
// characters.
func readable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF || unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}
