package docstoresql_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/docstoresql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestKnowledgeSuite(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.Knowledge(t, func(t *testing.T) porttest.KnowledgeEnv {
			db := open(t)
			store := docstoresql.New(db)
			return porttest.KnowledgeEnv{
				DocStoreEnv: env(db, nil), Relations: docstoresql.NewRelations(db), Directory: store,
				Tags: docstoresql.NewTags(db), Taxonomy: docstoresql.NewTaxonomy(db), Analyses: docstoresql.NewAnalyses(db),
			}
		})
	})
}
