package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/docsteward/docsteward/ports/analysis"
)

// colours are those of the terminal by severity. Never written.
var colours = map[string]string{"critical": "1;35", "high": "1;31", "medium": "33", "low": "36", "info": "2", "path": "1;4", "good": "32"}

// terminal groups the findings by document.
func terminal(w io.Writer, r analysis.Report, o Options) error {
	out := bufio.NewWriter(w)
	paint := func(name, text string) string {
		if !o.Colour {
			return text
		}
		return "\x1b[" + colours[name] + "m" + text + "\x1b[0m"
	}
	path := ""
	for _, f := range r.Findings {
		if f.Path != path {
			if path != "" {
				fmt.Fprintln(out)
			}
			path = f.Path
			fmt.Fprintln(out, paint("path", path))
		}
		place := "-"
		if f.Line > 0 {
			place = fmt.Sprintf("%d:%d", f.Line, f.Column)
		}
		fmt.Fprintf(out, "  %8s  %s  %s  %s\n", place, paint(f.Severity, fmt.Sprintf("%-8s", f.Severity)), f.Message, paint("info", f.Rule))
		if f.Suggestion != "" {
			fmt.Fprintf(out, "  %8s  %8s  %s\n", "", "", paint("info", "→ "+f.Suggestion))
		}
	}
	if len(r.Findings) > 0 {
		fmt.Fprintln(out)
	}
	for _, f := range r.Faults {
		fmt.Fprintf(out, "%s %s\n", paint("high", "not checked:"), f.Message)
	}
	fmt.Fprintf(out, "%s, %s", plural(r.Summary.Files, "document"), plural(r.Summary.Total, "finding"))
	for _, severity := range order {
		if n := r.Summary.BySeverity[severity]; n > 0 {
			fmt.Fprintf(out, ", %s", paint(severity, fmt.Sprintf("%d %s", n, severity)))
		}
	}
	if r.Summary.Fixed > 0 {
		fmt.Fprintf(out, ", %d mended", r.Summary.Fixed)
	}
	if r.Summary.Known > 0 {
		fmt.Fprintf(out, ", %d known before", r.Summary.Known)
	}
	fmt.Fprintf(out, ". Score %s.\n", paint("good", fmt.Sprintf("%.0f", r.Summary.Score)))
	return out.Flush()
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
