package set_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/set"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
)

// A failed dependency that is optional degrades; another one makes unhealthy.
func TestHealthTellsDegradedFromUnhealthy(t *testing.T) {
	cfg, err := config.Load([]string{"DOCSTEWARD_DATA=" + t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	var database, redis error
	monitor := set.NewMonitor(k.Service("doc_store"), "", map[string]func(context.Context) error{
		"database": func(context.Context) error { return database },
	}, nil)
	monitor.Optional("redis", func(context.Context) error { return redis })
	down := domain.Unavailable.New("gone")
	for _, step := range []struct {
		database, redis error
		status          string
		ready           bool
	}{
		{nil, nil, "healthy", true}, {nil, down, "degraded", true}, {down, down, "unhealthy", false}, {down, nil, "unhealthy", false}, {nil, nil, "healthy", true},
	} {
		database, redis = step.database, step.redis
		monitor.Ask(t.Context())
		health, ready := monitor.Health(t.Context()), monitor.Ready(t.Context())
		if health.Status != step.status || (ready == nil) != step.ready || ready != nil && !errors.Is(ready, domain.Unavailable) {
			t.Errorf("database %v, redis %v: %s, %v", step.database, step.redis, health.Status, ready)
		}
		if redis != nil && health.Dependencies["redis"] != "unhealthy" {
			t.Errorf("dependencies %v", health.Dependencies)
		}
	}
}

// The body of /health has the same fields whatever the status; 503 is for unhealthy
// alone, so that a load balancer keeps a degraded service.
func TestHealthOverHTTP(t *testing.T) {
	cfg, err := config.Load([]string{"DOCSTEWARD_DATA=" + t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	clock := clocktest.New()
	k, err := kit.New(cfg, kit.Options{Logs: t.Output(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	var database, redis error
	stale := ""
	monitor := set.NewMonitor(k.Service("doc_store"), "", map[string]func(context.Context) error{
		"database": func(context.Context) error { return database },
	}, func() map[string]any { return map[string]any{"storage": map[string]any{"free_bytes": 7}} })
	monitor.Optional("redis", func(context.Context) error { return redis })
	monitor.Warn(func() string { return stale })
	server, err := set.NewServer(k.Service("doc_store"), nil, monitor)
	if err != nil {
		t.Fatal(err)
	}
	clock.Advance(90 * time.Second)
	gone := domain.Unavailable.New("The server is gone.")
	corrupt := domain.Storage.New("The store is damaged.").WithCode("corrupt")
	for _, c := range []struct {
		name            string
		database, redis error
		stale           string
		code            int
		status, text    string
		states          string
	}{
		{"healthy", nil, nil, "", 200, "healthy", "", "map[database:healthy redis:healthy]"},
		{"cache away", nil, gone, "", 200, "degraded", gone.Message, "map[database:healthy redis:unhealthy]"},
		{"stale job", nil, nil, "The job is stale.", 200, "degraded", "The job is stale.", "map[database:healthy redis:healthy]"},
		{"database away", gone, nil, "The job is stale.", 503, "unhealthy", gone.Message, "map[database:unhealthy redis:healthy]"},
		{"damage", corrupt, gone, "", 503, "unhealthy", corrupt.Message, "map[database:corrupt redis:unhealthy]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			database, redis, stale = c.database, c.redis, c.stale
			monitor.Ask(t.Context())
			answer := httptest.NewRecorder()
			server.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/health", nil))
			var body map[string]any
			if err := json.Unmarshal(answer.Body.Bytes(), &body); err != nil {
				t.Fatal(err)
			}
			text, _ := body["error"].(string)
			if answer.Code != c.code || body["status"] != c.status || text != c.text || fmt.Sprint(body["dependencies"]) != c.states {
				t.Errorf("%d %s", answer.Code, answer.Body)
			}
			if body["service"] != "doc_store" || body["uptime_seconds"] != 90.0 || body["timestamp"] != "2026-01-05T12:01:30Z" || body["environment"] != cfg.Environment ||
				fmt.Sprint(body["details"]) != "map[storage:map[free_bytes:7]]" {
				t.Errorf("%s", answer.Body)
			}
			if _, ok := body["version"].(string); !ok || answer.Header().Get("Content-Type") != "application/json; charset=utf-8" {
				t.Errorf("%v %s", answer.Header(), answer.Body)
			}
		})
	}
}
