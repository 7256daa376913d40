package config_test

import (
	"strings"
	"testing"

	"github.com/docsteward/docsteward/bootstrap/config"
)

func TestHowServicesAreWatchedIsConfigured(t *testing.T) {
	c, err := config.Load([]string{"HEALTH_CHECK_INTERVAL=10", "HEALTH_TIMEOUT=2", "ORCHESTRATOR_HEALTH_TARGETS=mail=tls://mail:465,web=https://web/health"})
	if err != nil || c.HealthIntervalSeconds != 10 || c.HealthTimeoutSeconds != 2 || len(c.HealthTargets) != 2 {
		t.Fatalf("got %+v, %v", c, err)
	}
	for _, wrong := range []string{
		"HEALTH_CHECK_INTERVAL=0", "HEALTH_TIMEOUT=3601", "ORCHESTRATOR_HEALTH_TARGETS=mail", "ORCHESTRATOR_HEALTH_TARGETS=mail=ftp://mail",
		"ORCHESTRATOR_HEALTH_TARGETS=a=tcp://b:1,a=tcp://c:1", "ORCHESTRATOR_HEALTH_TARGETS=doc_store=tcp://b:1", "ORCHESTRATOR_HEALTH_TARGETS==tcp://b:1",
	} {
		name, _, _ := strings.Cut(wrong, "=")
		if _, err := config.Load([]string{wrong}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", wrong, err)
		}
	}
}
