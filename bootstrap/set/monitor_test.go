package set_test

import (
	"context"
	"errors"
	"testing"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/set"
	"github.com/docsteward/docsteward/domain"
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
