package ingestmem_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/ingestmem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/ports/porttest"
)

func env() porttest.IngestionEnv {
	db := memkit.New()
	return porttest.IngestionEnv{Jobs: ingestmem.NewJobs(db), Unit: db}
}

func TestSuite(t *testing.T) {
	porttest.Ingestion(t, func(*testing.T) porttest.IngestionEnv { return env() })
}
