package porttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/tx"
)

// Item is what a store of versioned things keeps.
type Item struct {
	ID      string
	Text    string
	Labels  []string
	Version int
}

// VersionedEnv is a store of items, built from the verbs of a storage kit.
type VersionedEnv struct {
	Unit tx.Unit
	// Insert stores a new item; Conflict when the id is taken.
	Insert func(ctx context.Context, item Item) error
	// Update stores the item where the stored one has the version given; NotFound
	// when there is none, Conflict with details.version when it has another.
	Update func(ctx context.Context, item Item, version int) error
	// Get returns an item; NotFound when there is none.
	Get func(ctx context.Context, id string) (Item, error)
	// Page returns items sorted by text, ties by id.
	Page func(ctx context.Context, request domain.PageRequest) (domain.Page[Item], error)
	// Delete erases an item; NotFound when there is none.
	Delete func(ctx context.Context, id string) error
}

// Versioned proves that the verbs of a storage kit keep versioned things as
// every repository promises. open returns an empty store each time.
func Versioned(t *testing.T, open func(t *testing.T) VersionedEnv) {
	t.Run("gives back every byte", func(t *testing.T) { versionedRoundTrip(t, open(t)) })
	t.Run("missing, taken and stale are told apart", func(t *testing.T) { versionedFaults(t, open(t)) })
	t.Run("values are not shared with the caller", func(t *testing.T) { versionedCopies(t, open(t)) })
	t.Run("pages are sorted and whole", func(t *testing.T) { versionedPages(t, open(t)) })
	t.Run("a rolled back change is gone", func(t *testing.T) { versionedRollback(t, open(t)) })
	t.Run("one of many writers wins", func(t *testing.T) { versionedOneWinner(t, open(t)) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equalItems(a, b Item) bool {
	return a.ID == b.ID && a.Text == b.Text && a.Version == b.Version && slices.Equal(a.Labels, b.Labels)
}

func versionedRoundTrip(t *testing.T, e VersionedEnv) {
	ctx := context.Background()
	for i, text := range []string{"", " ", "Ünïcødé 漢字 🙂", "e\u0301 is not \u00e9", `'; DROP TABLE x; -- "`, "line\r\nline\ttab", "%_\\", strings.Repeat("x", 1<<20)} {
		want := Item{ID: fmt.Sprint("id ", i), Text: text, Labels: []string{"a", ""}, Version: 1}
		must(t, e.Insert(ctx, want))
		got, err := e.Get(ctx, want.ID)
		if err != nil || !equalItems(got, want) {
			t.Errorf("text %d: got %.80q, %v; want %.80q", i, fmt.Sprint(got), err, fmt.Sprint(want))
		}
	}
	if _, err := e.Get(ctx, "ID 0"); !errors.Is(err, domain.NotFound) {
		t.Errorf("ids differ in case: got %v, want NotFound", err)
	}
}

func versionedFaults(t *testing.T, e VersionedEnv) {
	ctx := context.Background()
	must(t, e.Insert(ctx, Item{ID: "a", Text: "one", Version: 1}))
	must(t, e.Update(ctx, Item{ID: "a", Text: "two", Version: 2}, 1))
	if err := e.Insert(ctx, Item{ID: "a", Version: 1}); !errors.Is(err, domain.Conflict) {
		t.Errorf("a taken id: got %v, want Conflict", err)
	}
	err := e.Update(ctx, Item{ID: "a", Text: "late", Version: 2}, 1)
	if !errors.Is(err, domain.Conflict) || domain.FaultOf(err).Details["version"] != 2 {
		t.Errorf("a stale update: got %v, want Conflict with the version", err)
	}
	if got, err := e.Get(ctx, "a"); err != nil || got.Text != "two" {
		t.Errorf("after the refused writes: got %+v, %v", got, err)
	}
	if err := e.Update(ctx, Item{ID: "z", Version: 2}, 1); !errors.Is(err, domain.NotFound) {
		t.Errorf("update of the unknown: got %v, want NotFound", err)
	}
	must(t, e.Delete(ctx, "a"))
	if err := e.Delete(ctx, "a"); !errors.Is(err, domain.NotFound) {
		t.Errorf("second delete: got %v, want NotFound", err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := e.Get(ended, "a"); !errors.Is(err, domain.Timeout) {
		t.Errorf("read with an ended context: got %v, want Timeout", err)
	}
	if err := e.Insert(ended, Item{ID: "b", Version: 1}); !errors.Is(err, domain.Timeout) {
		t.Errorf("write with an ended context: got %v, want Timeout", err)
	}
}

func versionedCopies(t *testing.T, e VersionedEnv) {
	ctx := context.Background()
	item := Item{ID: "a", Labels: []string{"x"}, Version: 1}
	must(t, e.Insert(ctx, item))
	item.Labels[0] = "changed by the writer"
	first, err := e.Get(ctx, "a")
	must(t, err)
	if first.Labels[0] != "x" {
		t.Errorf("the store shares memory with the writer: %q", first.Labels)
	}
	first.Labels[0] = "changed by a reader"
	second, err := e.Get(ctx, "a")
	must(t, err)
	if second.Labels[0] != "x" {
		t.Errorf("the store shares memory with a reader: %q", second.Labels)
	}
}

func versionedPages(t *testing.T, e VersionedEnv) {
	ctx := context.Background()
	var want []string
	for i := range 57 {
		id, text := fmt.Sprintf("id%02d", (i*31)%57), fmt.Sprint("text", i%4)
		must(t, e.Insert(ctx, Item{ID: id, Text: text, Version: 1}))
		want = append(want, text+id)
	}
	slices.Sort(want)
	var got []string
	for offset := 0; ; offset += 10 {
		page, err := e.Page(ctx, domain.PageRequest{Limit: 10, Offset: offset})
		must(t, err)
		if page.Total != len(want) || len(page.Items) > 10 {
			t.Fatalf("page at %d: total %d, %d items", offset, page.Total, len(page.Items))
		}
		for _, item := range page.Items {
			got = append(got, item.Text+item.ID)
		}
		if !page.HasMore() {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if page, err := e.Page(ctx, domain.PageRequest{Offset: 1000}); err != nil || len(page.Items) != 0 || page.Total != len(want) {
		t.Errorf("page behind the end: %+v, %v", page, err)
	}
}

func versionedRollback(t *testing.T, e VersionedEnv) {
	ctx, reason := context.Background(), errors.New("no")
	must(t, e.Insert(ctx, Item{ID: "a", Text: "old", Version: 1}))
	must(t, e.Insert(ctx, Item{ID: "b", Text: "kept", Version: 1}))
	err := e.Unit.Within(ctx, func(ctx context.Context) error {
		must(t, e.Update(ctx, Item{ID: "a", Text: "new", Version: 2}, 1))
		must(t, e.Insert(ctx, Item{ID: "c", Version: 1}))
		must(t, e.Delete(ctx, "b"))
		return reason
	})
	if !errors.Is(err, reason) {
		t.Errorf("got %v, want the error of fn", err)
	}
	if got, err := e.Get(ctx, "a"); err != nil || got.Text != "old" || got.Version != 1 {
		t.Errorf("a is %+v, %v after the rollback", got, err)
	}
	if _, err := e.Get(ctx, "b"); err != nil {
		t.Errorf("b is gone after the rollback: %v", err)
	}
	if _, err := e.Get(ctx, "c"); !errors.Is(err, domain.NotFound) {
		t.Errorf("c is there after the rollback: %v", err)
	}
}

func versionedOneWinner(t *testing.T, e VersionedEnv) {
	ctx := context.Background()
	must(t, e.Insert(ctx, Item{ID: "a", Text: "start", Version: 1}))
	const writers = 16
	var group sync.WaitGroup
	var mu sync.Mutex
	var winners []string
	for w := range writers {
		group.Go(func() {
			text := fmt.Sprint("writer ", w)
			err := e.Update(ctx, Item{ID: "a", Text: text, Version: 2}, 1)
			if err == nil {
				mu.Lock()
				winners = append(winners, text)
				mu.Unlock()
			} else if !errors.Is(err, domain.Conflict) {
				t.Errorf("%s: got %v, want Conflict", text, err)
			}
		})
	}
	group.Wait()
	got, err := e.Get(ctx, "a")
	must(t, err)
	if len(winners) != 1 || got.Text != winners[0] {
		t.Errorf("winners %q, stored %q; want one, and its text", winners, got.Text)
	}
}
