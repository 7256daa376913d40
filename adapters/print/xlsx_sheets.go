package print

import (
	"fmt"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/ports/reporting"
)

func aboutSheet(d reporting.Document) sheet {
	s := newSheet("Report")
	s.row(styleBold, reporting.Text(d.Title))
	s.row(styleText, reporting.Text("Period"), reporting.Text(period(d)))
	s.row(styleText, reporting.Text("Generated"), reporting.Text(instant(d.GeneratedAt)))
	if d.Description != "" {
		s.row(styleText, reporting.Text(d.Description))
	}
	return s
}

func sectionSheet(section reporting.Section, before []sheet) sheet {
	s := newSheet(sheetName(section.Title, before))
	s.row(styleBold, reporting.Text(section.Title))
	for _, text := range [...]string{section.Empty, section.Text} {
		if text != "" {
			s.row(styleText, reporting.Text(text))
		}
	}
	for _, l := range section.Lines {
		s.row(styleText, reporting.Text(l.Name), reporting.Text(l.Text))
	}
	if len(section.Figures) > 0 {
		s.space()
		s.row(styleBold, reporting.Text("Figure"), reporting.Text("Value"), reporting.Text("Unit"), reporting.Text("Source"))
	}
	for _, f := range section.Figures {
		s.row(styleText, reporting.Text(f.Name), reporting.Number(f.Value), reporting.Text(f.Unit), reporting.Text(f.Source.URL))
	}
	for _, c := range section.Charts {
		s.table(tableOf(c))
	}
	for _, t := range section.Tables {
		s.table(t)
	}
	return s
}

func (s sheet) table(t reporting.Table) {
	s.space()
	s.row(styleBold, reporting.Text(t.Title), reporting.Text(t.Source.URL))
	header := make([]reporting.Cell, len(t.Columns))
	for i, column := range t.Columns {
		header[i] = reporting.Text(column)
	}
	s.row(styleBold, header...)
	for _, cells := range t.Rows {
		s.row(styleText, cells...)
	}
	if t.Cut > 0 {
		s.row(styleText, reporting.Text(cut(t)))
	}
}

// sheetName makes a name as workbooks allow it: at most 31 characters, some never, and
// no two alike.
func sheetName(title string, before []sheet) string {
	base := strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, oneLine(title)), "' ")
	if base == "" {
		base = "Section"
	}
	name := short(base, 31)
	for n := 2; slices.ContainsFunc(before, func(s sheet) bool { return strings.EqualFold(s.name, name) }); n++ {
		name = fmt.Sprintf("%s %d", short(base, 27), n)
	}
	return name
}
