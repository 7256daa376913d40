package print

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/docsteward/docsteward/ports/reporting"
)

// cut says that rows were left out.
func cut(t reporting.Table) string { return fmt.Sprintf("and %d more", t.Cut) }

// writeText writes what a mail or a terminal shows. A message begins with its subject,
// and its lines stand without headings.
func writeText(out *bytes.Buffer, d reporting.Document) error {
	if d.Message {
		fmt.Fprintf(out, "Subject: %s\n", oneLine(d.Title))
	} else {
		fmt.Fprintf(out, "%s\n%s\n%s\n", oneLine(d.Title), strings.Repeat("=", utf8.RuneCountInString(oneLine(d.Title))), period(d))
	}
	if d.Description != "" {
		fmt.Fprintf(out, "\n%s\n", d.Description)
	}
	for _, s := range d.Sections {
		out.WriteByte('\n')
		if !d.Message {
			fmt.Fprintf(out, "%s\n%s\n", s.Title, strings.Repeat("-", utf8.RuneCountInString(s.Title)))
		}
		writeTextSection(out, s)
	}
	return nil
}

func writeTextSection(out *bytes.Buffer, s reporting.Section) {
	for _, text := range [...]string{s.Empty, s.Text} {
		if text != "" {
			fmt.Fprintln(out, text)
		}
	}
	for _, l := range s.Lines {
		fmt.Fprintf(out, "%s: %s\n", l.Name, l.Text)
	}
	for _, f := range s.Figures {
		fmt.Fprintf(out, "%s: %s (%s)\n", f.Name, measured(f.Value, f.Unit), f.Source.URL)
	}
	for _, c := range s.Charts {
		fmt.Fprintf(out, "\n%s\n", c.Title)
		for _, p := range c.Points {
			fmt.Fprintf(out, "  %s: %s\n", p.Label, measured(p.Value, c.Unit))
		}
	}
	for _, t := range s.Tables {
		writeTextTable(out, t)
	}
}

func writeTextTable(out *bytes.Buffer, t reporting.Table) {
	rows := [][]string{t.Columns}
	for _, cells := range t.Rows {
		row := make([]string, len(cells))
		for i, c := range cells {
			row[i] = oneLine(shown(c))
		}
		rows = append(rows, row)
	}
	widths := make([]int, len(t.Columns))
	for _, row := range rows {
		for i := range min(len(row), len(widths)) {
			widths[i] = max(widths[i], min(utf8.RuneCountInString(row[i]), 60))
		}
	}
	fmt.Fprintf(out, "\n%s\n", t.Title)
	for _, row := range rows {
		var line strings.Builder
		for i := range min(len(row), len(widths)) {
			fmt.Fprintf(&line, "  %-*s", widths[i], row[i])
		}
		fmt.Fprintln(out, strings.TrimRight(line.String(), " "))
	}
	if t.Cut > 0 {
		fmt.Fprintln(out, "  "+cut(t))
	}
	fmt.Fprintf(out, "  (%s)\n", t.Source.URL)
}
