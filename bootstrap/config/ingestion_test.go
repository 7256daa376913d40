package config_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/bootstrap/config"
)

func TestHowSourcesAreIngested(t *testing.T) {
	c, err := config.Load([]string{"INGESTION_WORKERS=2", "INGESTION_QUEUE_LIMIT=9", "INGESTION_STALL_TIMEOUT=30s", "INGESTION_ROOTS=/srv/docs,/srv/wiki"})
	if err != nil || c.IngestionWorkers != 2 || c.IngestionQueue != 9 || c.IngestionStall != 30*time.Second || !slices.Equal(c.IngestionRoots, []string{"/srv/docs", "/srv/wiki"}) {
		t.Errorf("got %+v, %v", c, err)
	}
	for _, wrong := range []string{"INGESTION_WORKERS=0", "INGESTION_QUEUE_LIMIT=0", "INGESTION_STALL_TIMEOUT=1s", "INGESTION_ROOTS=docs"} {
		name, _, _ := strings.Cut(wrong, "=")
		if _, err := config.Load([]string{wrong}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}
