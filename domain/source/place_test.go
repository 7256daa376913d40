package source_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/source"
)

func ExamplePlace_DocumentID() {
	place := source.NewPlace(source.Git, "/home/ann/handbook", ".", "", time.Time{})
	fmt.Println(place.DocumentID("guides/setup.md"))
	// Output: git:handbook:guides/setup.md
}

func ExampleDigest() {
	records := []source.Record{{Item: source.Item{Path: "b.md"}, Hash: "2", Document: "x"}, {Item: source.Item{Path: "a.md"}, Hash: "1", Document: "y"}}
	again := []source.Record{records[1], records[0], {Item: source.Item{Path: "blank.md"}, Hash: "3"}}
	fmt.Println(source.Digest(records) == source.Digest(again), source.Digest(records) == source.Digest(records[:1]))
	// Output: true false
}

func TestNamesMakeIdsThatDocumentsCanHave(t *testing.T) {
	long := strings.Repeat("ü", 300)
	seen := map[string]bool{}
	for _, identity := range []string{"/", "", ".", "/a/b.git", "/x/" + long, "/c:\\docs", "/tab\there", "/bad\xff"} {
		place := source.NewPlace(source.Files, identity, identity, "", time.Time{})
		if err := source.CheckName(place.Name); err != nil {
			t.Errorf("%q is named %q: %v", identity, place.Name, err)
		}
		if err := source.CheckName(place.OtherName()); err != nil {
			t.Errorf("%q has the other name %q: %v", identity, place.OtherName(), err)
		}
		for _, path := range []string{"a.md", long + "/a.md", long + "/b.md", "a\nb.md", "a\xff.md", "a_b.md"} {
			id := place.DocumentID(path)
			if _, err := document.ParseID(id + "#999"); err != nil {
				t.Errorf("%q: %v", path, err)
			}
			if seen[id] && !strings.Contains(id, ":root:") {
				t.Errorf("%q is the id of two files", id)
			}
			seen[id] = true
		}
	}
}

func TestNamesThatUsersMayNotChoose(t *testing.T) {
	for _, name := range []string{" ", "a:b", "a\nb", "a\xff", strings.Repeat("x", 101)} {
		if err := source.CheckName(name); !errors.Is(err, domain.Invalid) {
			t.Errorf("%q: got %v", name, err)
		}
	}
}

func TestWhatCouldNotBeListedIsNotRemoved(t *testing.T) {
	known := []source.Record{{Item: source.Item{Path: "a/b.md"}}, {Item: source.Item{Path: "a.md"}}, {Item: source.Item{Path: "ab/c.md"}}}
	plan, err := source.Compare(known, nil)
	if err != nil {
		t.Fatal(err)
	}
	kept := plan.Keep([]string{"a"})
	if len(kept.Removed) != 2 || kept.Removed[0].Item.Path != "a.md" || len(plan.Removed) != 3 || len(plan.Keep([]string{"."}).Removed) != 0 {
		t.Errorf("got %+v", kept.Removed)
	}
}

func TestAStampOfAFileThatJustChangedIsNotTrusted(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 10, 0, time.UTC)
	for seconds, trusted := range map[int]bool{0: true, 7: true, 9: false, 12: false} {
		item := source.Item{Path: "a", Stamp: "s", ModifiedAt: now.Add(time.Duration(seconds-10) * time.Second)}
		if got := source.StampAt(item, now) == item.Stamp; got != trusted {
			t.Errorf("changed at second %d of 10: trusted is %v", seconds, got)
		}
	}
	if source.StampAt(source.Item{Stamp: "blob"}, now) != "blob" {
		t.Error("a stamp without an instant is not trusted")
	}
}

func TestTroublesAreCountedBeyondThoseKept(t *testing.T) {
	var r source.Run
	for range source.MaxTroubles + 5 {
		r.Fail("a.md", domain.TooLarge.New("Split it."))
	}
	if len(r.Failures) != source.MaxTroubles || r.Counts.Failed != source.MaxTroubles+5 || r.Failures[0] != (source.Trouble{Path: "a.md", Kind: "too large", Message: "Split it."}) {
		t.Errorf("%d kept, %d counted", len(r.Failures), r.Counts.Failed)
	}
}
