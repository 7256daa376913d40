package porttest

import (
	"context"
	"slices"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/deadletter"
	"github.com/docsteward/docsteward/ports/infrastructure"
)

// PlaceEnv is a place of dead letters, with the means to fill it.
type PlaceEnv struct {
	Place infrastructure.Place
	// Fail has n deliveries given up for the cause, those that are under way first, and
	// new ones for the rest.
	Fail func(t *testing.T, n int, cause string)
}

// Place proves the promises of infrastructure.Place. open returns an empty place each
// time.
func Place(t *testing.T, open func(t *testing.T) PlaceEnv) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, e PlaceEnv)
	}{
		{"letters are told whole", placeListed},
		{"pages hold every letter once", placePaged},
		{"a letter that is tried again is gone and may come back", placeRetried},
		{"a discarded letter is gone for good", placeDiscarded},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

func lettersIn(t *testing.T, e PlaceEnv) []deadletter.Letter {
	t.Helper()
	page, err := e.Place.List(context.Background(), domain.PageRequest{})
	must(t, err)
	if page.Total != len(page.Items) {
		t.Errorf("%d of %d letters", len(page.Items), page.Total)
	}
	return page.Items
}

func placeListed(t *testing.T, e PlaceEnv) {
	if found := lettersIn(t, e); len(found) != 0 {
		t.Errorf("an empty place holds %v", found)
	}
	e.Fail(t, 1, "no, 'ü'")
	found := lettersIn(t, e)
	if len(found) != 1 {
		t.Fatalf("got %v", found)
	}
	l := found[0]
	place, local, ok := deadletter.SplitID(l.ID)
	if !ok || place != e.Place.Name() || local == "" {
		t.Errorf("the id is %q in %q", l.ID, e.Place.Name())
	}
	if l.Event == "" || l.Type == "" || l.Service == "" || l.Cause != "no, 'ü'" || l.HappenedAt.IsZero() || l.DiedAt.IsZero() || l.Retries != 0 || l.Limit != 0 {
		t.Errorf("got %+v", l)
	}
}

func placePaged(t *testing.T, e PlaceEnv) {
	e.Fail(t, 5, "no")
	var ids []string
	for offset := 0; offset < 6; offset += 2 {
		page, err := e.Place.List(context.Background(), domain.PageRequest{Limit: 2, Offset: offset})
		must(t, err)
		if page.Total != 5 {
			t.Errorf("total is %d", page.Total)
		}
		for _, l := range page.Items {
			ids = append(ids, l.ID)
		}
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != 5 {
		t.Errorf("got %v", ids)
	}
}

func placeRetried(t *testing.T, e PlaceEnv) {
	ctx := context.Background()
	wantKind(t, "the unknown", e.Place.Retry(ctx, "unknown", noon), domain.NotFound)
	e.Fail(t, 1, "no")
	first := lettersIn(t, e)[0]
	_, local, _ := deadletter.SplitID(first.ID)
	must(t, e.Place.Retry(ctx, local, noon))
	if left := lettersIn(t, e); len(left) != 0 {
		t.Errorf("after the retry: %v", left)
	}
	e.Fail(t, 1, "still no")
	if back := lettersIn(t, e); len(back) != 1 || back[0].ID != first.ID || back[0].Cause != "still no" {
		t.Errorf("it came back as %+v", back)
	}
}

func placeDiscarded(t *testing.T, e PlaceEnv) {
	ctx := context.Background()
	wantKind(t, "the unknown", e.Place.Discard(ctx, "unknown"), domain.NotFound)
	e.Fail(t, 2, "no")
	_, local, _ := deadletter.SplitID(lettersIn(t, e)[0].ID)
	must(t, e.Place.Discard(ctx, local))
	wantKind(t, "the discarded", e.Place.Discard(ctx, local), domain.NotFound)
	wantKind(t, "retry of the discarded", e.Place.Retry(ctx, local, noon), domain.NotFound)
	if left := lettersIn(t, e); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}
