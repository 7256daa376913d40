package docstoresql_test

import (
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/docstoresql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/porttest"
)

// onEach runs a suite on every engine.
func onEach(t *testing.T, suite func(t *testing.T, open func(t *testing.T) *sqlkit.DB)) {
	t.Run("sqlite", func(t *testing.T) {
		suite(t, func(t *testing.T) *sqlkit.DB { return sqltest.SQLite(t, docstoresql.Migrations) })
	})
	t.Run("postgres", func(t *testing.T) {
		suite(t, func(t *testing.T) *sqlkit.DB { return sqltest.Postgres(t, docstoresql.Migrations) })
	})
}

func TestEventLogSuite(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.EventLog(t, func(t *testing.T) docstore.EventLog { return docstoresql.NewEventLog(open(t)) })
	})
}

func TestWebhooksSuite(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.Webhooks(t, func(t *testing.T) porttest.WebhookEnv {
			db := open(t)
			return porttest.WebhookEnv{Webhooks: docstoresql.NewWebhooks(db), Deliveries: docstoresql.NewDeliveries(db)}
		})
	})
}

func TestBulkSuite(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.Bulk(t, func(t *testing.T) porttest.BulkEnv {
			store := docstoresql.NewBulk(open(t))
			return porttest.BulkEnv{Operations: store, Queue: store}
		})
	})
}

func TestFingerprintsSuite(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.Fingerprints(t, func(t *testing.T) porttest.FingerprintEnv {
			db := open(t)
			return porttest.FingerprintEnv{Documents: docstoresql.New(db), Fingerprints: docstoresql.NewFingerprints(db)}
		})
	})
}

func TestLifecycleSuites(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.Policies(t, func(t *testing.T) docstore.Policies { return docstoresql.NewPolicies(open(t)) })
		porttest.Lifecycles(t, func(t *testing.T) docstore.Lifecycles { return docstoresql.NewLifecycles(open(t)) })
	})
}

func TestQualityLogSuite(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.QualityLog(t, func(t *testing.T) docstore.QualityLog { return docstoresql.NewQualityLog(open(t)) })
	})
}

func TestUpkeepSuite(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.Upkeep(t, func(t *testing.T) (docstore.Upkeep, func(*testing.T)) {
			db := open(t)
			return db, storing(docstoresql.New(db))
		})
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
