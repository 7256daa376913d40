package cli

import (
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
