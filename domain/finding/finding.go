// Package finding is the concept of something wrong with a document: which rule
// it breaks, how bad it is, where it stands, and how it may be mended.
package finding

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// Severity is how bad a finding is.
type Severity int

// The severities, the least first.
const (
	// Info is worth knowing and breaks nothing.
	Info Severity = iota
	// Low is untidy.
	Low
	// Medium misleads some readers.
	Medium
	// High misleads most readers, or breaks the page.
	High
	// Critical harms whoever follows the page.
	Critical
)

// severities is never written.
var severities = [...]string{Info: "info", Low: "low", Medium: "medium", High: "high", Critical: "critical"}

// String returns the name of the severity.
func (s Severity) String() string {
	if s < Info || s > Critical {
		return "unknown"
	}
	return severities[s]
}

// Severities returns every severity, the least first.
func Severities() []Severity { return []Severity{Info, Low, Medium, High, Critical} }

// ParseSeverity returns the severity of that name; Invalid when there is none.
func ParseSeverity(name string) (Severity, error) {
	if i := slices.Index(severities[:], strings.ToLower(name)); i >= 0 {
		return Severity(i), nil
	}
	return Info, domain.Invalid.New("There is no severity "+name+"; use info, low, medium, high or critical.").
		WithField("severity", "enum", "must be info, low, medium, high or critical")
}

// Place is where in a document a finding stands.
type Place struct {
	// Start and End bound the place [Start, End) in bytes of the content.
	Start, End int
	// Line and Column are where the place begins, EndLine and EndColumn where it
	// ends, all from 1; columns count characters. All are 0 for the document as a
	// whole.
	Line, Column, EndLine, EndColumn int

	// excerpt is the text of the place, for the fingerprint.
	excerpt string
}

// Finding is one thing that is wrong with one document.
type Finding struct {
	// Rule is the id of the rule that is broken.
	Rule string
	// Severity is how bad it is, by the rule or by the configuration.
	Severity Severity
	// Path is that of the document.
	Path string
	Place
	// Message says what is wrong, and Suggestion what would be right; the latter
	// may be empty.
	Message, Suggestion string
	// Fix is a change that mends the finding without changing what the text means;
	// nil when there is none.
	Fix *Fix
	// Fingerprint identifies the finding by its rule, path and text, so that it
	// stays the same when lines move, and when its message counts something else,
	// as the age of a document.
	Fingerprint string
}

// Fix replaces a range of bytes.
type Fix struct {
	// Start and End bound what is replaced [Start, End); equal ones insert.
	Start, End int
	// Replacement is what is put there.
	Replacement string
}

// Sort orders findings by path, place and rule, and gives every one its
// fingerprint. folder is where the paths begin within their project, so that a
// fingerprint does not depend on which part of the project is checked; it may be
// empty.
func Sort(findings []Finding, folder string) {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), cmp.Compare(a.Start, b.Start), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Message, b.Message))
	})
	seen := make(map[string]int)
	for i := range findings {
		f := &findings[i]
		key := f.Rule + "\x00" + path.Join(folder, f.Path) + "\x00" + f.excerpt
		seen[key]++
		sum := sha256.Sum256([]byte(fmt.Sprintf("%s\x00%d", key, seen[key])))
		f.Fingerprint = hex.EncodeToString(sum[:12])
	}
}

// Apply returns the content with the fixes of its findings made. Of fixes that
// overlap, or that insert at one place, the first is made; a check of the result
// brings the others up again.
func Apply(content []byte, findings []Finding) []byte {
	var fixes []Fix
	for _, f := range findings {
		if f.Fix != nil {
			fixes = append(fixes, *f.Fix)
		}
	}
	slices.SortStableFunc(fixes, func(a, b Fix) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var out []byte
	at, inserted := 0, -1
	for _, fix := range fixes {
		if fix.Start < at || fix.End < fix.Start || fix.End > len(content) || fix.Start == fix.End && inserted == fix.Start {
			continue
		}
		out = append(append(out, content[at:fix.Start]...), fix.Replacement...)
		at = fix.End
		if fix.Start == fix.End {
			inserted = fix.Start
		}
	}
	return append(out, content[at:]...)
}

// Summary counts findings.
type Summary struct {
	// Files is how many documents were checked, and Bytes their size.
	Files, Bytes int
	// Total is how many findings there are; BySeverity and ByRule count them.
	Total      int
	BySeverity map[Severity]int
	ByRule     map[string]int
	// Score is from 0, bad, to 100, nothing found.
	Score float64
}

// weights are how much a finding of each severity costs. Never written.
var weights = [...]float64{Info: 0, Low: 0.2, Medium: 1, High: 3, Critical: 10}

// Summarise counts. The score is 100 / (1 + cost per document), where a finding
// costs 0, 0.2, 1, 3 or 10 by its severity: one medium finding in every
// document halves it.
func Summarise(files, bytes int, findings []Finding) Summary {
	s := Summary{Files: files, Bytes: bytes, Total: len(findings), BySeverity: make(map[Severity]int), ByRule: make(map[string]int)}
	cost := 0.0
	for _, f := range findings {
		s.BySeverity[f.Severity]++
		s.ByRule[f.Rule]++
		cost += weights[f.Severity]
	}
	s.Score = 100 / (1 + cost/float64(max(files, 1)))
	return s
}
