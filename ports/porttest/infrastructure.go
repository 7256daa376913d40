package porttest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/saga"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/tx"
)

// InfrastructureEnv is the stores of infrastructure, over the same data.
type InfrastructureEnv struct {
	Sagas   infrastructure.Sagas
	Retries infrastructure.Retries
	Unit    tx.Unit
}

// Infrastructure proves the promises of infrastructure.Sagas and
// infrastructure.Retries. open returns empty stores each time.
func Infrastructure(t *testing.T, open func(t *testing.T) InfrastructureEnv) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, e InfrastructureEnv)
	}{
		{"sagas/are kept whole", sagaKept},
		{"sagas/a stale change is a conflict", sagaStale},
		{"sagas/are found by what they are", sagasFound},
		{"sagas/are counted", sagasCounted},
		{"sagas/are purged by their end", sagasPurged},
		{"retries/are kept by letter", retriesKept},
		{"retries/are forgotten", retriesForgotten},
		{"a rolled back change is gone", infrastructureRollback},
		{"an ended context is a timeout", infrastructureTimeout},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

func sagaID(text string) saga.ID { return domain.StoredID[saga.Saga](text) }

func madeSaga(id string, minute int) saga.Saga {
	at := noon.Add(time.Duration(minute) * time.Minute)
	return saga.Saga{
		ID: sagaID(id), Type: "report'; ü", Correlation: "c-1", User: "ada", Status: saga.Started, CreatedAt: at, StartedAt: at.Add(time.Microsecond),
		DeadlineAt: at.Add(time.Hour), Error: "é", Revision: 1, Metadata: map[string]any{"a": "b", "n": 1.5},
		Steps: []saga.Step{
			{
				ID: "one::1", Status: saga.StepCompleted, ExecutedAt: at, CompletedAt: at.Add(time.Second), Error: "x", Undone: saga.StepFailed, UndoneAt: at, UndoError: "y",
				Do:   saga.Call{Service: "doc_store", Operation: "POST /api/v1/documents", Parameters: map[string]any{"content": "ü"}},
				Undo: saga.Call{Service: "doc_store", Operation: "DeleteDocument", Parameters: map[string]any{"id": "7"}},
			},
			{ID: "two", Status: saga.StepPending, Do: saga.Call{Service: "s", Operation: "o"}, Undo: saga.Call{Service: "s"}},
		},
	}
}

func sagaKept(t *testing.T, e InfrastructureEnv) {
	ctx := context.Background()
	_, err := e.Sagas.Get(ctx, sagaID("a"))
	wantKind(t, "the unknown", err, domain.NotFound)
	s := madeSaga("a", 0)
	must(t, e.Sagas.Add(ctx, s))
	wantKind(t, "the same id", e.Sagas.Add(ctx, s), domain.Conflict)
	got, err := e.Sagas.Get(ctx, s.ID)
	must(t, err)
	wantSame(t, "saga", got, s)
	got.Steps[0].Status, got.Metadata["a"], got.Steps[0].Do.Parameters["content"] = saga.StepFailed, "spoiled", "spoiled"
	again, err := e.Sagas.Get(ctx, s.ID)
	must(t, err)
	wantSame(t, "saga after its copy was changed", again, s)
	bare := saga.Saga{ID: sagaID("b"), Status: saga.Pending, CreatedAt: noon, Revision: 1, Steps: []saga.Step{{ID: "s"}}}
	must(t, e.Sagas.Add(ctx, bare))
	got, err = e.Sagas.Get(ctx, bare.ID)
	must(t, err)
	wantSame(t, "bare saga", got, bare)
}

func sagaStale(t *testing.T, e InfrastructureEnv) {
	ctx := context.Background()
	s := madeSaga("a", 0)
	s.Revision = 2
	wantKind(t, "the unknown", e.Sagas.Update(ctx, s), domain.NotFound)
	s.Revision = 1
	must(t, e.Sagas.Add(ctx, s))
	s.Status, s.CompletedAt, s.Revision = saga.Completed, noon, 2
	must(t, e.Sagas.Update(ctx, s))
	s.Status = saga.Failed
	wantKind(t, "an old revision", e.Sagas.Update(ctx, s), domain.Conflict)
	got, err := e.Sagas.Get(ctx, s.ID)
	must(t, err)
	if got.Status != saga.Completed || got.Revision != 2 {
		t.Errorf("got %+v", got)
	}
}

func sagasFound(t *testing.T, e InfrastructureEnv) {
	ctx := context.Background()
	for i := range 6 {
		s := madeSaga(fmt.Sprint("s", i), i/2)
		s.Status = []saga.Status{saga.Started, saga.Compensating, saga.Completed}[i%3]
		if i == 5 {
			s.Type, s.Correlation = "other", "c-2"
		}
		must(t, e.Sagas.Add(ctx, s))
	}
	for _, c := range []struct {
		f    infrastructure.SagaFilter
		page domain.PageRequest
		want string
	}{
		{want: "s4 s5 s2 s3 s0 s1 of 6"},
		{page: domain.PageRequest{Limit: 2, Offset: 1}, want: "s5 s2 of 6"},
		{f: infrastructure.SagaFilter{Status: []saga.Status{saga.Started, saga.Compensating}}, want: "s4 s3 s0 s1 of 4"},
		{f: infrastructure.SagaFilter{Type: "other"}, want: "s5 of 1"},
		{f: infrastructure.SagaFilter{Correlation: "c-1", Status: []saga.Status{saga.Completed}}, want: "s2 of 1"},
		{f: infrastructure.SagaFilter{Correlation: "c-3"}, want: "of 0"},
	} {
		page, err := e.Sagas.Find(ctx, c.f, c.page)
		must(t, err)
		var got string
		for _, s := range page.Items {
			got += s.ID.String() + " "
		}
		if got += fmt.Sprint("of ", page.Total); got != c.want {
			t.Errorf("%+v finds %q, want %q", c.f, got, c.want)
		}
	}
}

func sagasCounted(t *testing.T, e InfrastructureEnv) {
	ctx := context.Background()
	none, err := e.Sagas.Count(ctx)
	must(t, err)
	if len(none.ByStatus) != 0 || none.Mean != 0 || !none.OldestActive.IsZero() {
		t.Errorf("of nothing: %+v", none)
	}
	for i, status := range []saga.Status{saga.Completed, saga.Completed, saga.Failed, saga.Compensating, saga.Started} {
		s := madeSaga(fmt.Sprint("s", i), 10-i)
		s.Status = status
		if status.Final() {
			s.CompletedAt = s.StartedAt.Add(time.Duration(i+1) * time.Second)
		}
		must(t, e.Sagas.Add(ctx, s))
	}
	counts, err := e.Sagas.Count(ctx)
	must(t, err)
	wantSame(t, "counts", counts, infrastructure.SagaCounts{
		ByStatus:     map[saga.Status]int{saga.Completed: 2, saga.Failed: 1, saga.Compensating: 1, saga.Started: 1},
		OldestActive: noon.Add(6*time.Minute + time.Microsecond), Mean: 1500 * time.Millisecond,
	})
}

func sagasPurged(t *testing.T, e InfrastructureEnv) {
	ctx := context.Background()
	for i, status := range []saga.Status{saga.Started, saga.Completed, saga.Failed, saga.Aborted, saga.Completed} {
		s := madeSaga(fmt.Sprint("s", i), i)
		s.Status = status
		if status.Final() {
			s.CompletedAt = noon.Add(time.Duration(10-i) * time.Minute)
		}
		must(t, e.Sagas.Add(ctx, s))
	}
	purged(t, func(limit int) (int, error) { return e.Sagas.Purge(ctx, noon.Add(9*time.Minute), limit) }, 2, 1, 0)
	for id, there := range map[string]bool{"s0": true, "s1": true, "s2": false, "s3": false, "s4": false} {
		if _, err := e.Sagas.Get(ctx, sagaID(id)); (err == nil) != there {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func retriesKept(t *testing.T, e InfrastructureEnv) {
	ctx := context.Background()
	known, err := e.Retries.Of(ctx)
	must(t, err)
	if len(known) != 0 {
		t.Errorf("of nothing: %v", known)
	}
	must(t, e.Retries.Put(ctx, "p:1", infrastructure.Tries{Count: 1, Limit: 3}, noon))
	must(t, e.Retries.Put(ctx, "p:2", infrastructure.Tries{Count: 2, Limit: 10}, noon))
	must(t, e.Retries.Put(ctx, "p:1", infrastructure.Tries{Count: 2, Limit: 5}, noon))
	ids := []string{"p:1", "p:3"}
	for i := range 1500 {
		ids = append(ids, fmt.Sprint("q:", i))
	}
	known, err = e.Retries.Of(ctx, ids...)
	must(t, err)
	wantSame(t, "tries", known, map[string]infrastructure.Tries{"p:1": {Count: 2, Limit: 5}})
}

func retriesForgotten(t *testing.T, e InfrastructureEnv) {
	ctx := context.Background()
	for i := range 3 {
		must(t, e.Retries.Put(ctx, fmt.Sprint("p:", i), infrastructure.Tries{Count: 1, Limit: 3}, noon.Add(time.Duration(i)*time.Hour)))
	}
	must(t, e.Retries.Forget(ctx, "p:2"))
	must(t, e.Retries.Forget(ctx, "p:2"))
	n, err := e.Retries.Purge(ctx, noon.Add(time.Hour))
	must(t, err)
	known, err := e.Retries.Of(ctx, "p:0", "p:1", "p:2")
	must(t, err)
	if n != 1 || len(known) != 1 || known["p:1"].Count != 1 {
		t.Errorf("%d purged, left is %v", n, known)
	}
}

func infrastructureRollback(t *testing.T, e InfrastructureEnv) {
	ctx := context.Background()
	undone := errors.New("undone")
	err := e.Unit.Within(ctx, func(ctx context.Context) error {
		must(t, e.Sagas.Add(ctx, madeSaga("a", 0)))
		must(t, e.Retries.Put(ctx, "p:1", infrastructure.Tries{Count: 1, Limit: 3}, noon))
		return undone
	})
	if !errors.Is(err, undone) {
		t.Errorf("got %v", err)
	}
	_, err = e.Sagas.Get(ctx, sagaID("a"))
	wantKind(t, "the saga", err, domain.NotFound)
	if known, err := e.Retries.Of(ctx, "p:1"); err != nil || len(known) != 0 {
		t.Errorf("the tries: %v, %v", known, err)
	}
}

func infrastructureTimeout(t *testing.T, e InfrastructureEnv) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	wantKind(t, "add", e.Sagas.Add(ctx, madeSaga("a", 0)), domain.Timeout)
	wantKind(t, "update", e.Sagas.Update(ctx, madeSaga("a", 0)), domain.Timeout)
	_, err := e.Sagas.Get(ctx, sagaID("a"))
	wantKind(t, "get", err, domain.Timeout)
	_, err = e.Sagas.Find(ctx, infrastructure.SagaFilter{}, domain.PageRequest{})
	wantKind(t, "find", err, domain.Timeout)
	_, err = e.Sagas.Count(ctx)
	wantKind(t, "count", err, domain.Timeout)
	_, err = e.Sagas.Purge(ctx, noon, 1)
	wantKind(t, "purge", err, domain.Timeout)
	_, err = e.Retries.Of(ctx, "a")
	wantKind(t, "tries", err, domain.Timeout)
	wantKind(t, "put", e.Retries.Put(ctx, "a", infrastructure.Tries{}, noon), domain.Timeout)
	wantKind(t, "forget", e.Retries.Forget(ctx, "a"), domain.Timeout)
	_, err = e.Retries.Purge(ctx, noon)
	wantKind(t, "purge of tries", err, domain.Timeout)
}
