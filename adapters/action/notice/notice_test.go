package notice_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/action/notice"
	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/notify/webhook"
	"github.com/docsteward/docsteward/ports/workflows"
)

func TestANoticeIsSent(t *testing.T) {
	keys := make(map[string]bool)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		keys[r.Header.Get("Idempotency-Key")] = true
		if r.URL.Path == "/500" {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}))
	t.Cleanup(server.Close)
	url := server.URL
	caller := webhook.New(systemclock.Clock{}, []string{"127.0.0.1"})
	defer caller.Close()
	var log strings.Builder
	p := notice.New(slog.New(slog.NewTextHandler(&log, nil)), caller)
	got, err := p.Perform(context.Background(), workflows.Call{Key: "k", Config: map[string]any{
		"message": "It is done", "channels": []any{"log", "webhook"}, "recipients": url,
	}})
	if err != nil || !strings.Contains(fmt.Sprint(got), "[log webhook]") || !strings.Contains(log.String(), "It is done") {
		t.Errorf("%v, %v, %s", got, err, log.String())
	}
	if !keys["k/0"] {
		t.Errorf("the keys are %v", keys)
	}
	for _, config := range []map[string]any{
		{}, {"message": "x", "channels": "pigeon"}, {"message": "x", "channels": "webhook"}, {"message": "x", "channels": "webhook", "recipients": url + "/500"},
	} {
		if _, err := p.Perform(context.Background(), workflows.Call{Config: config}); err == nil {
			t.Errorf("%v is sent", config)
		}
	}
}
