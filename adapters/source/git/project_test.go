package git_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/docsteward/docsteward/adapters/source/files"
	"github.com/docsteward/docsteward/adapters/source/git"
	"github.com/docsteward/docsteward/ports/porttest"
	port "github.com/docsteward/docsteward/ports/source"
)

func TestConformanceOfAProject(t *testing.T) {
	porttest.Project(t, func(t *testing.T, content map[string]string) port.Project {
		dir := t.TempDir()
		commit(t, dir, "ann", day(1), content)
		return project(t, dir)
	})
}

func project(t *testing.T, location string) *git.Repository {
	t.Helper()
	p, err := git.OpenProject(location, files.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func TestTheProjectIsTheWholeRepository(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, "ann", day(1), map[string]string{"docs/a.md": "# A\n", "main.go": "package main\n"})
	for _, location := range []string{dir, filepath.Join(dir, "docs"), filepath.Join(dir, "docs", "a.md")} {
		if got := project(t, location).Root(); got != dir {
			t.Errorf("%s: the root is %s", location, got)
		}
	}
}

func TestTheRemovalOfAFileIsFoundByItsPath(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, "ann", day(1), map[string]string{"cmd/main.go": "x\n", "b.go": "y\n"})
	if err := os.RemoveAll(filepath.Join(dir, "cmd")); err != nil {
		t.Fatal(err)
	}
	commit(t, dir, "bob", day(2), nil)
	removed, err := project(t, dir).Removals(context.Background(), []string{"cmd/main.go", "b.go", "cmd"})
	if r := removed["cmd/main.go"]; err != nil || r.Author != "bob" || r.Path != "cmd/main.go" || r.Before != nil {
		t.Errorf("got %+v, %v", removed, err)
	}
	if _, told := removed["b.go"]; told {
		t.Errorf("a file that is there was removed: %v", removed)
	}
}

func TestRemovalsTellTheCommitAndBothContents(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, "ann", day(1), map[string]string{"cmd/main.go": "flag old-name\nflag kept\n", "b.go": "old-name too\n"})
	commit(t, dir, "bob", day(2), map[string]string{"b.go": "nothing\n"})
	commit(t, dir, "eve", day(3), map[string]string{"cmd/main.go": "flag new-name\nflag kept\n"})
	commit(t, dir, "dan", day(4), map[string]string{"cmd/main.go": "flag new-name\nflag kept\nmore\n"})
	removed, err := project(t, dir).Removals(context.Background(), []string{"old-name", "kept", "never"})
	if err != nil || len(removed) != 1 {
		t.Fatalf("got %v, %v", removed, err)
	}
	r := removed["old-name"]
	if r.Author != "eve" || !r.At.Equal(day(3)) || r.Path != "cmd/main.go" || len(r.Commit) != 40 ||
		string(r.Before) != "flag old-name\nflag kept\n" || string(r.After) != "flag new-name\nflag kept\n" {
		t.Errorf("got %+v", r)
	}
}

func TestChangesTellWhatDiffersFromARevision(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, "ann", day(1), map[string]string{"a.go": "one\n", "b.go": "same\n", "gone.go": "was\n", "docs/d.md": "# D\n"})
	commit(t, dir, "bob", day(2), map[string]string{"a.go": "two\n"})
	write(t, dir, map[string]string{"docs/d.md": "# D, not committed\n", "new.go": "new\n"})
	if err := os.Remove(filepath.Join(dir, "gone.go")); err != nil {
		t.Fatal(err)
	}
	for revision, want := range map[string]map[string]string{
		"HEAD~1": {"a.go": "one\n", "docs/d.md": "# D\n", "gone.go": "was\n", "new.go": ""},
		"HEAD":   {"docs/d.md": "# D\n", "gone.go": "was\n", "new.go": ""},
	} {
		changes, err := project(t, filepath.Join(dir, "docs")).Changes(context.Background(), revision)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, c := range changes {
			got[c.Path] = string(c.Before)
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: got %q", revision, got)
		}
	}
}
