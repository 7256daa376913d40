package porttest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/source"
)

// Project holds a project to its port. open returns a project that holds the
// files; where it has a history, one commit brought them in.
func Project(t *testing.T, open func(t *testing.T, files map[string]string) source.Project) {
	files := map[string]string{"main.go": "package main\n", "a/b.md": "# B\n", "a/.env": "X=1\n", "node_modules/x/index.js": "x", "empty": ""}
	want := []string{"a/.env", "a/b.md", "empty", "main.go"}
	t.Run("lists every file of its own and reads it", func(t *testing.T) {
		p := open(t, files)
		var paths []string
		for item, err := range p.Files(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			paths = append(paths, item.Path)
			if content, err := p.Read(context.Background(), item); err != nil || string(content) != files[item.Path] {
				t.Errorf("%s: got %q, %v", item.Path, content, err)
			}
		}
		if !slices.Equal(paths, want) {
			t.Errorf("got %v, want %v", paths, want)
		}
		if p.Root() == "" {
			t.Error("the project has no root")
		}
	})
	t.Run("what was never removed is absent", func(t *testing.T) {
		removed, err := open(t, files).Removals(context.Background(), []string{"package", "never there"})
		if err != nil || len(removed) != 0 {
			t.Errorf("got %v, %v", removed, err)
		}
	})
	t.Run("nothing changed since it was brought in", func(t *testing.T) {
		p := open(t, files)
		changes, err := p.Changes(context.Background(), "HEAD")
		if errors.Is(err, domain.Rejected) {
			return // without history
		}
		for _, c := range changes {
			if files[c.Path] == "" || c.Before != nil {
				t.Errorf("got %s, which is as it was", c.Path)
			}
		}
		if err != nil {
			t.Error(err)
		}
		if _, err := p.Changes(context.Background(), "no-such-revision"); !errors.Is(err, domain.Invalid) {
			t.Errorf("an unknown revision: %v", err)
		}
	})
	t.Run("an ended context is a timeout", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		p := open(t, files)
		if _, err := p.Removals(ctx, []string{"x"}); !errors.Is(err, domain.Timeout) {
			t.Errorf("removals: %v", err)
		}
		if _, err := p.Changes(ctx, "HEAD"); !errors.Is(err, domain.Timeout) && !errors.Is(err, domain.Rejected) {
			t.Errorf("changes: %v", err)
		}
		var last error
		for _, err := range p.Files(ctx) {
			last = err
		}
		if !errors.Is(last, domain.Timeout) {
			t.Errorf("files: %v", last)
		}
	})
}
