package analysis_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/source"
	appanalysis "github.com/docsteward/docsteward/application/analysis"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
)

func menu() *analysis.UseCases {
	m := new(analysis.UseCases)
	appanalysis.Fill(m, appanalysis.Deps{Sources: source.Opener{}, Markup: markup.New(), Clock: clocktest.New(), Workers: 2})
	return m
}

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func check(t *testing.T, c analysis.CheckDocuments) analysis.Report {
	t.Helper()
	m := menu()
	report, err := m.CheckDocuments.Execute(context.Background(), c).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func rules(r analysis.Report) map[string]int { return r.Summary.ByRule }

func TestACleanFolderHasNoFindings(t *testing.T) {
	dir := folder(t, map[string]string{
		"README.md":     "# Title\n\nSee the [guide](docs/guide.md#first-steps), the [code](main.go) and <https://example.com>.\n",
		"docs/guide.md": "# Guide\n\n## First steps\n\nBack to the [start](../README.md).\n", "main.go": "package main\n",
	})
	report := check(t, analysis.CheckDocuments{Locations: []string{dir}})
	if len(report.Findings) != 0 || report.Summary.Files != 2 || report.Summary.Score != 100 {
		t.Fatalf("got %+v", report)
	}
}

func TestLinksAreHeldToTheCorpusAndToTheDisk(t *testing.T) {
	dir := folder(t, map[string]string{
		"README.md":     "# Title\n\n[moved](guide.md), [gone](no/such.md), [anchor](docs/guide.md#frist-steps), [code](main.go), [no code](other.go), [case](docs/Guide.md)\n",
		"docs/guide.md": "# Guide\n\n## First steps\n", "main.go": "package main\n",
	})
	report := check(t, analysis.CheckDocuments{Locations: []string{dir}})
	suggestions := map[string]string{}
	for _, f := range report.Findings {
		suggestions[f.Message] = f.Suggestion
	}
	want := map[string]string{
		"The link leads to guide.md, which does not exist.":                "Did it move to docs/guide.md?",
		"The link leads to no/such.md, which does not exist.":              "",
		"The link leads to other.go, which does not exist.":                "",
		"The link leads to docs/Guide.md, which is written docs/guide.md.": "Write it as the file is named; not every system forgives it.",
		"There is no #frist-steps in guide.md.":                            "Did you mean #first-steps?",
	}
	for message, suggestion := range want {
		if got, ok := suggestions[message]; !ok || got != suggestion {
			t.Errorf("%q: got %q, %v", message, got, ok)
		}
	}
	if len(report.Findings) != len(want) {
		t.Errorf("got %+v", report.Findings)
	}
}

func TestSeveralPlacesAreOneCorpus(t *testing.T) {
	dir := folder(t, map[string]string{"README.md": "# T\n\n[a](docs/a.md)\n", "docs/a.md": "# A\n\n[up](../README.md) [other](../CHANGES.md)\n", "CHANGES.md": "# C\n"})
	report := check(t, analysis.CheckDocuments{Locations: []string{filepath.Join(dir, "README.md"), filepath.Join(dir, "docs")}})
	if len(report.Findings) != 0 || report.Summary.Files != 2 || report.Base != filepath.ToSlash(dir) {
		t.Fatalf("got %+v", report)
	}
}

func TestRulesAreChosenByConfigurationAndComments(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.md": "# A\n\nTODO: write this.\n\n<!-- docsteward-disable-next-line todo-in-prose -->\nTODO: not this.\n",
		"b.md": "# B\n\n<!-- markdownlint-disable MD001 -->\n\n### Jump\n", "c/d.md": "# C\n\n### Jump\n", "skip/e.md": "# E\n\n### Jump\n",
	})
	report := check(t, analysis.CheckDocuments{Locations: []string{dir}, Rules: analysis.Rules{
		Ignore: []string{"skip/**"}, Severity: map[string]string{"MD001": "critical"}, Enable: []string{"line-length"}, MaxLineLength: 10,
		Overrides: []analysis.Override{{Paths: []string{"c"}, Disable: []string{"*"}}},
	}})
	if got := rules(report); got["todo-in-prose"] != 1 || got["heading-increment"] != 0 || got["line-length"] != 2 || report.Summary.Files != 3 {
		t.Fatalf("got %v over %d files", got, report.Summary.Files)
	}
}

func TestRulesAreNamedByPatternsAndWeighedByPath(t *testing.T) {
	dir := folder(t, map[string]string{"a.md": "# A\n\nTODO: write.\n\n[x](no.md)\n", "old/b.md": "# B\n\nTODO: write.\n\n[x](no.md)\n"})
	report := check(t, analysis.CheckDocuments{Locations: []string{dir}, Rules: analysis.Rules{
		Disable: []string{"broken-*"}, Overrides: []analysis.Override{{Paths: []string{"old"}, Enable: []string{"broken-link"}, Severity: map[string]string{"todo-in-prose": "info", "broken-link": "low"}}},
	}})
	got := map[string]string{}
	for _, f := range report.Findings {
		got[f.Path+" "+f.Rule] = f.Severity
	}
	if len(got) != 3 || got["old/b.md todo-in-prose"] != "info" || got["old/b.md broken-link"] != "low" || got["a.md todo-in-prose"] == "info" {
		t.Errorf("got %v", got)
	}
}

func TestAnUnknownRuleIsInvalidAndNamed(t *testing.T) {
	m := menu()
	err := m.CheckDocuments.Execute(context.Background(), analysis.CheckDocuments{Locations: []string{t.TempDir()}, Rules: analysis.Rules{Disable: []string{"no-such-rule"}}}).Err()
	if !errors.Is(err, domain.Invalid) || !strings.Contains(err.Error(), "no-such-rule") {
		t.Fatalf("got %v", err)
	}
}

