package docstoremem_test

import (
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/docstoremem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestEventLogSuite(t *testing.T) {
	porttest.EventLog(t, func(*testing.T) docstore.EventLog { return docstoremem.NewEventLog(memkit.New()) })
}

func TestWebhooksSuite(t *testing.T) {
	porttest.Webhooks(t, func(*testing.T) porttest.WebhookEnv {
		db := memkit.New()
		deliveries := docstoremem.NewDeliveries(db)
		return porttest.WebhookEnv{Webhooks: docstoremem.NewWebhooks(db, deliveries), Deliveries: deliveries}
	})
}

func TestBulkSuite(t *testing.T) {
	porttest.Bulk(t, func(*testing.T) porttest.BulkEnv {
		store := docstoremem.NewBulk(memkit.New())
		return porttest.BulkEnv{Operations: store, Queue: store}
	})
}

func TestFingerprintsSuite(t *testing.T) {
	porttest.Fingerprints(t, func(*testing.T) porttest.FingerprintEnv {
		db := memkit.New()
		documents := docstoremem.New(db)
		return porttest.FingerprintEnv{Documents: documents, Fingerprints: docstoremem.NewFingerprints(db, documents)}
	})
}

func TestLifecycleSuites(t *testing.T) {
	porttest.Policies(t, func(*testing.T) docstore.Policies { return docstoremem.NewPolicies(memkit.New()) })
	porttest.Lifecycles(t, func(*testing.T) docstore.Lifecycles { return docstoremem.NewLifecycles(memkit.New()) })
}

func TestQualityLogSuite(t *testing.T) {
	porttest.QualityLog(t, func(*testing.T) docstore.QualityLog { return docstoremem.NewQualityLog(memkit.New()) })
}

func TestUpkeepSuite(t *testing.T) {
	porttest.Upkeep(t, func(*testing.T) (docstore.Upkeep, func(*testing.T)) {
		store := docstoremem.New(memkit.New())
		return docstoremem.NewUpkeep(store), storing(store)
	})
}

// storing returns a function that stores a document of 1 MiB.
func storing(documents docstore.Documents) func(t *testing.T) {
	return func(t *testing.T) {
		t.Helper()
		d, err := document.New(document.Draft{ID: domain.StoredID[document.Document]("d"), Content: strings.Repeat("word ", 1<<18)}, time.Now())
		if err == nil {
			err = documents.Add(t.Context(), d.State())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
