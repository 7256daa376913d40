package print

import (
	"bytes"
	"strings"

	"github.com/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"

	"github.com/docsteward/docsteward/ports/reporting"
)

// Sizes of a page, in millimetres.
const (
	pageWidth, margin = 210.0, 18.0
	textWidth         = pageWidth - 2*margin
	row               = 5.5
)

// page writes a PDF.
type page struct {
	*fpdf.Fpdf
	font *sfnt.Font
	buf  sfnt.Buffer
}

func writePDF(out *bytes.Buffer, d reporting.Document) error {
	font, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		return err
	}
	p := &page{Fpdf: fpdf.New("P", "mm", "A4", ""), font: font}
	p.SetCatalogSort(true)
	p.SetCreationDate(d.GeneratedAt)
	p.SetModificationDate(d.GeneratedAt)
	p.SetProducer("docsteward", true)
	p.SetTitle(p.known(d.Title), true)
	p.AddUTF8FontFromBytes("go", "", goregular.TTF)
	p.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	p.SetMargins(margin, margin, margin)
	p.SetAutoPageBreak(true, margin)
	p.AliasNbPages("{pages}")
	p.SetFooterFunc(func() {
		p.SetY(-12)
		p.style("", 8, 0x5a6b7b)
		p.CellFormat(0, 5, instant(d.GeneratedAt), "", 0, "L", false, 0, "")
		p.SetX(margin)
		p.CellFormat(0, 5, number(float64(p.PageNo()))+" / {pages}", "", 0, "R", false, 0, "")
	})
	p.AddPage()
	p.style("B", 18, 0x1c2733)
	p.paragraph(8, d.Title)
	p.style("", 10, 0x5a6b7b)
	p.paragraph(row, period(d))
	p.body(d.Description)
	for _, s := range d.Sections {
		p.section(s)
	}
	return p.Output(out)
}

func (p *page) style(weight string, size float64, colour int) {
	p.SetFont("go", weight, size)
	p.SetTextColor(colour>>16, colour>>8&0xff, colour&0xff)
}

// known replaces what the font cannot show.
func (p *page) known(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		if r == '\t' {
			return ' '
		}
		if glyph, err := p.font.GlyphIndex(&p.buf, r); r > 0xffff || err != nil || glyph == 0 {
			return '□'
		}
		return r
	}, strings.ReplaceAll(text, "{pages}", "{ pages }"))
}

func (p *page) paragraph(height float64, text string) {
	if text != "" {
		p.MultiCell(0, height, p.known(text), "", "L", false)
	}
}

func (p *page) body(text string) {
	if text != "" {
		p.style("", 10, 0x1c2733)
		p.Ln(2)
		p.paragraph(row, text)
	}
}

func (p *page) section(s reporting.Section) {
	p.Ln(6)
	p.keep(20)
	p.style("B", 13, 0x1c2733)
	p.paragraph(7, s.Title)
	if s.Empty != "" {
		p.style("", 10, 0x5a6b7b)
		p.paragraph(row, s.Empty)
	}
	p.body(s.Text)
	for _, l := range s.Lines {
		p.style("B", 10, 0x1c2733)
		p.paragraph(row, l.Name)
		p.style("", 10, 0x1c2733)
		p.paragraph(row, l.Text)
		p.Ln(1)
	}
	for _, f := range s.Figures {
		p.figure(f)
	}
	for _, c := range s.Charts {
		p.chart(draw(c))
	}
	for _, t := range s.Tables {
		p.table(t)
	}
}

// keep begins a new page unless so many millimetres are left on this one.
func (p *page) keep(height float64) {
	if _, pageHeight := p.GetPageSize(); p.GetY()+height > pageHeight-margin {
		p.AddPage()
	}
}

func (p *page) figure(f reporting.Figure) {
	p.style("", 10, 0x1c2733)
	p.CellFormat(90, row, p.fit(f.Name, 90), "", 0, "L", false, 0, "")
	p.style("B", 10, 0x1c2733)
	p.CellFormat(45, row, p.fit(measured(f.Value, f.Unit), 45), "", 0, "R", false, 0, "")
	p.source(f.Source)
}

// source ends a line with a link to the query.
func (p *page) source(q reporting.Query) {
	p.style("", 8, 0x0b5cad)
	p.CellFormat(0, row, p.fit(q.Service, textWidth-135), "", 1, "R", false, 0, q.URL)
}

// fit cuts a text to a width in millimetres.
func (p *page) fit(text string, width float64) string {
	text = p.known(oneLine(text))
	if p.GetStringWidth(text) <= width-2 {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		middle := (low + high + 1) / 2
		if p.GetStringWidth(string(runes[:middle])+"…") <= width-2 {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return string(runes[:low]) + "…"
}
