package files_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/docsteward/docsteward/adapters/source/files"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/porttest"
	"github.com/docsteward/docsteward/ports/source"
)

func TestConformance(t *testing.T) {
	porttest.Source(t, func(t *testing.T, content map[string]string) source.Source {
		return open(t, folder(t, content), files.Options{})
	})
}

func TestAFileIsAPlaceWithOneDocument(t *testing.T) {
	dir := folder(t, map[string]string{"a.md": "a", "b.md": "b"})
	f := open(t, filepath.Join(dir, "a.md"), files.Options{})
	var paths []string
	for item, err := range f.List(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, item.Path)
	}
	if len(paths) != 1 || paths[0] != "a.md" {
		t.Fatalf("got %v", paths)
	}
}

func TestEveryFaultNamesItsPathAndTheListingGoesOn(t *testing.T) {
	dir := folder(t, map[string]string{"a/x.md": "x", "z.md": "z", "node_modules/n.md": "n"})
	link := func(target, name string) {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	link("loop2.md", "loop1.md")
	link("loop1.md", "loop2.md")
	link("..", "a/up")
	link("/etc/hostname", "out.md")
	link("z.md", "same.md")
	link("gone", "dangling.md")
	kinds := map[string]domain.Kind{}
	var listed []string
	for item, err := range open(t, dir, files.Options{}).List(context.Background()) {
		if err != nil {
			kinds[item.Path] = domain.FaultOf(err).Kind
			continue
		}
		listed = append(listed, item.Path)
	}
	want := map[string]domain.Kind{
		"loop1.md": domain.Rejected, "loop2.md": domain.Rejected, "a/up": domain.Rejected, "out.md": domain.Rejected, "dangling.md": domain.NotFound,
	}
	for name, kind := range want {
		if kinds[name] != kind {
			t.Errorf("%s: got %v, want %v", name, kinds[name], kind)
		}
	}
	if len(listed) != 3 || len(kinds) != len(want) {
		t.Errorf("listed %v, faults %v", listed, kinds)
	}
}

func TestAFolderThatMayNotBeReadIsForbidden(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything: run as another user to see a permission denied")
	}
	dir := folder(t, map[string]string{"shut/x.md": "x", "z.md": "z"})
	shut := filepath.Join(dir, "shut")
	if err := os.Chmod(shut, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(shut, 0o700) })
	var faults, items int
	for _, err := range open(t, dir, files.Options{}).List(context.Background()) {
		if errors.Is(err, domain.Forbidden) {
			faults++
		} else if err == nil {
			items++
		}
	}
	if faults != 1 || items != 1 {
		t.Errorf("got %d faults and %d items, want one each", faults, items)
	}
}

func TestOpenOfNothingIsNotFound(t *testing.T) {
	if _, err := files.Open(filepath.Join(t.TempDir(), "no"), files.Options{}); !errors.Is(err, domain.NotFound) {
		t.Fatalf("got %v", err)
	}
}

func folder(t *testing.T, content map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range content {
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

func open(t *testing.T, location string, options files.Options) *files.Folder {
	t.Helper()
	f, err := files.Open(location, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}
