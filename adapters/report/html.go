package report

import (
	_ "embed"
	"html/template"
	"io"
	"maps"
	"slices"

	"github.com/docsteward/docsteward/ports/analysis"
)

//go:embed report.html
var pageSource string

// bar is one row of a chart.
type bar struct {
	Name  string
	Text  int
	Width float64
	Class string
}

// page is one self-contained file with charts and the findings, which can be
// filtered by severity.
func page(w io.Writer, r analysis.Report, _ Options) error {
	parsed, err := template.New("report").Parse(pageSource)
	if err != nil {
		return err
	}
	return parsed.Execute(w, map[string]any{
		"Report": r, "Severities": severityBars(r), "Rules": ruleBars(r), "Folders": folderBars(r), "Ages": ageBars(r), "Groups": groups(r), "Order": order,
	})
}

func severityBars(r analysis.Report) []bar {
	var bars []bar
	for _, s := range order {
		n := r.Summary.BySeverity[s]
		bars = append(bars, bar{s, n, 100 * float64(n) / float64(max(r.Summary.Total, 1)), s})
	}
	return bars
}

func ruleBars(r analysis.Report) []bar {
	var bars []bar
	rules := byCount(r.Summary.ByRule)
	for _, rule := range rules {
		n, most := r.Summary.ByRule[rule], r.Summary.ByRule[rules[0]]
		bars = append(bars, bar{rule, n, 100 * float64(n) / float64(most), "rule"})
	}
	return bars
}

func folderBars(r analysis.Report) []bar {
	var bars []bar
	for _, folder := range slices.Sorted(maps.Keys(r.Summary.ByFolder)) {
		score := r.Summary.ByFolder[folder]
		bars = append(bars, bar{folder, int(score), score, "score"})
	}
	return bars
}

func ageBars(r analysis.Report) []bar {
	most := 1
	for _, age := range r.Summary.ByAge {
		most = max(most, age.Documents)
	}
	var bars []bar
	for _, age := range r.Summary.ByAge {
		bars = append(bars, bar{age.Name, age.Documents, 100 * float64(age.Documents) / float64(most), "age"})
	}
	return bars
}

// group is the findings of one document.
type group struct {
	Path     string
	Findings []analysis.Finding
}

func groups(r analysis.Report) []group {
	var all []group
	for _, f := range r.Findings {
		if n := len(all); n == 0 || all[n-1].Path != f.Path {
			all = append(all, group{Path: f.Path})
		}
		last := &all[len(all)-1]
		last.Findings = append(last.Findings, f)
	}
	return all
}
