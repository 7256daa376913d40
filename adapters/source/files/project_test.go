package files_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/docsteward/docsteward/adapters/source/files"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/porttest"
	port "github.com/docsteward/docsteward/ports/source"
)

func TestConformanceOfAProject(t *testing.T) {
	porttest.Project(t, func(t *testing.T, content map[string]string) port.Project {
		dir := t.TempDir()
		for name, text := range content {
			put(t, filepath.Join(dir, name), text)
		}
		f, err := files.Open(dir, files.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Close() })
		return f
	})
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
}

func TestTheProjectIsTheNearestFolderWithABuildFile(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "module", "go.mod"), "module x\n")
	put(t, filepath.Join(dir, "module", "docs", "deep", "a.md"), "# A\n")
	put(t, filepath.Join(dir, "loose", "b.md"), "# B\n")
	for location, want := range map[string]string{
		"module/docs/deep": "module", "module/docs/deep/a.md": "module", "module": "module", "loose": "loose", "loose/b.md": "loose",
	} {
		p, err := files.OpenProject(filepath.Join(dir, location), files.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if p.Root() != filepath.Join(dir, want) {
			t.Errorf("%s: got %s", location, p.Root())
		}
		_ = p.Close()
	}
	if _, err := files.OpenProject(filepath.Join(dir, "no"), files.Options{}); !errors.Is(err, domain.NotFound) {
		t.Errorf("a missing place: %v", err)
	}
}

// item returns the one listed item of that path.
func item(t *testing.T, f *files.Folder, path string) source.Item {
	t.Helper()
	for item, err := range f.Files(context.Background()) {
		if err == nil && item.Path == path {
			return item
		}
	}
	t.Fatalf("%s is not listed", path)
	return source.Item{}
}

func TestReplaceIsAllOrNothing(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	name := filepath.Join(dir, "a.md")
	put(t, name, "old")
	put(t, filepath.Join(dir, "gone.md"), "x")
	if err := os.Symlink("a.md", filepath.Join(dir, "link.md")); err != nil {
		t.Fatal(err)
	}
	f, err := files.Open(dir, files.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	listed, gone := item(t, f, "a.md"), item(t, f, "gone.md")
	if now, err := f.Replace(ctx, listed, []byte("new text")); err != nil || now != item(t, f, "a.md") {
		t.Fatalf("got %+v, %v", now, err)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the permissions are %v, %v", info, err)
	}
	if err := os.Remove(filepath.Join(dir, "gone.md")); err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for what, c := range map[string]struct {
		ctx  context.Context
		item source.Item
		kind domain.Kind
	}{
		"changed meanwhile": {ctx, listed, domain.Conflict}, "a link": {ctx, source.Item{Path: "link.md"}, domain.Rejected},
		"gone": {ctx, gone, domain.NotFound}, "an ended context": {ended, item(t, f, "a.md"), domain.Timeout},
	} {
		if _, err := f.Replace(c.ctx, c.item, []byte("worse")); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if content, err := os.ReadFile(name); err != nil || string(content) != "new text" {
		t.Errorf("got %q, %v", content, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("something was left behind: %v, %v", entries, err)
	}
}
