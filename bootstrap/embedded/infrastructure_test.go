package embedded_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/orchestrator"
)

// infra is an orchestrator beside a document store.
type infra struct {
	t          *testing.T
	base, docs string
}

func newInfra(t *testing.T) infra {
	t.Helper()
	at := listening(t, nil, docstore.ID, orchestrator.ID)
	return infra{t, "http://" + at[orchestrator.ID] + "/api/v1/infrastructure", "http://" + at[docstore.ID] + "/api/v1"}
}

// until asks for the statistics of dead letters until they are as wanted.
func (x infra) until(what string, wanted func(infrastructure.DeadLetterStats) bool) infrastructure.DeadLetterStats {
	x.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	var stats infrastructure.DeadLetterStats
	for range 1500 {
		if _, _, stats = ask[infrastructure.DeadLetterStats](x.t, http.MethodGet, x.base+"/dlq/stats", nil); wanted(stats) {
			return stats
		}
		<-tick.C
	}
	x.t.Fatalf("never %s: %+v", what, stats)
	return stats
}

func TestDeadDeliveriesAreRetriedOnceTheirTargetIsMended(t *testing.T) {
	x := newInfra(t)
	var mended atomic.Bool
	var accepted atomic.Int32
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if !mended.Load() {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		accepted.Add(1)
	}))
	t.Cleanup(target.Close)
	status, text, _ := ask[docstore.Webhook](t, http.MethodPost, x.docs+"/webhooks", object{"name": "w", "url": target.URL, "events": []string{"document.created"}, "retry_count": 0})
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, text)
	}
	for _, id := range []string{"a", "b"} {
		if status, text, _ := ask[docstore.Document](t, http.MethodPost, x.docs+"/documents", object{"id": id, "content": "Page " + id}); status >= 300 {
			t.Fatalf("%d %s", status, text)
		}
	}
	dead := x.until("dead", func(s infrastructure.DeadLetterStats) bool { return s.TotalEvents == 2 })
	if dead.EventsByService[docstore.ID] != 2 || dead.RetryableEvents != 2 || len(dead.Causes) != 1 || !strings.Contains(dead.Causes[0].Pattern, "status 500") {
		t.Errorf("got %+v", dead)
	}
	_, _, list := ask[infrastructure.DeadLetterList](t, http.MethodGet, x.base+"/dlq/events?limit=1", nil)
	if list.TotalCount != 2 || len(list.Events) != 1 || !strings.Contains(string(list.Events[0].EventData), "content_hash") || list.Events[0].Correlation == "" {
		t.Errorf("got %+v", list)
	}
	mended.Store(true)
	var result struct{ Data infrastructure.RetryResult }
	post(t, x.base+"/dlq/retry", "", &result)
	if len(result.Data.Retried) != 2 || len(result.Data.Failed)+len(result.Data.Exhausted) != 0 {
		t.Errorf("got %+v", result.Data)
	}
	x.until("empty", func(s infrastructure.DeadLetterStats) bool { return s.TotalEvents == 0 && accepted.Load() == 2 })
}

func TestTheDeadLetterQueueRefusesWhatIsNoRequest(t *testing.T) {
	x := newInfra(t)
	for _, c := range []struct {
		method, path string
		body         any
		status       int
	}{
		{http.MethodPost, "/dlq/retry", object{"event_ids": []string{}}, http.StatusUnprocessableEntity},
		{http.MethodPost, "/dlq/retry", object{"max_retries": 0}, http.StatusUnprocessableEntity},
		{http.MethodPost, "/dlq/retry", object{"max_retries": 11}, http.StatusUnprocessableEntity},
		{http.MethodPost, "/dlq/retry", object{"event_ids": []string{}, "max_retries": 0}, http.StatusUnprocessableEntity},
		{http.MethodPost, "/dlq/retry", object{}, http.StatusOK},
		{http.MethodPost, "/dlq/retry", object{"event_ids": []string{"unknown"}}, http.StatusOK},
		{http.MethodGet, "/dlq/events?limit=0", nil, http.StatusUnprocessableEntity},
		{http.MethodGet, "/dlq/events/unknown", nil, http.StatusNotFound},
		{http.MethodDelete, "/dlq/events", nil, http.StatusUnprocessableEntity},
		{http.MethodDelete, "/dlq/events?dlq_ids=unknown", nil, http.StatusOK},
		{http.MethodGet, "/saga/invalid-saga-id", nil, http.StatusNotFound},
		{http.MethodGet, "/sagas/" + strings.Repeat("x", 256), nil, http.StatusBadRequest},
		{http.MethodGet, "/sagas?limit=-1", nil, http.StatusUnprocessableEntity},
		{http.MethodPost, "/sagas", object{}, http.StatusUnprocessableEntity},
		{http.MethodPost, "/sagas/unknown/complete", object{}, http.StatusNotFound},
	} {
		if status, text, _ := ask[any](t, c.method, x.base+c.path, c.body); status != c.status {
			t.Errorf("%s %s %v: %d %s", c.method, c.path, c.body, status, text)
		}
	}
}

func TestASagaOverServicesIsUndone(t *testing.T) {
	x := newInfra(t)
	store := func(id string) object {
		return object{
			"step_id": id, "service_name": docstore.ID, "operation": "store_document", "parameters": object{"id": id, "content": "Page " + id},
			"compensation_operation": "DELETE /api/v1/documents/" + id,
		}
	}
	missing := object{"step_id": "c", "service_name": docstore.ID, "operation": "GET /api/v1/documents/nowhere"}
	status, text, begun := ask[infrastructure.SagaStarted](t, http.MethodPost, x.base+"/sagas", object{"saga_type": "report", "correlation_id": "c-1", "steps": []object{store("a"), store("b"), missing}})
	if status != http.StatusOK || begun.Status != "started" || strings.Contains(text, "warnings") {
		t.Fatalf("%d %s", status, text)
	}
	one := x.base + "/sagas/" + begun.ID
	for _, id := range []string{"a", "b"} {
		if status, text, s := ask[infrastructure.Saga](t, http.MethodPost, one+"/steps/"+id+"/execute", object{}); status != http.StatusOK || s.Status != "started" {
			t.Fatalf("%d %s", status, text)
		}
		if status, text, _ := ask[docstore.Document](t, http.MethodGet, x.docs+"/documents/"+id, nil); status != http.StatusOK {
			t.Fatalf("%d %s", status, text)
		}
	}
	status, text, failed := ask[infrastructure.Saga](t, http.MethodPost, one+"/steps/c/execute", object{})
	if status != http.StatusOK || failed.Status != "failed" || failed.NeedsHand || failed.Steps[1].CompensatedAt.After(*failed.Steps[0].CompensatedAt) {
		t.Fatalf("%d %s", status, text)
	}
	for _, id := range []string{"a", "b"} {
		if status, text, _ := ask[any](t, http.MethodGet, x.docs+"/documents/"+id, nil); status != http.StatusNotFound {
			t.Errorf("%d %s", status, text)
		}
	}
	if status, _, _ := ask[any](t, http.MethodPost, one+"/complete", object{}); status != http.StatusConflict {
		t.Errorf("completed after it failed: %d", status)
	}
	_, _, list := ask[infrastructure.SagaList](t, http.MethodGet, x.base+"/sagas?saga_type=report", nil)
	if list.Total != 1 || list.FailedSagas != 1 || list.SuccessRate != 0 {
		t.Errorf("got %+v", list)
	}
}

// post sends a text, also none at all, and reads a success.
func post(t *testing.T, address, body string, into any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d, %v", address, answer.StatusCode, err)
	}
}
