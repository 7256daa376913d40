package set

import (
	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/sql/docstoresql"
	appdocstore "github.com/docsteward/docsteward/application/docstore"
	"github.com/docsteward/docsteward/ports/docstore"
)

// DocStoreKnowledge is what is known of documents beyond their content.
var DocStoreKnowledge = wire.NewSet(wire.Struct(new(appdocstore.Knowledge), "*"))

// DocStoreKnowledgeSQL keeps what is known of documents in an SQL database.
var DocStoreKnowledgeSQL = wire.NewSet(
	docstoresql.NewRelations, wire.Bind(new(docstore.Relations), new(*docstoresql.Relations)),
	docstoresql.NewTags, wire.Bind(new(docstore.Tags), new(*docstoresql.Tags)),
	docstoresql.NewTaxonomy, wire.Bind(new(docstore.Taxonomy), new(*docstoresql.Taxonomy)),
	docstoresql.NewAnalyses, wire.Bind(new(docstore.Analyses), new(*docstoresql.Analyses)),
)
