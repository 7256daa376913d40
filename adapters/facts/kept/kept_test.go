package kept_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/docsteward/docsteward/adapters/facts/kept"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/facts"
)

// counting tells how often it was asked.
type counting struct {
	facts.PackageExtractor
	asked int
	err   error
}

func (c *counting) ExtractPackage(_ context.Context, files []facts.File) ([]code.Fact, error) {
	c.asked++
	return []code.Fact{{Kind: code.Flag, Name: string(files[0].Content), Path: files[0].Path, Line: 1, HasValue: true}}, c.err
}

func folder(content string) []facts.File {
	return []facts.File{{Path: "a.go", Content: []byte(content)}}
}

func extract(t *testing.T, f *kept.Facts, content string) []code.Fact {
	t.Helper()
	found, err := f.ExtractPackage(context.Background(), folder(content))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestFactsAreKeptUntilTheCodeChanges(t *testing.T) {
	dir, inner := filepath.Join(t.TempDir(), ".docsteward"), &counting{}
	first := kept.Open(dir, "1", inner)
	before := extract(t, first, "one")
	extract(t, first, "two")
	if err := first.Save(); err != nil || inner.asked != 2 {
		t.Fatalf("%v after %d", err, inner.asked)
	}
	if ignored, err := os.ReadFile(filepath.Join(dir, ".gitignore")); err != nil || string(ignored) != "*\n" {
		t.Errorf("version control sees it: %q, %v", ignored, err)
	}

	second := kept.Open(dir, "1", inner)
	if got := extract(t, second, "one"); !reflect.DeepEqual(got, before) || inner.asked != 2 {
		t.Errorf("got %+v after %d", got, inner.asked)
	}
	if extract(t, second, "three"); inner.asked != 3 {
		t.Error("changed code has the facts of old code")
	}
	if err := second.Save(); err != nil {
		t.Fatal(err)
	}
	third := kept.Open(dir, "1", inner)
	if extract(t, third, "two"); inner.asked != 4 {
		t.Error("what the last run did not ask for is kept")
	}
	if other := kept.Open(dir, "2", inner); extract(t, other, "one") == nil || inner.asked != 5 {
		t.Error("another version reads what this one kept")
	}
}

func TestWhatCannotBeReadOrWrittenCostsNothingElse(t *testing.T) {
	dir, inner := t.TempDir(), &counting{}
	if err := os.WriteFile(filepath.Join(dir, "facts.gob"), []byte("no gob"), 0o600); err != nil {
		t.Fatal(err)
	}
	if extract(t, kept.Open(dir, "1", inner), "one"); inner.asked != 1 {
		t.Error("a broken file answers")
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f := kept.Open(filepath.Join(file, "below"), "1", inner)
	extract(t, f, "one")
	if err := f.Save(); !errors.Is(err, domain.Storage) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := f.ExtractPackage(ctx, folder("x")); !errors.Is(err, domain.Timeout) {
		t.Errorf("an ended context: %v", err)
	}
	inner.err = domain.Internal.New("broken")
	if _, err := f.ExtractPackage(context.Background(), folder("y")); !errors.Is(err, domain.Internal) {
		t.Errorf("a failing extractor: %v", err)
	}
}
