package analysis_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gogit "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"

	"github.com/docsteward/docsteward/adapters/facts"
	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/source"
	appanalysis "github.com/docsteward/docsteward/application/analysis"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
)

const (
	program = `package main

import "flag"

func main() {
	flag.String("data.path", "/var/data", "where data lies")
	flag.String("data.retention", "15d", "how long data is kept")
	flag.Int("web.port", 9090, "port")
	flag.Parse()
}
`
	options = "# Options\n\nStart `tool` with these:\n\n```sh\ntool --data.path=/x --data.retention=15d --web.port=9090\n```\n\n- `--data.path` (default `/var/data`)\n- `--data.retention` (default `15d`)\n"
)

// repository is a git repository with a program and a page about its options.
func repository(t *testing.T) string {
	t.Helper()
	dir := folder(t, map[string]string{"go.mod": "module example.com/tool\n\ngo 1.26\n", "main.go": program, "docs/options.md": options, "docs/other.md": "# Other\n\nNothing of note.\n"})
	commit(t, dir, 1)
	return dir
}

func commit(t *testing.T, dir string, day int) string {
	t.Helper()
	repository, err := gogit.PlainInit(dir, false)
	if errors.Is(err, gogit.ErrRepositoryAlreadyExists) {
		repository, err = gogit.PlainOpen(dir)
	}
	if err != nil {
		t.Fatal(err)
	}
	tree, err := repository.Worktree()
	if err != nil {
		t.Fatal(err)
	}
	if err := tree.AddGlob("."); err != nil {
		t.Fatal(err)
	}
	by := &object.Signature{Name: "ann", Email: "ann@example.com", When: time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC)}
	hash, err := tree.Commit("change", &gogit.CommitOptions{Author: by, Committer: by})
	if err != nil {
		t.Fatal(err)
	}
	return hash.String()
}

