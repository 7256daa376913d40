package analysis

import (
	"path"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/freshness"
	"github.com/docsteward/docsteward/ports/analysis"
)

func (c *check) report() analysis.Report {
	report := analysis.Report{Base: c.base, Findings: make([]analysis.Finding, len(c.found)), Faults: c.faults}
	if report.Faults == nil {
		report.Faults = []analysis.Fault{}
	}
	slices.SortFunc(report.Faults, func(a, b analysis.Fault) int { return strings.Compare(a.Path, b.Path) })
	for i, f := range c.found {
		report.Findings[i] = findingView(f)
	}
	summary := finding.Summarise(len(c.facts), c.size(), c.found)
	report.Summary = analysis.Summary{
		Files: summary.Files, Bytes: summary.Bytes, Total: summary.Total, Faults: len(c.faults), Score: summary.Score,
		BySeverity: make(map[string]int), ByRule: summary.ByRule, ByFolder: c.scores(), ByAge: c.ages(),
	}
	for severity, n := range summary.BySeverity {
		report.Summary.BySeverity[severity.String()] = n
	}
	return report
}

// size is that of all documents together.
func (c *check) size() int {
	sum := 0
	for _, t := range c.tasks {
		sum += t.size
	}
	return sum
}

// scores tells the score of every folder, cut to two levels.
func (c *check) scores() map[string]float64 {
	files, found := make(map[string]int), make(map[string][]finding.Finding)
	for _, t := range c.tasks {
		files[folderOf(t.name)]++
	}
	for _, f := range c.found {
		folder := folderOf(f.Path)
		found[folder] = append(found[folder], f)
	}
	scores := make(map[string]float64, len(files))
	for folder, n := range files {
		scores[folder] = finding.Summarise(n, 0, found[folder]).Score
	}
	return scores
}

// ages counts the documents by their last change.
func (c *check) ages() []analysis.Age {
	changed := make([]time.Time, len(c.tasks))
	for i, t := range c.tasks {
		changed[i] = t.provenance.ChangedAt
	}
	counted := freshness.Ages(changed, c.service.Clock.Now())
	views := make([]analysis.Age, len(counted))
	for i, age := range counted {
		views[i] = analysis.Age(age)
	}
	return views
}

func folderOf(name string) string {
	parts := strings.Split(path.Dir(name), "/")
	return strings.Join(parts[:min(len(parts), 2)], "/")
}

func findingView(f finding.Finding) analysis.Finding {
	return analysis.Finding{
		Rule: f.Rule, Severity: f.Severity.String(), Path: f.Path, Line: f.Line, Column: f.Column, EndLine: f.EndLine, EndColumn: f.EndColumn,
		Span: analysis.Span{Start: f.Start, End: f.End}, Message: f.Message, Suggestion: f.Suggestion, Fixable: f.Fix != nil, Fingerprint: f.Fingerprint,
	}
}

// configOf reads the chosen rules; Invalid on a severity that does not exist.
func configOf(r analysis.Rules) (finding.Config, error) {
	config := finding.Config{
		Enable: r.Enable, Disable: r.Disable, Ignore: r.Ignore,
		MaxLineLength: r.MaxLineLength, MaxSentenceWords: r.MaxSentenceWords, MaxGrade: r.MaxGrade, StaleDays: r.StaleDays, Terms: r.Terms,
	}
	var err error
	if config.Severity, err = severities("severity.", r.Severity); err != nil {
		return finding.Config{}, err
	}
	for _, o := range r.Overrides {
		override := finding.Override{Paths: o.Paths, Enable: o.Enable, Disable: o.Disable}
		if override.Severity, err = severities("overrides.severity.", o.Severity); err != nil {
			return finding.Config{}, err
		}
		config.Overrides = append(config.Overrides, override)
	}
	return config, nil
}

func severities(field string, names map[string]string) (map[string]finding.Severity, error) {
	parsed := make(map[string]finding.Severity, len(names))
	for rule, name := range names {
		severity, err := finding.ParseSeverity(name)
		if err != nil {
			return nil, domain.FaultOf(err).WithField(field+rule, "enum", "must be info, low, medium, high or critical")
		}
		parsed[rule] = severity
	}
	return parsed, nil
}
