package finding_test

import (
	"errors"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/finding"
)

func TestCatalogue(t *testing.T) {
	c := catalogue(t)
	if r, ok := c.Find("md013"); !ok || r.ID != "line-length" || len(c.Rules()) != 3 {
		t.Errorf("got %+v", r)
	}
	if _, ok := c.Find("nothing"); ok {
		t.Error("a rule that does not exist is found")
	}
	if _, err := finding.NewCatalogue([]finding.Rule{{ID: "a"}, {ID: "b", Aliases: []string{"A"}}}); !errors.Is(err, domain.Internal) {
		t.Errorf("got %v", err)
	}
}

func TestChoices(t *testing.T) {
	critical := map[string]finding.Severity{"MD013": finding.Critical}
	for name, c := range map[string]struct {
		config          finding.Config
		long, link, shy string
	}{
		"default":              {finding.Config{}, "info", "high", "off"},
		"disable":              {finding.Config{Disable: []string{"MD013"}}, "off", "high", "off"},
		"enable":               {finding.Config{Enable: []string{"shy"}}, "info", "high", "low"},
		"only one":             {finding.Config{Disable: []string{"*"}, Enable: []string{"md013"}}, "info", "off", "off"},
		"severity":             {finding.Config{Severity: critical}, "critical", "high", "off"},
		"severity in any case": {finding.Config{Severity: map[string]finding.Severity{"md013": finding.High, "Broken-Link": finding.Low}}, "high", "low", "off"},
		"id before alias":      {finding.Config{Severity: map[string]finding.Severity{"line-length": finding.Medium, "MD013": finding.Critical}}, "medium", "high", "off"},
		"override":             {finding.Config{Overrides: []finding.Override{{Paths: []string{"docs/**"}, Disable: []string{"broken-link"}, Enable: []string{"shy"}}}}, "info", "off", "low"},
		"override of else":     {finding.Config{Overrides: []finding.Override{{Paths: []string{"x/**"}, Disable: []string{"*"}}}}, "info", "high", "off"},
	} {
		choice := c.config.Choose(catalogue(t), "docs/a.md")
		for rule, want := range map[string]string{"line-length": c.long, "broken-link": c.link, "shy": c.shy} {
			got := "off"
			if s, on := choice.Severity(rule); on {
				got = s.String()
			}
			if got != want {
				t.Errorf("%s: %s is %s, want %s", name, rule, got, want)
			}
		}
	}
}

func TestConfigurationIsChecked(t *testing.T) {
	good := finding.Config{Enable: []string{"MD013"}, Disable: []string{"*"}, Ignore: []string{"a/**"}, Severity: map[string]finding.Severity{"shy": finding.Low}}
	if err := good.Check(catalogue(t)); err != nil {
		t.Error(err)
	}
	bad := finding.Config{
		Enable: []string{"nothing"}, Disable: []string{"none"}, Ignore: []string{"[a"}, Severity: map[string]finding.Severity{"nil": finding.Low, "nil-*": finding.Low, "shy": finding.Critical + 1},
		Overrides: []finding.Override{{Paths: []string{"[b"}, Enable: []string{"no"}, Disable: []string{"nor"}}},
	}
	err := bad.Check(catalogue(t))
	if fault := domain.FaultOf(err); !errors.Is(err, domain.Invalid) || len(fault.Fields) != 9 {
		t.Errorf("got %v", err)
	}
}

func TestMatches(t *testing.T) {
	for glob, paths := range map[string][2]string{
		"vendor/**":     {"vendor/a.md", "a/vendor/b.md"},
		"**/vendor/**":  {"a/vendor/b.md", "vendors/b.md"},
		"docs":          {"docs/a/b.md", "a/docs/b.md"},
		"docs/":         {"docs/b.md", "doc/b.md"},
		"**/*.rst":      {"a/b/c.rst", "a/b/c.md"},
		"*.md":          {"a.md", "b/a.md"},
		"docs/*/old.md": {"docs/a/old.md", "docs/a/b/old.md"},
		"**":            {"a", ""},
	} {
		if !finding.Matches([]string{glob}, paths[0]) {
			t.Errorf("%s does not match %s", glob, paths[0])
		}
		if paths[1] != "" && finding.Matches([]string{glob}, paths[1]) {
			t.Errorf("%s matches %s", glob, paths[1])
		}
	}
}
