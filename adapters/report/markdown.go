package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/docsteward/docsteward/ports/analysis"
)

// markdown is for comments on a change: the counts, and the findings in a table.
func markdown(w io.Writer, r analysis.Report, _ Options) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "## Documentation check\n\n%s, %s, score %.0f.\n", plural(r.Summary.Files, "document"), plural(r.Summary.Total, "finding"), r.Summary.Score)
	if len(r.Findings) > 0 {
		fmt.Fprint(out, "\n| Severity | Place | Finding | Rule |\n| --- | --- | --- | --- |\n")
	}
	for _, f := range r.Findings {
		fmt.Fprintf(out, "| %s | `%s:%d` | %s | %s |\n", f.Severity, f.Path, f.Line, cell(f.Message+" "+f.Suggestion), f.Rule)
	}
	if len(r.Faults) > 0 {
		fmt.Fprint(out, "\nNot checked:\n\n")
	}
	for _, f := range r.Faults {
		fmt.Fprintf(out, "- %s\n", f.Message)
	}
	return out.Flush()
}

func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ").Replace(strings.TrimSpace(text))
}