func rewrite(t *testing.T, name, old, replacement string) {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(content), old) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	if err := os.WriteFile(name, []byte(strings.ReplaceAll(string(content), old, replacement)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func drifted(t *testing.T, c analysis.CheckDocuments) (analysis.Report, []analysis.Finding) {
	t.Helper()
	m := new(analysis.UseCases)
	appanalysis.Fill(m, appanalysis.Deps{
		Sources: source.Opener{}, Projects: source.Opener{}, Facts: facts.New(), Markup: markup.New(), Clock: clocktest.New(), Workers: 2,
	})
	report, err := m.CheckDocuments.Execute(context.Background(), c).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	var found []analysis.Finding
	for _, f := range report.Findings {
		if strings.HasPrefix(f.Rule, "drift-") {
			found = append(found, f)
		}
	}
	return report, found
}

func TestPagesThatAgreeWithTheCodeHaveNoDrift(t *testing.T) {
	if _, found := drifted(t, analysis.CheckDocuments{Locations: []string{repository(t)}}); len(found) != 0 {
		t.Errorf("got %+v", found)
	}
}

func TestDriftTellsTheCommitAndTheNewNameAndIsMended(t *testing.T) {
	dir := repository(t)
	rewrite(t, filepath.Join(dir, "main.go"), "data.retention", "data.keep-for")
	rewrite(t, filepath.Join(dir, "main.go"), "/var/data", "/srv/data")
	hash := commit(t, dir, 2)
	_, found := drifted(t, analysis.CheckDocuments{Locations: []string{filepath.Join(dir, "docs")}})
	rules := map[string]int{}
	for _, f := range found {
		rules[f.Rule]++
		if f.Rule == "drift-flag" && (!strings.Contains(f.Message+f.Suggestion, "data.keep-for") || !strings.Contains(f.Message, hash[:7])) {
			t.Errorf("got %+v", f)
		}
		if f.Rule == "drift-default" && !strings.Contains(f.Suggestion, "/srv/data") {
			t.Errorf("got %+v", f)
		}
	}
	if rules["drift-flag"] != 2 || rules["drift-default"] != 1 {
		t.Fatalf("got %v: %+v", rules, found)
	}
	report, _ := drifted(t, analysis.CheckDocuments{Locations: []string{dir}, Fix: true})
	page, err := os.ReadFile(filepath.Join(dir, "docs", "options.md"))
	if err != nil || strings.Contains(string(page), "data.retention") || strings.Count(string(page), "--data.keep-for") != 2 {
		t.Errorf("got %s, %v, %+v", page, err, report.Summary)
	}
	if again, left := drifted(t, analysis.CheckDocuments{Locations: []string{dir}, Fix: true}); again.Summary.Fixed != 0 || len(left) != 1 {
		t.Errorf("the second run: %+v, %+v", again.Summary, left)
	}
}

func TestChangedTellsOnlyWhatTheChangesTouch(t *testing.T) {
	dir := repository(t)
	page := filepath.Join(dir, "docs", "untouched.md")
	if err := os.WriteFile(page, []byte("# Untouched\n\nTODO: an old finding.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	commit(t, dir, 2)
	rewrite(t, filepath.Join(dir, "main.go"), "data.path", "data.folder")
	report, found := drifted(t, analysis.CheckDocuments{Locations: []string{dir}, Changed: "HEAD"})
	if report.Summary.Files != 1 || len(found) == 0 || found[0].Path != "docs/options.md" || report.Summary.ByRule["todo-in-prose"] != 0 {
		t.Errorf("got %+v, %+v", report.Summary, found)
	}
	rewrite(t, page, "old", "new")
	if report, _ := drifted(t, analysis.CheckDocuments{Locations: []string{dir}, Changed: "HEAD"}); report.Summary.Files != 2 || report.Summary.ByRule["todo-in-prose"] != 1 {
		t.Errorf("got %+v", report.Summary)
	}
	m := menu()
	err := m.CheckDocuments.Execute(context.Background(), analysis.CheckDocuments{Locations: []string{t.TempDir()}, Changed: "HEAD"}).Err()
	if !errors.Is(err, domain.Rejected) {
		t.Errorf("without history: %v", err)
	}
}

func TestChangedMendsOnlyWhatItTells(t *testing.T) {
	dir := repository(t)
	blemish := "\n# Second\n\nA line\twith a tab  \t\nand more.\n"
	untouched, changed := filepath.Join(dir, "docs", "untouched.md"), filepath.Join(dir, "docs", "changed.md")
	for _, name := range []string{untouched, changed} {
		if err := os.WriteFile(name, []byte("# Page\n"+blemish), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	commit(t, dir, 2)
	rewrite(t, filepath.Join(dir, "main.go"), "data.retention", "data.keep-for")
	commit(t, dir, 3)
	rewrite(t, changed, "more", "much more")
	told, _ := drifted(t, analysis.CheckDocuments{Locations: []string{dir}, Changed: "HEAD~1"})
	report, _ := drifted(t, analysis.CheckDocuments{Locations: []string{dir}, Changed: "HEAD~1", Fix: true})
	if report.Summary.Files != told.Summary.Files || report.Summary.Fixed == 0 {
		t.Errorf("got %+v, and %+v without mending", report.Summary, told.Summary)
	}
	for name, want := range map[string]bool{untouched: true, changed: false} {
		page, err := os.ReadFile(name)
		if err != nil || strings.Contains(string(page), "\t\n") != want {
			t.Errorf("%s is now %q, %v", name, page, err)
		}
	}
	page, err := os.ReadFile(filepath.Join(dir, "docs", "options.md"))
	if err != nil || strings.Contains(string(page), "data.retention") {
		t.Errorf("a page whose facts changed is now %s, %v", page, err)
	}
}

func TestMessagesThatPagesQuoteDrift(t *testing.T) {
	dir := folder(t, map[string]string{
		"go.mod": "module example.com/tool\n\ngo 1.26\n", "main.go": "package main\n\nimport \"errors\"\n\nvar errLock = errors.New(\"the data folder is held by another process\")\n",
		"docs/errors.md": "# Errors\n\nIt fails with the error `the data folder is held by another process` then.\n",
	})
	commit(t, dir, 1)
	if _, found := drifted(t, analysis.CheckDocuments{Locations: []string{dir}}); len(found) != 0 {
		t.Errorf("got %+v", found)
	}
	rewrite(t, filepath.Join(dir, "main.go"), "another process", "a second server")
	hash := commit(t, dir, 2)
	_, found := drifted(t, analysis.CheckDocuments{Locations: []string{dir}})
	if len(found) != 1 || found[0].Rule != "drift-message" || !strings.Contains(found[0].Message, hash[:7]) || !strings.Contains(found[0].Suggestion, "a second server") {
		t.Errorf("got %+v", found)
	}
}

func TestFingerprintsDoNotDependOnWhichPartIsChecked(t *testing.T) {
	dir := repository(t)
	if err := os.WriteFile(filepath.Join(dir, "docs", "other.md"), []byte("# Other\n\nTODO: more.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	prints := map[string]bool{}
	for _, part := range []string{"", "docs", "docs/other.md"} {
		report, _ := drifted(t, analysis.CheckDocuments{Locations: []string{filepath.Join(dir, part)}})
		for _, f := range report.Findings {
			prints[f.Fingerprint] = true
		}
	}
	if len(prints) != 1 {
		t.Errorf("got %v", prints)
	}
}
