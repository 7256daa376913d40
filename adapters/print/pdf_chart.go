package print

import (
	"strings"

	"github.com/docsteward/docsteward/ports/reporting"
)

// caption writes the title of a chart or table with the link to its query.
func (p *page) caption(title string, source reporting.Query, height float64) {
	p.Ln(3)
	p.keep(height)
	p.style("B", 10, 0x1c2733)
	p.CellFormat(135, row, p.fit(title, 135), "", 0, "L", false, 0, "")
	p.source(source)
}

func (p *page) chart(d drawn) {
	if len(d.Marks) == 0 {
		return
	}
	p.SetFillColor(0x0b, 0x5c, 0xad)
	p.SetDrawColor(0x0b, 0x5c, 0xad)
	if d.Line {
		p.lineChart(d)
		return
	}
	p.caption(d.Title, d.Source, 3*row)
	for _, m := range d.Marks {
		p.keep(row)
		p.style("", 9, 0x1c2733)
		p.CellFormat(50, row, p.fit(m.Label, 50), "", 0, "L", false, 0, "")
		if m.Y > 0 {
			p.Rect(margin+52, p.GetY()+1, m.Y*95, row-2, "F")
		}
		p.CellFormat(0, row, p.fit(m.Text, 26), "", 1, "R", false, 0, "")
	}
}

func (p *page) lineChart(d drawn) {
	const height = 40.0
	p.caption(d.Title, d.Source, height+3*row)
	top := p.GetY() + 2
	at := func(m mark) (x, y float64) { return margin + 2 + m.X*(textWidth-4), top + (1-m.Y)*height }
	for i, m := range d.Marks {
		x, y := at(m)
		if i > 0 {
			fromX, fromY := at(d.Marks[i-1])
			p.Line(fromX, fromY, x, y)
		}
		p.Circle(x, y, 0.7, "F")
	}
	p.SetY(top + height + 2)
	first, last := d.Marks[0], d.Marks[len(d.Marks)-1]
	p.style("", 9, 0x1c2733)
	half := textWidth / 2
	p.CellFormat(half, row, p.fit(first.Label+": "+first.Text, half), "", 0, "L", false, 0, "")
	p.CellFormat(half, row, p.fit(last.Label+": "+last.Text, half), "", 1, "R", false, 0, "")
}

// table writes columns whose widths follow their longest cells.
func (p *page) table(t reporting.Table) {
	p.caption(t.Title, t.Source, 4*row)
	p.style("", 8.5, 0x1c2733)
	widths := p.widths(t)
	p.SetDrawColor(0xd5, 0xdd, 0xe5)
	p.style("B", 8.5, 0x1c2733)
	for i, column := range t.Columns {
		p.CellFormat(widths[i], row, p.fit(column, widths[i]), "B", 0, "L", false, 0, "")
	}
	p.Ln(-1)
	p.style("", 8.5, 0x1c2733)
	for _, cells := range t.Rows {
		for i, c := range cells[:min(len(cells), len(widths))] {
			align := "L"
			if c.Number != nil {
				align = "R"
			}
			p.CellFormat(widths[i], row, p.fit(shown(c), widths[i]), "B", 0, align, false, 0, "")
		}
		p.Ln(-1)
	}
	if t.Cut > 0 {
		p.paragraph(row, cut(t))
	}
}

func (p *page) widths(t reporting.Table) []float64 {
	widths := make([]float64, len(t.Columns))
	total := 0.0
	for i, column := range t.Columns {
		widths[i] = p.GetStringWidth(p.known(column)) + 6
		for _, cells := range t.Rows {
			if i < len(cells) {
				widths[i] = max(widths[i], min(p.GetStringWidth(p.known(strings.TrimSpace(short(shown(cells[i]), 60))))+4, 80))
			}
		}
		total += widths[i]
	}
	for i := range widths {
		widths[i] *= textWidth / total
	}
	return widths
}
