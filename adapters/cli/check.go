package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/adapters/report"
	"github.com/docsteward/docsteward/adapters/rules"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/ports/analysis"
)

// OpenAnalysis opens the analysis for one command. What it learns of the code is
// kept in a directory for the next time, and nowhere where that is empty. The
// function that it returns closes it.
type OpenAnalysis func(directory string) (*analysis.UseCases, func() error)

// NewCheck returns the command that holds documents to the rules. It clears the
// bar that the check moved.
func NewCheck(version string, bar *Progress, open OpenAnalysis) *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check PATH...",
		Short: "Tell what is wrong with the documents in folders, files or repositories",
		Long: "Tell what is wrong with the documents in folders, files or repositories. Needs no server and no network.\n\n" +
			"Rules are chosen in " + rules.FileName + ", by flags, and in comments such as\n<!-- docsteward-disable-next-line broken-link -->. docsteward rules lists them.\n\n" +
			"Exit code: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or something could not be read.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args, version, bar, open) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "terminal", strings.Join(report.Formats(), ", "))
	flags.StringVar(&f.output, "output", "", "write to this file instead of standard output")
	flags.StringVar(&f.failOn, "fail-on", "low", "least severity that makes the exit code 1: info, low, medium, high, critical or none")
	flags.StringVar(&f.config, "config", "", "configuration file (default "+rules.FileName+" where there is one)")
	flags.StringSliceVar(&f.enable, "enable", nil, "rules to switch on")
	flags.StringSliceVar(&f.disable, "disable", nil, "rules to switch off; * is all")
	flags.BoolVar(&f.fix, "fix", false, "mend in place what can be mended without changing the meaning, and tell what is left")
	flags.StringVar(&f.changed, "changed", "", "tell only what the changes since this revision touch: changed documents, and those that speak of changed code")
	flags.StringVar(&f.cache, "cache", ".docsteward", "folder that keeps what was learned of the code for the next run; empty keeps nothing")
	flags.StringVar(&f.baseline, "baseline", "", "file of known findings, which are not told again")
	flags.StringVar(&f.writeBaseline, "write-baseline", "", "write all findings to this file, for --baseline, and exit 0")
	flags.StringSliceVar(&f.ignore, "ignore", nil, "globs of paths that are not checked")
	return cmd
}

// checkFlags are the flags of the check.
type checkFlags struct {
	format, output, failOn, config string
	enable, disable, ignore        []string
	baseline, writeBaseline        string
	changed, cache                 string
	fix                            bool
}

func (f checkFlags) run(cmd *cobra.Command, args []string, version string, bar *Progress, open OpenAnalysis) error {
	limit, err := f.limit()
	if err != nil {
		return err
	}
	if !slices.Contains(report.Formats(), f.format) {
		return report.Write(io.Discard, f.format, analysis.Report{}, report.Options{})
	}
	chosen, err := rules.Read(f.config)
	if err != nil {
		return err
	}
	chosen.Enable, chosen.Disable = append(chosen.Enable, f.enable...), append(chosen.Disable, f.disable...)
	chosen.Ignore = append(chosen.Ignore, f.ignore...)
	known, err := f.known()
	if err != nil {
		return err
	}
	menu, done := open(f.cache)
	defer func() {
		if err := done(); err != nil {
			cmd.PrintErrln(domain.FaultOf(err).Message) // the check itself is whole
		}
	}()
	found, err := menu.CheckDocuments.Execute(cmd.Context(), analysis.CheckDocuments{Locations: args, Rules: chosen, Fix: f.fix, Known: known, Changed: f.changed}).Unwrap()
	bar.Clear()
	if err != nil {
		return err
	}
	all, err := menu.ListRules.Execute(cmd.Context(), analysis.ListRules{}).Unwrap()
	if err != nil {
		return err
	}
	rebase(&found)
	if f.writeBaseline != "" {
		return f.accept(cmd, found)
	}
	if err := f.write(cmd, found, report.Options{Version: version, Rules: all.Items}); err != nil {
		return err
	}
	return verdict(found, limit)
}

// limit is the least severity that fails; one above all for none.
func (f checkFlags) limit() (finding.Severity, error) {
	if f.failOn == "none" {
		return finding.Critical + 1, nil
	}
	return finding.ParseSeverity(f.failOn)
}

// known reads the baseline. One that is written anew holds all findings, those of
// an old one too.
func (f checkFlags) known() ([]string, error) {
	if f.writeBaseline != "" {
		return nil, nil
	}
	return readBaseline(f.baseline)
}

// accept writes the findings to the new baseline. It fails when some documents were
// not checked, whose findings the baseline lacks.
func (f checkFlags) accept(cmd *cobra.Command, found analysis.Report) error {
	if err := writeBaseline(f.writeBaseline, found); err != nil {
		return err
	}
	cmd.PrintErrf("written to %s: %d findings\n", f.writeBaseline, found.Summary.Total)
	for _, fault := range found.Faults {
		cmd.PrintErrf("not checked: %s: %s\n", fault.Path, fault.Message)
	}
	return verdict(found, finding.Critical+1)
}

// write prints the report where it is wanted.
func (f checkFlags) write(cmd *cobra.Command, found analysis.Report, o report.Options) error {
	if f.output == "" {
		o.Colour = isTerminal(cmd.OutOrStdout()) && os.Getenv("NO_COLOR") == ""
		return report.Write(cmd.OutOrStdout(), f.format, found, o)
	}
	file, err := os.Create(f.output)
	if err != nil {
		return domain.Storage.Wrap(err, "The file "+f.output+" cannot be written.")
	}
	if err := report.Write(file, f.format, found, o); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// rebase spells paths as seen from where the user stands.
func rebase(r *analysis.Report) {
	here, err := os.Getwd()
	if err != nil {
		return
	}
	prefix, err := filepath.Rel(here, filepath.FromSlash(r.Base))
	if err != nil || prefix == "." {
		return
	}
	for i := range r.Findings {
		r.Findings[i].Path = filepath.ToSlash(filepath.Join(prefix, r.Findings[i].Path))
	}
	for i := range r.Faults {
		r.Faults[i].Path = filepath.ToSlash(filepath.Join(prefix, r.Faults[i].Path))
	}
}

// verdict fails when something was found at or above the limit, or could not be
// read.
func verdict(r analysis.Report, limit finding.Severity) error {
	for name, n := range r.Summary.BySeverity {
		if severity, err := finding.ParseSeverity(name); err == nil && severity >= limit && n > 0 {
			return ErrFindings
		}
	}
	if len(r.Faults) > 0 {
		return domain.Storage.New(fmt.Sprintf("%d of the documents could not be checked; see above.", len(r.Faults)))
	}
	return nil
}

// NewRules returns the command that lists the rules.
func NewRules(open OpenAnalysis) *cobra.Command {
	return &cobra.Command{
		Use:   "rules",
		Short: "List the rules that documents are held to",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			menu, done := open("")
			all, err := menu.ListRules.Execute(cmd.Context(), analysis.ListRules{}).Unwrap()
			if err := errors.Join(err, done()); err != nil {
				return err
			}
			for _, r := range all.Items {
				state := r.Severity
				if r.Off {
					state += ", off"
				}
				if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%-24s %-8s %-14s %s\n", r.ID, strings.Join(r.Aliases, " "), state, r.Doc); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
