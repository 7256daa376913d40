package cli

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
)

// baseline is the file of the findings that a project has decided to live with
// for now. Rule, path and message are for who reads it; the fingerprint decides.
type baseline struct {
	Version  int        `json:"version"`
	Findings []accepted `json:"findings"`
}

type accepted struct {
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	Path        string `json:"path"`
	Message     string `json:"message"`
}

const baselineVersion = 1

// readBaseline returns the fingerprints of a baseline; none where name is empty.
func readBaseline(name string) ([]string, error) {
	if name == "" {
		return nil, nil
	}
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, domain.NotFound.Wrap(err, "The baseline "+name+" does not exist; make it with --write-baseline "+name+".")
	case err != nil:
		return nil, domain.Forbidden.Wrap(err, "The baseline "+name+" cannot be read.")
	}
	var b baseline
	if err := json.Unmarshal(data, &b); err != nil || b.Version != baselineVersion {
		return nil, domain.Invalid.New("The baseline " + name + " cannot be understood; make it anew with --write-baseline " + name + ".")
	}
	known := make([]string, len(b.Findings))
	for i, f := range b.Findings {
		known[i] = f.Fingerprint
	}
	return known, nil
}

// writeBaseline writes all findings of a report, over the old file at once.
func writeBaseline(name string, r analysis.Report) error {
	b := baseline{Version: baselineVersion, Findings: make([]accepted, len(r.Findings))}
	for i, f := range r.Findings {
		b.Findings[i] = accepted{f.Fingerprint, f.Rule, f.Path, f.Message}
	}
	data, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return domain.Internal.Wrap(err, "The baseline cannot be written as JSON.")
	}
	beside := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".new")
	if err := os.WriteFile(beside, append(data, '\n'), 0o644); err != nil {
		return domain.Storage.Wrap(err, "The baseline "+name+" cannot be written.")
	}
	if err := os.Rename(beside, name); err != nil {
		return domain.Storage.Wrap(err, "The baseline "+name+" cannot be written.")
	}
	return nil
}
