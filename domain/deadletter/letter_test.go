package deadletter_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain/deadletter"
)

var noon = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

func ExamplePattern() {
	fmt.Println(deadletter.Pattern("The webhook answered with status 503."))
	fmt.Println(deadletter.Pattern(`Post "http://10.0.0.7:8080/hook": dial tcp 10.0.0.7:8080: i/o timeout after 1.5s`))
	fmt.Println(deadletter.Pattern("no document 019b8a61-2f0e-7c3a-9d55-0123456789ab of version 12"))
	// Output:
	// The webhook answered with status 503.
	// Post <text>: dial tcp <host>: i/o timeout after <duration>
	// no document <id> of version <number>
}

func TestPatternsTellKindsOfFailureApart(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"timeout after 30s", "timeout after 1.5ms", true},
		{"HTTP 500: no", "HTTP 503: no", false},
		{"status code 404", "status code 500", false},
		{"no user 7", "no user 8", true},
		{`no "a" here`, `no "b c" here`, true},
		{"at 2026-01-05T12:00:00Z it broke", "at 2026-01-05T12:00:01.5+01:00 it broke", true},
		{"see https://a.example/x?y=1", "see http://b.example", true},
		{"key deadbeef00 is stale", "key 0123456789abcdef is stale", true},
		{"the facade is closed", "the database is closed", false},
		{"two  spaces\n here", "two spaces here", true},
	} {
		if a, b := deadletter.Pattern(c.a), deadletter.Pattern(c.b); (a == b) != c.same {
			t.Errorf("%q and %q: %q and %q", c.a, c.b, a, b)
		}
	}
}

func FuzzPattern(f *testing.F) {
	f.Add("HTTP 500 \x00 status 404")
	f.Add(strings.Repeat("ü", 150))
	f.Fuzz(func(t *testing.T, cause string) {
		pattern := deadletter.Pattern(cause)
		if len(pattern) > 200 || utf8.ValidString(cause) && !utf8.ValidString(pattern) {
			t.Errorf("%q became %q", cause, pattern)
		}
	})
}

func TestALetterIsTriedUpToItsLimit(t *testing.T) {
	l := deadletter.Letter{Limit: deadletter.DefaultLimit}
	for n := 1; n <= 2; n++ {
		counted, ok := l.Counted(2)
		if !ok || counted.Retries != n || counted.Limit != 2 {
			t.Fatalf("try %d: %+v %v", n, counted, ok)
		}
		l = counted
	}
	if again, ok := l.Counted(2); ok || again.Retries != 2 || l.CanRetry() {
		t.Errorf("after the limit: %+v %v", again, ok)
	}
	if more, ok := l.Counted(3); !ok || more.Retries != 3 || more.CanRetry() {
		t.Errorf("under a greater limit: %+v %v", more, ok)
	}
}

func TestIDs(t *testing.T) {
	for text, want := range map[string]string{
		"doc_store.webhooks:7:8": "doc_store.webhooks 7:8 true", "7": "7  false", ":7": " 7 false", "a:": "a  false", "": "  false",
	} {
		place, local, ok := deadletter.SplitID(text)
		if got := fmt.Sprint(place, " ", local, " ", ok); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if place, local, ok := deadletter.SplitID(deadletter.NewID("a.b", "c")); place != "a.b" || local != "c" || !ok {
		t.Error(place, local, ok)
	}
}

func letter(id, kind, service, cause string, minute int) deadletter.Letter {
	at := noon.Add(time.Duration(minute) * time.Minute)
	return deadletter.Letter{ID: id, Type: kind, Service: service, Cause: cause, HappenedAt: noon.Add(-time.Duration(minute) * time.Minute), DiedAt: at, Limit: 3}
}

func TestLettersAreCounted(t *testing.T) {
	used := letter("c", "b", "x", "no user 9", 3)
	used.Retries = 3
	letters := []deadletter.Letter{letter("a", "a", "x", "no user 7", 2), letter("b", "a", "y", "HTTP 500", 1), used}
	s := deadletter.Count(letters)
	if s.Total != 3 || s.Retryable != 2 || s.ByType["a"] != 2 || s.ByType["b"] != 1 || s.ByService["x"] != 2 || !s.Oldest.Equal(noon.Add(time.Minute)) || !s.Newest.Equal(noon.Add(3*time.Minute)) {
		t.Errorf("got %+v", s)
	}
	if len(s.Clusters) != 2 {
		t.Fatalf("got %+v", s.Clusters)
	}
	first := s.Clusters[0]
	if first.Pattern != "no user <number>" || first.Count != 2 || first.Example != "no user 9" || fmt.Sprint(first.Types, first.Services) != "[a b] [x]" {
		t.Errorf("got %+v", first)
	}
	if none := deadletter.Count(nil); none.Total != 0 || !none.Oldest.IsZero() || len(none.Clusters) != 0 {
		t.Errorf("of nothing: %+v", none)
	}
}

func TestOrdersAndFilters(t *testing.T) {
	letters := []deadletter.Letter{letter("b", "k", "x", "", 1), letter("a", "k", "y", "", 1), letter("c", "l", "y", "", 2)}
	letters[2].Correlation = "corr"
	order := func() string {
		var ids string
		for _, l := range letters {
			ids += l.ID
		}
		return ids
	}
	deadletter.Latest(letters)
	if got := order(); got != "cab" {
		t.Error("latest:", got)
	}
	deadletter.Earliest(letters)
	if got := order(); got != "cab" {
		t.Error("earliest:", got)
	}
	for _, c := range []struct {
		f    deadletter.Filter
		want int
	}{
		{deadletter.Filter{}, 3}, {deadletter.Filter{Type: "k"}, 2}, {deadletter.Filter{Service: "y", Type: "k"}, 1},
		{deadletter.Filter{Correlation: "corr"}, 1}, {deadletter.Filter{Since: noon.Add(2 * time.Minute)}, 1},
	} {
		n := 0
		for _, l := range letters {
			if c.f.Matches(l) {
				n++
			}
		}
		if n != c.want {
			t.Errorf("%+v chooses %d", c.f, n)
		}
	}
	if age := letters[0].Age(noon.Add(5 * time.Minute)); age != 3*time.Minute {
		t.Error("age", age)
	}
	if age := letters[0].Age(noon); age != 0 {
		t.Error("age of what is to come", age)
	}
}
