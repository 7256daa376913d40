package print

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/docsteward/docsteward/ports/reporting"
)

//go:embed report.html
var pageSource string

// Sizes of charts on a page, in pixels.
const (
	chartWidth, labelWidth, valueWidth = 720.0, 200.0, 90.0
	barHeight, lineHeight              = 22.0, 180.0
)

func writeHTML(out *bytes.Buffer, d reporting.Document) error {
	page, err := template.New("report").Funcs(template.FuncMap{
		"number": number, "measured": measured, "shown": shown, "period": period, "instant": instant, "cut": cut,
		"draw": draw, "bars": svgBars, "polyline": svgLine, "short": short, "height": svgHeight,
		"paragraphs": func(text string) []string { return strings.Split(text, "\n\n") },
	}).Parse(pageSource)
	if err != nil {
		return err
	}
	return page.Execute(out, d)
}

// shape is a bar or a point of a chart on a page.
type shape struct {
	mark
	Left, Top, Width, Middle float64
}

func round(v float64) float64 { return float64(int(v*10+0.5)) / 10 }

func svgBars(d drawn) []shape {
	shapes := make([]shape, len(d.Marks))
	for i, m := range d.Marks {
		top := float64(i) * barHeight
		shapes[i] = shape{m, labelWidth, top + 3, round(m.Y * (chartWidth - labelWidth - valueWidth)), top + 15}
	}
	return shapes
}

func svgHeight(d drawn) float64 {
	if d.Line {
		return lineHeight + 40
	}
	return barHeight * float64(len(d.Marks))
}

// path is the points of a line.
type path struct {
	Line   string
	Points []shape
}

func svgLine(d drawn) path {
	var p path
	var line strings.Builder
	for i, m := range d.Marks {
		s := shape{mark: m, Left: round(20 + m.X*(chartWidth-40)), Top: round(20 + (1-m.Y)*(lineHeight-20))}
		if i > 0 {
			line.WriteByte(' ')
		}
		fmt.Fprintf(&line, "%g,%g", s.Left, s.Top)
		p.Points = append(p.Points, s)
	}
	p.Line = line.String()
	return p
}
