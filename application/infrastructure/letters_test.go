package infrastructure_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/infrastructure"
)

func TestLettersAreListedAndCounted(t *testing.T) {
	d := newDesk(t)
	if none := run(t, &d.menu.GetDeadLetterStats, infrastructure.GetDeadLetterStats{}); none.TotalEvents != 0 || none.OldestEvent != nil || len(none.Causes) != 0 {
		t.Errorf("of nothing: %+v", none)
	}
	d.bury(t, "a", "no user 7", 2)
	d.clock.Advance(3 * time.Hour)
	d.bury(t, "b", "no user 8", 1)
	all := run(t, &d.menu.ListDeadLetters, infrastructure.ListDeadLetters{Limit: 2})
	if all.TotalCount != 3 || all.FilteredCount != 3 || len(all.Events) != 2 || !all.HasMore || all.Events[0].EventType != "b" {
		t.Errorf("got %+v", all)
	}
	first := all.Events[0]
	if !first.CanRetry || first.MaxRetries != 3 || first.AgeSeconds != 1 || first.Service != "doc_store" || string(first.EventData) != "{}" || first.Details["aggregate"] != "document" {
		t.Errorf("got %+v", first)
	}
	for _, c := range []struct {
		c    infrastructure.ListDeadLetters
		want int
	}{
		{infrastructure.ListDeadLetters{EventType: "a"}, 2}, {infrastructure.ListDeadLetters{Service: "other"}, 0}, {infrastructure.ListDeadLetters{Correlation: "c-b"}, 1},
	} {
		c.c.Limit = 50
		if got := run(t, &d.menu.ListDeadLetters, c.c); got.FilteredCount != c.want || got.TotalCount != 3 {
			t.Errorf("%+v: %+v", c.c, got)
		}
	}
	if past := run(t, &d.menu.ListDeadLetters, infrastructure.ListDeadLetters{Limit: 5, Offset: 9}); len(past.Events) != 0 || past.HasMore {
		t.Errorf("past the end: %+v", past)
	}
	for _, id := range []string{first.ID, first.EventID} {
		if one := run(t, &d.menu.GetDeadLetter, infrastructure.GetDeadLetter{ID: id}); one.ID != first.ID {
			t.Errorf("%s is %+v", id, one)
		}
	}
	refused(t, &d.menu.GetDeadLetter, infrastructure.GetDeadLetter{ID: "unknown"}, domain.NotFound)
	stats := run(t, &d.menu.GetDeadLetterStats, infrastructure.GetDeadLetterStats{})
	if stats.TotalEvents != 3 || stats.RetryableEvents != 3 || stats.EventsByType["a"] != 2 || stats.EventsByService["doc_store"] != 3 || len(stats.Causes) != 1 || stats.Causes[0].Pattern != "no user <number>" {
		t.Errorf("got %+v", stats)
	}
	hour := 1
	if recent := run(t, &d.menu.GetDeadLetterStats, infrastructure.GetDeadLetterStats{Hours: &hour}); recent.TotalEvents != 1 {
		t.Errorf("of the last hour: %+v", recent)
	}
}

func TestLettersAreTriedAgainUpToTheirLimit(t *testing.T) {
	d := newDesk(t)
	d.bury(t, "a", "no", 2)
	for n := 1; n <= 3; n++ {
		result := run(t, &d.menu.RetryDeadLetters, infrastructure.RetryDeadLetters{})
		if result.TotalRequested != 2 || len(result.Retried) != 2 || len(result.Exhausted) != 0 {
			t.Fatalf("retry %d: %+v", n, result)
		}
		if stats := run(t, &d.menu.GetDeadLetterStats, infrastructure.GetDeadLetterStats{}); stats.TotalEvents != 0 {
			t.Errorf("after the retry: %+v", stats)
		}
		for _, id := range result.Retried {
			d.again(t, strings.TrimPrefix(id, "doc_store.events:"), "still no")
		}
	}
	result := run(t, &d.menu.RetryDeadLetters, infrastructure.RetryDeadLetters{})
	if len(result.Retried) != 0 || len(result.Exhausted) != 2 || result.Exhausted[0].CurrentRetries != 3 || result.Exhausted[0].MaxRetries != 3 {
		t.Errorf("beyond the limit: %+v", result)
	}
	if stats := run(t, &d.menu.GetDeadLetterStats, infrastructure.GetDeadLetterStats{}); stats.RetryableEvents != 0 || stats.FailedEvents != 2 {
		t.Errorf("got %+v", stats)
	}
	more := 4
	one := result.Exhausted[0].ID
	result = run(t, &d.menu.RetryDeadLetters, infrastructure.RetryDeadLetters{IDs: []string{one, one, "unknown"}, MaxRetries: &more})
	if fmt.Sprint(result.Retried) != "["+one+"]" || len(result.Failed) != 1 || result.Failed[0].ID != "unknown" || result.TotalRequested != 2 {
		t.Errorf("got %+v", result)
	}
}

