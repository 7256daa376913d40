package finding_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/markdown"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/finding"
)

func TestSeverities(t *testing.T) {
	for _, s := range finding.Severities() {
		if got, err := finding.ParseSeverity(s.String()); err != nil || got != s {
			t.Errorf("%s is read as %s, %v", s, got, err)
		}
	}
	if _, err := finding.ParseSeverity("worst"); !errors.Is(err, domain.Invalid) {
		t.Errorf("got %v", err)
	}
	if got, err := finding.ParseSeverity("HIGH"); got != finding.High || err != nil || finding.Severity(9).String() != "unknown" {
		t.Errorf("got %v, %v", got, err)
	}
}

// reported puts a finding of broken-link on each of the ranges of a document.
func reported(t *testing.T, path, source string, ranges ...[2]int) []finding.Finding {
	t.Helper()
	content := []byte(source)
	p := finding.NewPage(path, content, markdown.New().Parse(content), finding.Config{}.Choose(catalogue(t), path), &finding.Disables{})
	for _, r := range ranges {
		p.Mark("broken-link", r[0], r[1], "It is broken.", "", nil)
	}
	return p.Take()
}

func TestFingerprintsSurviveMovedLines(t *testing.T) {
	before := reported(t, "a.md", "x\n\n[a](b) and [a](b)\n", [2]int{3, 9}, [2]int{14, 20})
	after := reported(t, "a.md", "x\n\nmore\n\n[a](b)  and\n[a](b)\n", [2]int{9, 15}, [2]int{21, 27})
	finding.Sort(before, "")
	finding.Sort(after, "")
	if before[0].Fingerprint == before[1].Fingerprint {
		t.Error("two findings have one fingerprint")
	}
	for i := range before {
		if before[i].Fingerprint != after[i].Fingerprint || len(before[i].Fingerprint) != 24 {
			t.Errorf("%d: %q became %q", i, before[i].Fingerprint, after[i].Fingerprint)
		}
	}
	other := reported(t, "a.md", "x\n\n[c](b)\n", [2]int{3, 9})
	finding.Sort(other, "")
	if other[0].Fingerprint == before[0].Fingerprint {
		t.Error("other text has the same fingerprint")
	}
}

// The age in a message grows from day to day; the finding is the same.
func TestFingerprintsDoNotDependOnTheMessage(t *testing.T) {
	today := []finding.Finding{{Rule: "stale-document", Path: "a.md", Message: "800 days"}}
	tomorrow := []finding.Finding{{Rule: "stale-document", Path: "a.md", Message: "801 days"}}
	other := []finding.Finding{{Rule: "stale-document", Path: "b.md", Message: "800 days"}}
	finding.Sort(today, "")
	finding.Sort(tomorrow, "")
	finding.Sort(other, "")
	if today[0].Fingerprint != tomorrow[0].Fingerprint || today[0].Fingerprint == other[0].Fingerprint {
		t.Errorf("got %q, then %q, and of another document %q", today[0].Fingerprint, tomorrow[0].Fingerprint, other[0].Fingerprint)
	}
}

func TestSortIsByPathPlaceAndRule(t *testing.T) {
	found := append(reported(t, "b.md", "abc\n", [2]int{0, 1}), reported(t, "a.md", "abc\nd\n", [2]int{4, 5}, [2]int{1, 2})...)
	finding.Sort(found, "")
	got := ""
	for _, f := range found {
		got += fmt.Sprintf("%s:%d:%d-%d:%d ", f.Path, f.Line, f.Column, f.EndLine, f.EndColumn)
	}
	if got != "a.md:1:2-1:3 a.md:2:1-2:2 b.md:1:1-1:2 " {
		t.Errorf("got %s", got)
	}
}

func TestApply(t *testing.T) {
	fix := func(start, end int, text string) finding.Finding {
		return finding.Finding{Fix: &finding.Fix{Start: start, End: end, Replacement: text}}
	}
	for name, c := range map[string]struct {
		findings []finding.Finding
		want     string
	}{
		"none":                {nil, "abcdef"},
		"without a fix":       {[]finding.Finding{{}}, "abcdef"},
		"in any order":        {[]finding.Finding{fix(4, 5, "E"), fix(0, 1, "A")}, "AbcdEf"},
		"delete and insert":   {[]finding.Finding{fix(1, 3, ""), fix(6, 6, "!")}, "adef!"},
		"overlap":             {[]finding.Finding{fix(0, 3, "x"), fix(2, 4, "y")}, "xdef"},
		"inserted once":       {[]finding.Finding{fix(3, 3, "\n"), fix(3, 3, "\n")}, "abc\ndef"},
		"insert before":       {[]finding.Finding{fix(3, 4, "D"), fix(3, 3, "-")}, "abc-Def"},
		"beyond the content":  {[]finding.Finding{fix(5, 9, "")}, "abcdef"},
		"wrong way round":     {[]finding.Finding{fix(5, 4, "")}, "abcdef"},
		"one behind another":  {[]finding.Finding{fix(0, 2, ""), fix(2, 4, "")}, "ef"},
		"nothing is replaced": {[]finding.Finding{fix(2, 2, "")}, "abcdef"},
	} {
		if got := string(finding.Apply([]byte("abcdef"), c.findings)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestSummarise(t *testing.T) {
	found := []finding.Finding{{Rule: "a", Severity: finding.Medium}, {Rule: "a", Severity: finding.Medium}, {Rule: "b", Severity: finding.Info}}
	s := finding.Summarise(2, 10, found)
	if s.Score != 50 || s.Total != 3 || s.ByRule["a"] != 2 || s.BySeverity[finding.Info] != 1 || s.Files != 2 || s.Bytes != 10 {
		t.Errorf("got %+v", s)
	}
	if s := finding.Summarise(0, 0, nil); s.Score != 100 {
		t.Errorf("nothing scores %v", s.Score)
	}
	worse := finding.Summarise(2, 10, append(found, finding.Finding{Severity: finding.Critical}))
	if worse.Score >= s.Score || math.IsNaN(worse.Score) {
		t.Errorf("a critical finding scores %v", worse.Score)
	}
}

func ExampleApply() {
	found := []finding.Finding{{Rule: "repeated-word", Fix: &finding.Fix{Start: 9, End: 13}}}
	fmt.Printf("%s", finding.Apply([]byte("It is the the end.\n"), found))
	// Output: It is the end.
}

func ExampleSummarise() {
	s := finding.Summarise(10, 0, []finding.Finding{{Rule: "broken-link", Severity: finding.High}})
	fmt.Printf("%.0f\n", s.Score)
	// Output: 77
}
