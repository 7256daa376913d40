package docstoremem_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/docstoremem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/ports/porttest"
)

func openKnowledge() porttest.KnowledgeEnv {
	db := memkit.New()
	store := docstoremem.New(db)
	return porttest.KnowledgeEnv{
		DocStoreEnv: porttest.DocStoreEnv{
			Documents: store, History: store, Index: docstoremem.NewIndex(store), Spans: store, Unit: db, Outbox: memkit.NewOutbox(db, nil),
		},
		Relations: docstoremem.NewRelations(store), Directory: store, Tags: docstoremem.NewTags(store),
		Taxonomy: docstoremem.NewTaxonomy(db), Analyses: docstoremem.NewAnalyses(store),
	}
}

func TestKnowledgeSuite(t *testing.T) {
	porttest.Knowledge(t, func(*testing.T) porttest.KnowledgeEnv { return openKnowledge() })
}
