package print

import (
	"math"

	"github.com/docsteward/docsteward/ports/reporting"
)

// clean returns a copy of the document whose texts are readable, whose numbers are
// numbers, and whose instants are in UTC.
func clean(d reporting.Document) reporting.Document {
	d.Title, d.Description = readable(d.Title), readable(d.Description)
	d.From, d.To, d.GeneratedAt = d.From.UTC(), d.To.UTC(), d.GeneratedAt.UTC()
	d.Sections = each(d.Sections, cleanSection)
	return d
}

func cleanSection(s reporting.Section) reporting.Section {
	s.Title, s.Empty, s.Text = readable(s.Title), readable(s.Empty), readable(s.Text)
	s.Lines = each(s.Lines, func(l reporting.Line) reporting.Line {
		return reporting.Line{Name: readable(l.Name), Text: readable(l.Text)}
	})
	s.Figures = each(s.Figures, func(f reporting.Figure) reporting.Figure {
		f.Name, f.Unit, f.Value = readable(f.Name), readable(f.Unit), finite(f.Value)
		return f
	})
	s.Charts = each(s.Charts, func(c reporting.Chart) reporting.Chart {
		c.Title, c.Unit = readable(c.Title), readable(c.Unit)
		c.Points = each(c.Points, func(p reporting.Point) reporting.Point {
			return reporting.Point{Label: readable(p.Label), Value: finite(p.Value)}
		})
		return c
	})
	s.Tables = each(s.Tables, cleanTable)
	return s
}

func cleanTable(t reporting.Table) reporting.Table {
	t.Title, t.Columns = readable(t.Title), each(t.Columns, readable)
	t.Rows = each(t.Rows, func(row []reporting.Cell) []reporting.Cell {
		return each(row, func(c reporting.Cell) reporting.Cell {
			if c.Number != nil {
				return reporting.Number(finite(*c.Number))
			}
			return reporting.Text(readable(c.Text))
		})
	})
	return t
}

// finite is 0 for what no format can write as a number.
func finite(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

func each[T, R any](list []T, change func(T) R) []R {
	if list == nil {
		return nil
	}
	changed := make([]R, len(list))
	for i, one := range list {
		changed[i] = change(one)
	}
	return changed
}
