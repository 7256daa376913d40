package config_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/domain"
)

func TestHousekeepingOfTheDocumentStoreIsConfigured(t *testing.T) {
	c, err := config.Load([]string{
		"DOCSTORE_QUALITY_INTERVAL=1m", "DOCSTORE_LIFECYCLE_INTERVAL=2m", "DOCSTORE_CLEANUP_INTERVAL=3m", "DOCSTORE_INTEGRITY_INTERVAL=0",
		"DOCSTORE_BACKUP_INTERVAL=5m", "DOCSTORE_BACKUPS_KEPT=6", "DOCSTORE_HISTORY_DAYS=8", "DOCSTEWARD_SECRET_KEY=k",
	})
	want := config.DocStore{QualityInterval: time.Minute, LifecycleInterval: 2 * time.Minute, CleanupInterval: 3 * time.Minute,
		BackupInterval: 5 * time.Minute, BackupsKept: 6, HistoryDays: 8}
	if err != nil || c.DocStore != want {
		t.Errorf("got %+v, %v", c, err)
	}
	for _, v := range c.Values() {
		if v.Name == "DOCSTEWARD_SECRET_KEY" && v.Value != "***" {
			t.Errorf("the key is shown as %q", v.Value)
		}
	}
}

func TestBoundsOfHousekeeping(t *testing.T) {
	for _, variable := range []string{"DOCSTORE_QUALITY_INTERVAL=1ms", "DOCSTORE_BACKUP_INTERVAL=-1h", "DOCSTORE_BACKUPS_KEPT=0", "DOCSTORE_HISTORY_DAYS=0"} {
		_, err := config.Load([]string{variable})
		name := variable[:slices.Index([]byte(variable), '=')]
		if !errors.Is(err, domain.Invalid) || domain.FaultOf(err).Fields[0].Field != name {
			t.Errorf("%s: %v", variable, err)
		}
	}
}
