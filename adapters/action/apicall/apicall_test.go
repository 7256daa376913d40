package apicall_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/action/apicall"
	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/notify/webhook"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/workflows"
)

// echo answers what it was sent, with the status that its path names.
func echo(t *testing.T) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		status := http.StatusOK
		_, _ = fmt.Sscanf(r.URL.Path, "/%d", &status)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		if r.URL.Path == "/big" {
			_, _ = w.Write(make([]byte, 5<<20))
			return
		}
		_, _ = fmt.Fprintf(w, `{"method":%q,"key":%q,"sent":%q}`, r.Method, r.Header.Get("Idempotency-Key"), body)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestAnAddressIsCalled(t *testing.T) {
	url := echo(t)
	caller := webhook.New(systemclock.Clock{}, []string{"127.0.0.1"})
	defer caller.Close()
	p := apicall.New(caller)
	config := map[string]any{"url": url, "method": "put", "body": map[string]any{"a": 1.0}, "headers": map[string]any{"X-A": "b"}}
	got, err := p.Perform(context.Background(), workflows.Call{Config: config, Key: "k"})
	if err != nil || fmt.Sprint(got) != `map[body:map[key:k method:PUT sent:{"a":1}] status:200]` {
		t.Errorf("%v, %v", got, err)
	}
	for path, kind := range map[string]domain.Kind{
		"/429": domain.RateLimited, "/404": domain.NotFound, "/401": domain.Forbidden, "/409": domain.Conflict, "/503": domain.Unavailable,
		"/500": domain.Internal, "/400": domain.Rejected, "/301": domain.Rejected, "/big": domain.TooLarge,
	} {
		_, err := p.Perform(context.Background(), workflows.Call{Config: map[string]any{"url": url + path, "method": "GET"}})
		if !errors.Is(err, kind) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := p.Perform(context.Background(), workflows.Call{Config: map[string]any{"url": url}}); !errors.Is(err, domain.Rejected) {
		t.Errorf("without a method: %v", err)
	}
	guarded := apicall.New(webhook.New(systemclock.Clock{}, nil))
	if _, err := guarded.Perform(context.Background(), workflows.Call{Config: config}); !errors.Is(err, domain.Rejected) || !strings.Contains(err.Error(), "not public") {
		t.Errorf("a private address: %v", err)
	}
}
