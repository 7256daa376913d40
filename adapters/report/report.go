// Package report prints what a check found, for people and for programs.
package report

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
)

// Options choose how a report is printed.
type Options struct {
	// Version is that of the program.
	Version string
	// Rules describes the rules, for formats that carry their descriptions.
	Rules []analysis.Rule
	// Colour is for the terminal.
	Colour bool
}

// Formats lists the names of the formats, sorted.
func Formats() []string { return slices.Sorted(maps.Keys(formats())) }

func formats() map[string]func(io.Writer, analysis.Report, Options) error {
	return map[string]func(io.Writer, analysis.Report, Options) error{
		"terminal": terminal, "json": asJSON, "sarif": sarif, "junit": junit, "html": page, "markdown": markdown,
	}
}

// Write prints a report in a format. It fails with Invalid when there is none of
// that name, and with the error of the writer.
func Write(w io.Writer, format string, r analysis.Report, o Options) error {
	write, ok := formats()[format]
	if !ok {
		return domain.Invalid.New("There is no format " + format + "; use " + strings.Join(Formats(), ", ") + ".")
	}
	return write(w, r, o)
}

func asJSON(w io.Writer, r analysis.Report, _ Options) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(r)
}

// order lists severities, the worst first. Never written.
var order = []string{"critical", "high", "medium", "low", "info"}

// byCount sorts names by how often they occur, most first.
func byCount(counts map[string]int) []string {
	names := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(names, func(a, b string) int { return counts[b] - counts[a] })
	return names
}
