package source_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
)

func TestCompareSortsEveryFileIntoOneClass(t *testing.T) {
	known := []source.Record{
		{Item: source.Item{Path: "a", Stamp: "1"}}, {Item: source.Item{Path: "b", Stamp: "1"}}, {Item: source.Item{Path: "c", Stamp: "1"}},
	}
	plan, err := source.Compare(known, []source.Item{{Path: "d", Stamp: "1"}, {Path: "b", Stamp: "2"}, {Path: "a", Stamp: "1"}})
	if err != nil {
		t.Fatal(err)
	}
	if plan.Unchanged != 1 || len(plan.Added) != 1 || plan.Added[0].Item.Path != "d" ||
		len(plan.Changed) != 1 || plan.Changed[0].Before.Stamp != "1" || len(plan.Removed) != 1 || plan.Removed[0].Item.Path != "c" {
		t.Fatalf("got %+v", plan)
	}
}

func TestCompareRefusesAPathListedTwice(t *testing.T) {
	_, err := source.Compare(nil, []source.Item{{Path: "a"}, {Path: "a"}})
	if !errors.Is(err, domain.Invalid) {
		t.Fatalf("got %v", err)
	}
}

func TestMovesKeepIdentityAndUseEveryRemovalOnce(t *testing.T) {
	known := []source.Record{
		{Item: source.Item{Path: "old/setup.md", Stamp: "1"}, Hash: "h", Document: "one"},
		{Item: source.Item{Path: "old/other.md", Stamp: "1"}, Hash: "h", Document: "two"},
	}
	plan, err := source.Compare(known, []source.Item{{Path: "new/setup.md"}, {Path: "new/more.md"}, {Path: "new/third.md"}, {Path: "new/x.md"}})
	if err != nil {
		t.Fatal(err)
	}
	moves := source.Moves(plan, map[string]string{"new/setup.md": "h", "new/more.md": "other", "new/third.md": "h", "new/x.md": "h"})
	if len(moves) != 2 || moves["new/setup.md"].Document != "one" || moves["new/third.md"].Document != "two" {
		t.Fatalf("got %v", moves)
	}
}

// A mirror kept by following plans equals the source after any edits.
func TestFollowingPlansMirrorsTheSource(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	files := map[string]string{}
	mirror := map[string]source.Record{}
	for range 10_000 {
		name := fmt.Sprintf("f%d.md", random.IntN(40))
		switch random.IntN(3) {
		case 0:
			delete(files, name)
		default:
			files[name] = fmt.Sprint(random.IntN(1000))
		}
		if random.IntN(10) == 0 {
			follow(t, mirror, files)
		}
	}
	follow(t, mirror, files)
	if len(mirror) != len(files) {
		t.Fatalf("the mirror has %d files, the source %d", len(mirror), len(files))
	}
	for name, content := range files {
		if mirror[name].Hash != content {
			t.Fatalf("%s: the mirror has %q, the source %q", name, mirror[name].Hash, content)
		}
	}
}

func follow(t *testing.T, mirror map[string]source.Record, files map[string]string) {
	t.Helper()
	var known []source.Record
	for _, r := range mirror {
		known = append(known, r)
	}
	var listing []source.Item
	for name, content := range files {
		listing = append(listing, source.Item{Path: name, Stamp: content})
	}
	plan, err := source.Compare(known, listing)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range plan.Removed {
		delete(mirror, c.Item.Path)
	}
	for _, c := range append(plan.Added, plan.Changed...) {
		mirror[c.Item.Path] = source.Record{Item: c.Item, Hash: files[c.Item.Path]}
	}
}

func ExampleIsDocument() {
	fmt.Println(source.IsDocument("docs/setup.md"), source.IsDocument("main.go"), source.IsDocument("README"))
	// Output: true false true
}
