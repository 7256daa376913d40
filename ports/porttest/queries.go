package porttest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/domain/span"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/tx"
)

// QueriesEnv is the port of query processing, over the same data.
type QueriesEnv struct {
	History queryprocessing.History
	Unit    tx.Unit
}

// Queries proves the promises of queryprocessing.History. open returns an empty
// store each time.
func Queries(t *testing.T, open func(t *testing.T) QueriesEnv) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, e QueriesEnv)
	}{
		{"are kept whole", queryKept},
		{"are found by what they are", queriesFound},
		{"go with what is said of them", queryDeleted},
		{"the oldest are trimmed", queriesTrimmed},
		{"the last word of a user counts", queryFeedback},
		{"are counted", queriesCounted},
		{"a rolled back change is gone", queryRollback},
		{"an ended context is a timeout", queryTimeout},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

func queryID(text string) query.ID { return domain.StoredID[query.Record](text) }

func madeQuery(id string, minute int) query.Record {
	return query.Record{
		ID: queryID(id), Text: "How long is a lease'; ü?", Type: query.Quantity, Intent: query.RetrieveInformation, Status: query.Answered,
		Confidence: 0.75, Total: 7, Missing: []string{"ü"}, User: "ada", Correlation: "c-1", At: noon.Add(time.Duration(minute) * time.Minute),
		Took: 1500 * time.Microsecond,
		Sentences: []query.Cited{{
			Text: "A lease lives 60 s.", Quote: "A *lease* lives\n60 s.", Title: "Leases", Headings: []string{"Guide", "Leases"}, Code: true,
			Span: span.Span{Document: "d", Version: 2, Start: 10, End: 31, Hash: strings.Repeat("ab", 32)},
		}},
		Documents: []query.Found{{Document: "d", Title: "Leases", Version: 2, Hash: "h", Score: 1.25, Snippet: "a **lease**"}},
	}
}

func queryKept(t *testing.T, e QueriesEnv) {
	ctx := context.Background()
	_, err := e.History.Get(ctx, queryID("a"))
	wantKind(t, "the unknown", err, domain.NotFound)
	r := madeQuery("a", 0)
	must(t, e.History.Add(ctx, r))
	wantKind(t, "the same id", e.History.Add(ctx, r), domain.Conflict)
	got, err := e.History.Get(ctx, r.ID)
	must(t, err)
	wantSame(t, "query", got, r)
	got.Sentences[0].Headings[0], got.Missing[0] = "spoiled", "spoiled"
	again, err := e.History.Get(ctx, r.ID)
	must(t, err)
	wantSame(t, "query after its copy was changed", again, r)
	bare := query.Record{ID: queryID("b"), Structured: true, Status: query.Executed, At: noon}
	must(t, e.History.Add(ctx, bare))
	got, err = e.History.Get(ctx, bare.ID)
	must(t, err)
	wantSame(t, "bare query", got, bare)
}

func queriesFound(t *testing.T, e QueriesEnv) {
	ctx := context.Background()
	for i := range 6 {
		r := madeQuery(fmt.Sprint("q", i), i/2)
		r.Intent = []query.Intent{query.SearchDocuments, query.Unknown}[i%2]
		if i == 5 {
			r.Status, r.User = query.NotFound, "bob"
		}
		must(t, e.History.Add(ctx, r))
	}
	for _, c := range []struct {
		f    queryprocessing.Filter
		page domain.PageRequest
		want string
	}{
		{want: "q4 q5 q2 q3 q0 q1 of 6"},
		{page: domain.PageRequest{Limit: 2, Offset: 1}, want: "q5 q2 of 6"},
		{f: queryprocessing.Filter{Intent: query.Unknown}, want: "q5 q3 q1 of 3"},
		{f: queryprocessing.Filter{Status: query.NotFound}, want: "q5 of 1"},
		{f: queryprocessing.Filter{User: "bob", Status: query.Answered}, want: "of 0"},
	} {
		page, err := e.History.Find(ctx, c.f, c.page)
		must(t, err)
		var got string
		for _, r := range page.Items {
			got += r.ID.String() + " "
			if r.Sentences != nil || r.Documents != nil || r.Missing != nil {
				t.Error("a list holds outcomes")
			}
		}
		if got += fmt.Sprint("of ", page.Total); got != c.want {
			t.Errorf("%+v finds %q, want %q", c.f, got, c.want)
		}
	}
}

func queryDeleted(t *testing.T, e QueriesEnv) {
	ctx := context.Background()
	wantKind(t, "the unknown", e.History.Delete(ctx, queryID("a")), domain.NotFound)
	must(t, e.History.Add(ctx, madeQuery("a", 0)))
	must(t, e.History.PutFeedback(ctx, query.Feedback{Query: queryID("a"), User: "ada", At: noon}))
	must(t, e.History.Delete(ctx, queryID("a")))
	_, err := e.History.Get(ctx, queryID("a"))
	wantKind(t, "the deleted", err, domain.NotFound)
	said, err := e.History.Feedback(ctx, queryID("a"))
	must(t, err)
	if len(said) != 0 {
		t.Errorf("feedback of a deleted query: %v", said)
	}
	wantKind(t, "the deleted again", e.History.Delete(ctx, queryID("a")), domain.NotFound)
}

func queriesTrimmed(t *testing.T, e QueriesEnv) {
	ctx := context.Background()
	for i := range 5 {
		must(t, e.History.Add(ctx, madeQuery(fmt.Sprint("q", i), i/2)))
	}
	for _, c := range []struct{ keep, erased int }{{5, 0}, {3, 2}, {3, 0}} {
		n, err := e.History.Trim(ctx, c.keep)
		must(t, err)
		if n != c.erased {
			t.Errorf("Trim(%d) erased %d, want %d", c.keep, n, c.erased)
		}
	}
	page, err := e.History.Find(ctx, queryprocessing.Filter{}, domain.PageRequest{})
	must(t, err)
	if page.Total != 3 || page.Items[0].ID != queryID("q4") || page.Items[1].ID != queryID("q2") || page.Items[2].ID != queryID("q3") {
		t.Errorf("Trim left %+v", page)
	}
}

func queryFeedback(t *testing.T, e QueriesEnv) {
	ctx := context.Background()
	word := query.Feedback{Query: queryID("a"), User: "bob", Helpful: true, Comment: "ü 'good'", At: noon}
	wantKind(t, "of the unknown", e.History.PutFeedback(ctx, word), domain.NotFound)
	must(t, e.History.Add(ctx, madeQuery("a", 0)))
	must(t, e.History.PutFeedback(ctx, word))
	other := query.Feedback{Query: queryID("a"), User: "ada", At: noon.Add(time.Second)}
	must(t, e.History.PutFeedback(ctx, other))
	word.Helpful, word.Comment, word.At = false, "", noon.Add(time.Minute)
	must(t, e.History.PutFeedback(ctx, word))
	said, err := e.History.Feedback(ctx, queryID("a"))
	must(t, err)
	wantSame(t, "feedback", said, []query.Feedback{other, word})
}

func queriesCounted(t *testing.T, e QueriesEnv) {
	ctx := context.Background()
	none, err := e.History.Count(ctx, noon)
	must(t, err)
	if none.Total != 0 || none.Took != 0 || len(none.ByIntent) != 0 {
		t.Errorf("of nothing: %+v", none)
	}
	for i, status := range []query.Status{query.Answered, query.Answered, query.NotFound} {
		r := madeQuery(fmt.Sprint("q", i), i-1)
		r.Status, r.Took = status, time.Duration(i+1)*time.Millisecond
		must(t, e.History.Add(ctx, r))
	}
	must(t, e.History.PutFeedback(ctx, query.Feedback{Query: queryID("q0"), User: "ada", Helpful: true, At: noon}))
	must(t, e.History.PutFeedback(ctx, query.Feedback{Query: queryID("q0"), User: "bob", At: noon}))
	must(t, e.History.PutFeedback(ctx, query.Feedback{Query: queryID("q1"), User: "bob", At: noon}))
	counts, err := e.History.Count(ctx, noon)
	must(t, err)
	wantSame(t, "counts", counts, queryprocessing.Counts{
		Total: 3, Today: 2, ByStatus: map[query.Status]int{query.Answered: 2, query.NotFound: 1},
		ByIntent: map[query.Intent]int{query.RetrieveInformation: 3}, Took: 2 * time.Millisecond, Helpful: 1, Unhelpful: 2,
	})
}

func queryRollback(t *testing.T, e QueriesEnv) {
	ctx := context.Background()
	undone := errors.New("undone")
	err := e.Unit.Within(ctx, func(ctx context.Context) error {
		must(t, e.History.Add(ctx, madeQuery("a", 0)))
		must(t, e.History.PutFeedback(ctx, query.Feedback{Query: queryID("a"), User: "ada", At: noon}))
		return undone
	})
	if !errors.Is(err, undone) {
		t.Errorf("got %v", err)
	}
	_, err = e.History.Get(ctx, queryID("a"))
	wantKind(t, "the query", err, domain.NotFound)
}

func queryTimeout(t *testing.T, e QueriesEnv) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	wantKind(t, "add", e.History.Add(ctx, madeQuery("a", 0)), domain.Timeout)
	_, err := e.History.Get(ctx, queryID("a"))
	wantKind(t, "get", err, domain.Timeout)
	_, err = e.History.Find(ctx, queryprocessing.Filter{}, domain.PageRequest{})
	wantKind(t, "find", err, domain.Timeout)
	_, err = e.History.Trim(ctx, 1)
	wantKind(t, "trim", err, domain.Timeout)
	_, err = e.History.Count(ctx, noon)
	wantKind(t, "count", err, domain.Timeout)
	wantKind(t, "feedback", e.History.PutFeedback(ctx, query.Feedback{Query: queryID("a")}), domain.Timeout)
}
