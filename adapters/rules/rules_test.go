package rules_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/docsteward/docsteward/adapters/rules"
	"github.com/docsteward/docsteward/domain"
)

func TestParse(t *testing.T) {
	r, err := rules.Parse("x.yaml", "disable: [MD013]\nseverity: {broken-link: critical}\nterms: {GitHub: [Github]}\noverrides:\n  - paths: [docs/**]\n    enable: [line-length]\n")
	if err != nil || r.Disable[0] != "MD013" || r.Severity["broken-link"] != "critical" || r.Terms["GitHub"][0] != "Github" || r.Overrides[0].Paths[0] != "docs/**" {
		t.Fatalf("got %+v, %v", r, err)
	}
	if _, err := rules.Parse("x.yaml", ""); err != nil {
		t.Errorf("an empty file: %v", err)
	}
	for _, bad := range []string{"no_such_key: 1", "disable: {a: 1}", "disable: ["} {
		if _, err := rules.Parse("x.yaml", bad); !errors.Is(err, domain.Invalid) {
			t.Errorf("%q: got %v", bad, err)
		}
	}
}

func TestAMissingFileMattersOnlyWhenNamed(t *testing.T) {
	t.Chdir(t.TempDir())
	if _, err := rules.Read(""); err != nil {
		t.Error(err)
	}
	if _, err := rules.Read(filepath.Join("no", "such.yaml")); !errors.Is(err, domain.NotFound) {
		t.Errorf("got %v", err)
	}
}