func TestWhatCannotBeReadIsAFaultAndTheRestGoesOn(t *testing.T) {
	dir := folder(t, map[string]string{"a.md": "# A\n", "binary.md": "a\x00b", "latin.md": "# \xfc\n", "front.md": "---\na: [1\n---\n# T\n"})
	if err := os.Symlink("loop.md", filepath.Join(dir, "loop.md")); err != nil {
		t.Fatal(err)
	}
	huge, err := os.Create(filepath.Join(dir, "huge.md"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(huge.Truncate(200<<20), huge.Close()); err != nil {
		t.Fatal(err)
	}
	report := check(t, analysis.CheckDocuments{Locations: []string{dir}})
	kinds := map[string]string{}
	for _, f := range report.Faults {
		kinds[f.Path] = f.Kind
	}
	want := map[string]string{"binary.md": "invalid", "latin.md": "invalid", "loop.md": "rejected", "huge.md": "too large"}
	for name, kind := range want {
		if kinds[name] != kind {
			t.Errorf("%s: got %q, want %q", name, kinds[name], kind)
		}
	}
	if len(kinds) != len(want) || report.Summary.Files != 2 || rules(report)["broken-markup"] != 1 {
		t.Errorf("got %v, %v over %d files", kinds, rules(report), report.Summary.Files)
	}
}

func TestAMissingPlaceIsNotFound(t *testing.T) {
	m := menu()
	err := m.CheckDocuments.Execute(context.Background(), analysis.CheckDocuments{Locations: []string{filepath.Join(t.TempDir(), "no")}}).Err()
	if !errors.Is(err, domain.NotFound) {
		t.Fatalf("got %v", err)
	}
}

func TestFingerprintsSurviveMovedLines(t *testing.T) {
	before := check(t, analysis.CheckDocuments{Locations: []string{folder(t, map[string]string{"a.md": "# A\n\nTODO one.\n"})}})
	after := check(t, analysis.CheckDocuments{Locations: []string{folder(t, map[string]string{"a.md": "# A\n\nNew text.\n\nTODO one.\n"})}})
	if len(before.Findings) != 1 || len(after.Findings) != 1 || before.Findings[0].Fingerprint != after.Findings[0].Fingerprint || before.Findings[0].Line == after.Findings[0].Line {
		t.Fatalf("got %+v and %+v", before.Findings, after.Findings)
	}
}

func TestFixMendsInPlaceAndASecondRunChangesNothing(t *testing.T) {
	dir := folder(t, map[string]string{"a.md": "# A \n\n\n\nText\twith a tab.\n* one\n* two\n\n[gone](no.md)\n", "b.md": "# B\n"})
	page := filepath.Join(dir, "a.md")
	if err := os.Chmod(page, 0o640); err != nil {
		t.Fatal(err)
	}
	report := check(t, analysis.CheckDocuments{Locations: []string{dir}, Fix: true})
	if report.Summary.Fixed < 4 || rules(report)["broken-link"] != 1 || report.Summary.Total != 1 {
		t.Errorf("got %+v", report)
	}
	mended, err := os.ReadFile(page)
	if want := "# A\n\nText    with a tab.\n\n* one\n* two\n\n[gone](no.md)\n"; err != nil || string(mended) != want {
		t.Errorf("got %q, %v", mended, err)
	}
	if info, err := os.Stat(page); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the permissions are %v, %v", info, err)
	}
	before := stamps(t, dir)
	if again := check(t, analysis.CheckDocuments{Locations: []string{dir}, Fix: true}); again.Summary.Fixed != 0 || again.Summary.Total != 1 {
		t.Errorf("the second run: %+v", again.Summary)
	}
	if after := stamps(t, dir); after != before {
		t.Errorf("the second run wrote: %s, before %s", after, before)
	}
}

// stamps tells names, sizes and times of what lies in a folder.
func stamps(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		all += info.Name() + info.ModTime().String() + info.Mode().String() + "\n"
	}
	return all
}

func TestWhatCannotBeMendedIsAFaultAndStaysAsItIs(t *testing.T) {
	dir := folder(t, map[string]string{"real/a.md": "# A \n"})
	if err := os.Symlink("real/a.md", filepath.Join(dir, "link.md")); err != nil {
		t.Fatal(err)
	}
	report := check(t, analysis.CheckDocuments{Locations: []string{filepath.Join(dir, "link.md")}, Fix: true})
	if len(report.Faults) != 1 || report.Faults[0].Kind != "rejected" || rules(report)["trailing-spaces"] != 1 || report.Summary.Fixed != 0 {
		t.Errorf("got %+v", report)
	}
	if content, err := os.ReadFile(filepath.Join(dir, "real/a.md")); err != nil || string(content) != "# A \n" {
		t.Errorf("got %q, %v", content, err)
	}
}

func TestKnownFindingsAreCountedAndNotTold(t *testing.T) {
	dir := folder(t, map[string]string{"a.md": "# A\n\nTODO one.\n"})
	first := check(t, analysis.CheckDocuments{Locations: []string{dir}})
	if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte("# A\n\nMore.\n\nTODO one.\n\nTODO two.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	second := check(t, analysis.CheckDocuments{Locations: []string{dir}, Known: []string{first.Findings[0].Fingerprint}})
	if second.Summary.Known != 1 || len(second.Findings) != 1 || second.Findings[0].Line != 7 {
		t.Errorf("got %+v", second)
	}
}
