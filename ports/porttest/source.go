package porttest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/docsteward/docsteward/domain"
	domainsource "github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/source"
)

// Source proves the promises of a source. open makes a place that holds the
// files, path to content, opens it, and closes it when the test ends.
func Source(t *testing.T, open func(t *testing.T, files map[string]string) source.Source) {
	files := map[string]string{
		"b.md": "# B\n", "a/z.md": "# Z\r\n\xc3\xbc", "a/b.rst": "Title\n=====\n", "main.go": "package main", "empty.md": "", "README": "read me",
	}
	want := []string{"README", "a/b.rst", "a/z.md", "b.md", "empty.md"}

	t.Run("lists the documents once, sorted, and nothing else", func(t *testing.T) {
		var paths []string
		for _, item := range list(t, open(t, files)) {
			paths = append(paths, item.Path)
			if item.Stamp == "" || item.Size != int64(len(files[item.Path])) {
				t.Errorf("%+v has no stamp or a wrong size", item)
			}
		}
		if !slices.Equal(paths, want) {
			t.Errorf("got %v, want %v", paths, want)
		}
	})
	t.Run("reads every byte", func(t *testing.T) {
		s := open(t, files)
		for _, item := range list(t, s) {
			content, err := s.Read(context.Background(), item)
			if err != nil || string(content) != files[item.Path] {
				t.Errorf("%s: got %q, %v", item.Path, content, err)
			}
		}
	})
	t.Run("is read by several at once", func(t *testing.T) {
		s := open(t, files)
		var readers sync.WaitGroup
		for _, item := range list(t, s) {
			for range 4 {
				readers.Go(func() {
					content, err := s.Read(context.Background(), item)
					if err != nil || string(content) != files[item.Path] {
						t.Errorf("%s: got %q, %v", item.Path, content, err)
					}
				})
			}
		}
		readers.Wait()
	})
	t.Run("listing again gives equal stamps and the same identity", func(t *testing.T) {
		s := open(t, files)
		identity, first := s.Identity(), list(t, s)
		if identity == "" || s.Identity() != identity || !slices.Equal(first, list(t, s)) {
			t.Error("an unchanged place looks changed")
		}
	})
	t.Run("a missing item is NotFound", func(t *testing.T) {
		_, err := open(t, files).Read(context.Background(), domainsource.Item{Path: "no.md", Stamp: "0123456789012345678901234567890123456789"})
		if !errors.Is(err, domain.NotFound) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a large item is TooLarge before it is read", func(t *testing.T) {
		_, err := open(t, files).Read(context.Background(), domainsource.Item{Path: "b.md", Size: 1 << 40})
		if !errors.Is(err, domain.TooLarge) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a cancelled context ends the listing with Timeout", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		for _, err := range open(t, files).List(ctx) {
			if !errors.Is(err, domain.Timeout) {
				t.Errorf("got %v", err)
			}
		}
	})
	t.Run("names owners", func(t *testing.T) {
		s := open(t, map[string]string{"CODEOWNERS": "* @all\n/a/ @org/team writer@example.com\n", "a/x.md": "x", "y.md": "y"})
		known, err := s.Provenance(context.Background(), []string{"a/x.md", "y.md"})
		if err != nil || !slices.Equal(known["a/x.md"].Owners, []string{"org/team", "writer@example.com"}) || !slices.Equal(known["y.md"].Owners, []string{"all"}) {
			t.Errorf("got %+v, %v", known, err)
		}
	})
	t.Run("closes twice", func(t *testing.T) {
		s := open(t, files)
		if err := errors.Join(s.Close(), s.Close()); err != nil {
			t.Error(err)
		}
	})
}

func list(t *testing.T, s source.Source) []domainsource.Item {
	t.Helper()
	var items []domainsource.Item
	for item, err := range s.List(context.Background()) {
		if err != nil {
			t.Fatalf("%s: %v", item.Path, err)
		}
		items = append(items, item)
	}
	return items
}
