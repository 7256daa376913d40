package git_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	gogit "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"

	"github.com/docsteward/docsteward/adapters/source/files"
	"github.com/docsteward/docsteward/adapters/source/git"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/porttest"
	"github.com/docsteward/docsteward/ports/source"
)

func TestConformanceOfAWorkTree(t *testing.T) {
	porttest.Source(t, func(t *testing.T, content map[string]string) source.Source {
		dir := t.TempDir()
		commit(t, dir, "one@example.com", day(1), content)
		return open(t, dir)
	})
}

func TestConformanceOfABareRepository(t *testing.T) {
	porttest.Source(t, func(t *testing.T, content map[string]string) source.Source {
		dir, bare := t.TempDir(), t.TempDir()
		commit(t, dir, "one@example.com", day(1), content)
		if _, err := gogit.PlainClone(bare, true, &gogit.CloneOptions{URL: dir}); err != nil {
			t.Fatal(err)
		}
		return open(t, bare)
	})
}

func TestABareRepositoryListsAndReadsHead(t *testing.T) {
	dir, bare := t.TempDir(), t.TempDir()
	commit(t, dir, "one@example.com", day(1), map[string]string{"docs/a.md": "# A\n", "main.go": "package main"})
	if _, err := gogit.PlainClone(bare, true, &gogit.CloneOptions{URL: dir}); err != nil {
		t.Fatal(err)
	}
	r := open(t, bare)
	for item, err := range r.List(context.Background()) {
		if err != nil || item.Path != "docs/a.md" {
			t.Fatalf("got %+v, %v", item, err)
		}
		content, err := r.Read(context.Background(), item)
		if err != nil || string(content) != "# A\n" {
			t.Fatalf("got %q, %v", content, err)
		}
	}
	known, err := r.Provenance(context.Background(), []string{"docs/a.md"})
	if err != nil || known["docs/a.md"].Author != "one@example.com" {
		t.Fatalf("got %+v, %v", known, err)
	}
}

func TestProvenanceTellsTheLastChangeOfEachFile(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, "one@example.com", day(1), map[string]string{"docs/a.md": "1", "docs/b.md": "1", "x.md": "1"})
	commit(t, dir, "two@example.com", day(2), map[string]string{"docs/a.md": "2"})
	commit(t, dir, "three@example.com", day(3), map[string]string{"docs/c.md": "3"})
	known, err := open(t, filepath.Join(dir, "docs")).Provenance(context.Background(), []string{"a.md", "b.md", "c.md", "never.md"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]struct {
		author string
		at     time.Time
		born   bool
	}{"a.md": {"two@example.com", day(2), false}, "b.md": {"one@example.com", day(1), true}, "c.md": {"three@example.com", day(3), true}}
	for name, w := range want {
		p := known[name]
		if p.Author != w.author || !p.ChangedAt.Equal(w.at) || p.CreatedAt.IsZero() == w.born || p.Commit == "" {
			t.Errorf("%s: got %+v, want %+v", name, p, w)
		}
	}
	if len(known) != 3 {
		t.Errorf("got %v", known)
	}
}

func TestIgnoredFilesAreLeftOut(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, "one@example.com", day(1), map[string]string{".gitignore": "build/\n*.tmp.md\n", "a.md": "a"})
	write(t, dir, map[string]string{"build/out.md": "x", "b.tmp.md": "x", "new.md": "not yet committed"})
	var paths []string
	for item, err := range open(t, dir).List(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, item.Path)
	}
	if len(paths) != 2 || paths[0] != "a.md" || paths[1] != "new.md" {
		t.Fatalf("got %v", paths)
	}
}

func TestADamagedObjectIsAStorageFault(t *testing.T) {
	dir, bare := t.TempDir(), t.TempDir()
	commit(t, dir, "one@example.com", day(1), map[string]string{"a.md": "content of a"})
	if _, err := gogit.PlainClone(bare, true, &gogit.CloneOptions{URL: dir}); err != nil {
		t.Fatal(err)
	}
	objects, err := filepath.Glob(filepath.Join(bare, "objects", "pack", "*.pack"))
	if err != nil || len(objects) == 0 {
		t.Fatalf("no pack to damage: %v", err)
	}
	if err := os.Chmod(objects[0], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(objects[0], 20); err != nil {
		t.Fatal(err)
	}
	r, err := git.Open(bare, files.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range r.List(context.Background()) {
		if !errors.Is(err, domain.Storage) {
			t.Fatalf("got %v, want a Storage fault", err)
		}
	}
}

func TestNoRepositoryIsNotFound(t *testing.T) {
	if _, err := git.Open(t.TempDir(), files.Options{}); !errors.Is(err, domain.NotFound) {
		t.Fatalf("got %v", err)
	}
}

func day(n int) time.Time { return time.Date(2026, 1, n, 12, 0, 0, 0, time.UTC) }

func commit(t *testing.T, dir, author string, when time.Time, content map[string]string) {
	t.Helper()
	repository, err := gogit.PlainInit(dir, false)
	if errors.Is(err, gogit.ErrRepositoryAlreadyExists) {
		repository, err = gogit.PlainOpen(dir)
	}
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, content)
	tree, err := repository.Worktree()
	if err != nil {
		t.Fatal(err)
	}
	if err := tree.AddGlob("."); err != nil {
		t.Fatal(err)
	}
	signature := &object.Signature{Name: author, Email: author, When: when}
	if _, err := tree.Commit("change", &gogit.CommitOptions{Author: signature, Committer: signature}); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, dir string, content map[string]string) {
	t.Helper()
	for name, text := range content {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func open(t *testing.T, location string) *git.Repository {
	t.Helper()
	r, err := git.Open(location, files.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}
