package docstoremem_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/docstoremem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/ports/porttest"
)

func open(*testing.T) porttest.DocStoreEnv {
	db := memkit.New()
	store := docstoremem.New(db)
	return porttest.DocStoreEnv{
		Documents: store, History: store, Index: docstoremem.NewIndex(store), Spans: store,
		Unit: db, Outbox: memkit.NewOutbox(db, nil),
	}
}

func TestSuite(t *testing.T) { porttest.DocStore(t, porttest.DocStoreTraits{}, open) }
