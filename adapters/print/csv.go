package print

import (
	"bytes"
	"encoding/csv"
	"strings"

	"github.com/docsteward/docsteward/ports/reporting"
)

// sheaf writes one block of rows after another, divided by empty lines.
type sheaf struct {
	out *bytes.Buffer
	csv *csv.Writer
}

// writeCSV writes the title and, for each section, a block of its lines and one for
// its figures, each chart and each table. The first row of a block names it.
func writeCSV(out *bytes.Buffer, d reporting.Document) error {
	f := sheaf{out, csv.NewWriter(out)}
	f.texts("report", d.Title)
	f.texts("period", period(d))
	f.texts("generated", instant(d.GeneratedAt))
	for _, s := range d.Sections {
		f.section(s)
	}
	f.csv.Flush()
	return f.csv.Error()
}

// row writes a row. Numbers stand as they are, texts so that no spreadsheet takes one
// for a formula.
func (f sheaf) row(cells ...reporting.Cell) {
	fields := make([]string, len(cells))
	for i, c := range cells {
		if fields[i] = shown(c); c.Number == nil {
			fields[i] = inert(oneLine(c.Text))
		}
	}
	_ = f.csv.Write(fields) // a buffer takes everything, and Error tells the rest
}

func (f sheaf) texts(texts ...string) { f.row(each(texts, reporting.Text)...) }

// block begins a block.
func (f sheaf) block(section, name string) {
	f.csv.Flush()
	f.out.WriteByte('\n')
	if name != "" {
		section += ": " + name
	}
	f.texts(section)
}

func (f sheaf) section(s reporting.Section) {
	if s.Empty != "" || s.Text != "" || len(s.Lines) > 0 {
		f.block(s.Title, "")
	}
	for _, text := range [...]string{s.Empty, s.Text} {
		if text != "" {
			f.texts(text)
		}
	}
	for _, l := range s.Lines {
		f.texts(l.Name, l.Text)
	}
	if len(s.Figures) > 0 {
		f.block(s.Title, "figures")
		f.texts("name", "value", "unit", "source")
	}
	for _, g := range s.Figures {
		f.row(reporting.Text(g.Name), reporting.Number(g.Value), reporting.Text(g.Unit), reporting.Text(g.Source.URL))
	}
	for _, c := range s.Charts {
		f.table(s.Title, tableOf(c))
	}
	for _, t := range s.Tables {
		f.table(s.Title, t)
	}
}

func (f sheaf) table(section string, t reporting.Table) {
	f.block(section, t.Title)
	f.texts(t.Columns...)
	for _, cells := range t.Rows {
		f.row(cells...)
	}
	if t.Cut > 0 {
		f.texts(cut(t))
	}
	f.texts("source", t.Source.URL)
}

// inert keeps spreadsheets from taking a text for a formula.
func inert(text string) string {
	if text != "" && strings.ContainsRune("=+-@|%", rune(text[0])) {
		return "'" + text
	}
	return text
}