func TestLettersAreTriedInTheOrderOfTheirEvents(t *testing.T) {
	d := newDesk(t)
	d.bury(t, "a", "no", 3)
	all := run(t, &d.menu.ListDeadLetters, infrastructure.ListDeadLetters{Limit: 9}).Events
	want := fmt.Sprint([]string{all[2].ID, all[1].ID, all[0].ID})
	if got := fmt.Sprint(run(t, &d.menu.RetryDeadLetters, infrastructure.RetryDeadLetters{EventType: "a"}).Retried); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if none := run(t, &d.menu.RetryDeadLetters, infrastructure.RetryDeadLetters{EventType: "a"}); none.TotalRequested != 0 {
		t.Errorf("on their way: %+v", none)
	}
}

func TestLettersAreDiscarded(t *testing.T) {
	d := newDesk(t)
	d.bury(t, "a", "no", 2)
	id := run(t, &d.menu.ListDeadLetters, infrastructure.ListDeadLetters{Limit: 1}).Events[0].ID
	result := run(t, &d.menu.DiscardDeadLetters, infrastructure.DiscardDeadLetters{IDs: []string{id, "unknown", "doc_store.events:unknown", id}})
	if result.TotalRequested != 3 || fmt.Sprint(result.Removed) != "["+id+"]" || len(result.NotFound) != 2 {
		t.Errorf("got %+v", result)
	}
	if left := run(t, &d.menu.ListDeadLetters, infrastructure.ListDeadLetters{Limit: 9}); left.TotalCount != 1 {
		t.Errorf("left: %+v", left)
	}
}

func TestAPlaceThatIsAwayIsTold(t *testing.T) {
	d := newDesk(t)
	d.bury(t, "a", "no", 1)
	d.deps.Places = append(d.deps.Places, away{})
	d.menu = infrastructure.UseCases{}
	d.fill(t)
	found := d.menu.ListDeadLetters.Execute(t.Context(), infrastructure.ListDeadLetters{Limit: 9})
	list, err := found.Unwrap()
	if err != nil || list.TotalCount != 1 || len(found.Warnings()) != 1 || !strings.HasPrefix(found.Warnings()[0], "far.events did not answer") {
		t.Errorf("got %+v, %v, %v", list, found.Warnings(), err)
	}
	if stats := run(t, &d.menu.GetDeadLetterStats, infrastructure.GetDeadLetterStats{}); fmt.Sprint(stats.Unreachable) != "[far.events]" || stats.TotalEvents != 1 {
		t.Errorf("got %+v", stats)
	}
	result := run(t, &d.menu.RetryDeadLetters, infrastructure.RetryDeadLetters{IDs: []string{"far.events:1"}})
	if len(result.Failed) != 1 || result.Failed[0].Reason != "Nobody is there." {
		t.Errorf("got %+v", result)
	}
	d.deps.Places = d.deps.Places[1:]
	d.menu = infrastructure.UseCases{}
	d.fill(t)
	refused(t, &d.menu.ListDeadLetters, infrastructure.ListDeadLetters{Limit: 9}, domain.Unavailable)
}

func TestTheKeeperKnowsDepthAndAge(t *testing.T) {
	d := newDesk(t)
	if depth, age := d.keeper.Letters(); depth != 0 || age != 0 {
		t.Error(depth, age)
	}
	d.bury(t, "a", "no", 2)
	if err := d.keeper.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.clock.Advance(time.Hour)
	if depth, age := d.keeper.Letters(); depth != 2 || age != time.Hour+2*time.Second {
		t.Error(depth, age)
	}
}
