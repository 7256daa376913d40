package set

import (
	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/sql/querysql"
	appqueries "github.com/docsteward/docsteward/application/queryprocessing"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/queryprocessing"
)

// Queries is query processing on whatever stores it is given.
var Queries = wire.NewSet(
	QueriesMenu,
	wire.Struct(new(appqueries.Deps), "History", "Markup", "Outbox", "Unit", "Clock", "IDs"),
)

// QueriesSQL keeps queries in an SQL database.
var QueriesSQL = wire.NewSet(querysql.NewHistory, wire.Bind(new(queryprocessing.History), new(*querysql.History)))

// QueriesMenu returns the filled and decorated menu. Queries read through the
// document store's menu, in this process or another.
func QueriesMenu(s *kit.Service, deps appqueries.Deps, store *docstore.UseCases) (*queryprocessing.UseCases, error) {
	deps.SearchDocuments, deps.SearchAdvanced = &store.SearchDocuments, &store.SearchAdvanced
	deps.ListDocuments, deps.GetDocument = &store.ListDocuments, &store.GetDocument
	menu := new(queryprocessing.UseCases)
	appqueries.Fill(menu, deps)
	return menu, Decorate(s, menu, queryprocessing.Operations(menu))
}
