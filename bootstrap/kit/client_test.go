package kit_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/docstore"
)

// tries counts the requests that one call makes to a peer that always fails.
func tries(t *testing.T, calls int, environment ...string) int32 {
	t.Helper()
	var asked atomic.Int32
	peer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/info" {
			_, _ = w.Write([]byte(`{"success":true,"data":{"api_version":1}}`))
			return
		}
		asked.Add(1)
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer peer.Close()
	cfg, err := config.Load(append([]string{"HTTP_RETRY_BASE_MS=1"}, environment...))
	if err != nil {
		t.Fatal(err)
	}
	var menu docstore.UseCases
	if err := kit.NewClient(cfg, peer.URL).Fill(docstore.Operations(&menu)); err != nil {
		t.Fatal(err)
	}
	for range calls {
		if err := menu.GetDocument.Execute(context.Background(), docstore.GetDocument{ID: "a"}).Err(); err == nil {
			t.Fatal("a failing peer answered")
		}
	}
	return asked.Load()
}

func TestTheEnvironmentSetsThePatienceOfClients(t *testing.T) {
	if got := tries(t, 1, "HTTP_RETRY_ATTEMPTS=5"); got != 5 {
		t.Errorf("5 attempts: %d requests", got)
	}
	if got := tries(t, 20, "HTTP_RETRY_ATTEMPTS=1"); got != 5 {
		t.Errorf("the breaker opens after 5 failures: %d requests", got)
	}
	if got := tries(t, 20, "HTTP_RETRY_ATTEMPTS=1", "HTTP_CIRCUIT_ENABLED=false"); got != 20 {
		t.Errorf("without a breaker: %d requests of 20", got)
	}
}
