package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
)

func TestABaselineIsReadAsItWasWritten(t *testing.T) {
	name := filepath.Join(t.TempDir(), "baseline.json")
	if err := writeBaseline(name, analysis.Report{Findings: []analysis.Finding{{Fingerprint: "f1", Rule: "r"}, {Fingerprint: "f2"}}}); err != nil {
		t.Fatal(err)
	}
	if known, err := readBaseline(name); err != nil || !slices.Equal(known, []string{"f1", "f2"}) {
		t.Errorf("got %v, %v", known, err)
	}
	if known, err := readBaseline(""); err != nil || known != nil {
		t.Errorf("no baseline: %v, %v", known, err)
	}
}

func TestAMissingOrBrokenBaselineIsAFault(t *testing.T) {
	name := filepath.Join(t.TempDir(), "baseline.json")
	if _, err := readBaseline(name); !errors.Is(err, domain.NotFound) {
		t.Errorf("missing: %v", err)
	}
	for _, text := range []string{"{", `{"version":9}`, "[]"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readBaseline(name); !errors.Is(err, domain.Invalid) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if err := writeBaseline(filepath.Join(name, "no"), analysis.Report{}); !errors.Is(err, domain.Storage) {
		t.Errorf("a folder that is a file: %v", err)
	}
}

func TestAWrittenBaselineHoldsAllFindingsAndTellsWhatItLacks(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "baseline.json")
	report := analysis.Report{Findings: []analysis.Finding{{Fingerprint: "f1"}}, Base: dir}
	open := func(string) (*analysis.UseCases, func() error) {
		menu := new(analysis.UseCases)
		menu.CheckDocuments.HandleFunc(func(_ context.Context, c analysis.CheckDocuments) (analysis.Report, error) {
			if len(c.Known) > 0 {
				return analysis.Report{Base: dir}, nil
			}
			return report, nil
		})
		menu.ListRules.HandleFunc(func(context.Context, analysis.ListRules) (analysis.RuleList, error) { return analysis.RuleList{}, nil })
		return menu, func() error { return nil }
	}
	write := func() error {
		var out bytes.Buffer
		cmd := NewCheck("", NewProgress(&out, nil), open)
		cmd.SetOut(&out)
		cmd.SetErr(&out)
		cmd.SetArgs([]string{dir, "--baseline", name, "--write-baseline", name})
		return cmd.Execute()
	}
	for range 2 { // the second time over the first
		if err := write(); err != nil {
			t.Fatal(err)
		}
		if known, err := readBaseline(name); err != nil || !slices.Equal(known, []string{"f1"}) {
			t.Errorf("got %v, %v", known, err)
		}
	}
	report.Faults = []analysis.Fault{{Path: "a.md", Message: "gone"}}
	if err := write(); !errors.Is(err, domain.Storage) {
		t.Errorf("a document was not checked: got %v, want Storage", err)
	}
}
