package print

import "github.com/docsteward/docsteward/ports/reporting"

// most is how many points of a chart are drawn; the rest of its points stand in the
// data only.
const most = 60

// drawn is a chart as numbers from 0 to 1.
type drawn struct {
	reporting.Chart
	// Marks are the points that are drawn, in their order.
	Marks []mark
}

// mark is a point of a drawn chart.
type mark struct {
	Label, Text string
	// X and Y are the place from the left and from below, from 0 to 1.
	X, Y float64
}

// draw finds the places of the points. Bars begin at 0; what is below is drawn as 0.
func draw(c reporting.Chart) drawn {
	points := c.Points
	if len(points) > most {
		if c.Line {
			points = points[len(points)-most:]
		} else {
			points = points[:most]
		}
	}
	greatest := 0.0
	for _, p := range points {
		greatest = max(greatest, p.Value)
	}
	d := drawn{Chart: c, Marks: make([]mark, len(points))}
	for i, p := range points {
		d.Marks[i] = mark{Label: oneLine(p.Label), Text: measured(p.Value, c.Unit), X: 0.5}
		if len(points) > 1 {
			d.Marks[i].X = float64(i) / float64(len(points)-1)
		}
		if greatest > 0 {
			d.Marks[i].Y = max(p.Value, 0) / greatest
		}
	}
	return d
}

// short cuts a label.
func short(text string, runes int) string {
	if all := []rune(text); len(all) > runes {
		return string(all[:runes-1]) + "…"
	}
	return text
}
