package set

import (
	"context"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/bus/relay"
	"github.com/docsteward/docsteward/adapters/sql/docstoresql"
	appdocstore "github.com/docsteward/docsteward/application/docstore"
	appjobs "github.com/docsteward/docsteward/application/jobs"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/outbox"
)

// DocStoreParts are the menu of the document store and the service that offers it.
type DocStoreParts struct {
	Menu    *docstore.UseCases
	Service *process.Service
	// Letters are the events that no handler took.
	Letters outbox.DeadLetters
}

// DocStore is the document store on whatever stores it is given.
var DocStore = wire.NewSet(
	DocStoreKit, DocStoreDatabase, DocStoreMenu, NewDocStoreParts, DocStoreBackground, DocStoreKnowledge, DocStoreUpkeep,
	wire.Struct(new(appdocstore.Deps), "Documents", "History", "Index", "Spans", "Outbox", "Unit", "Clock", "IDs", "Markup", "Notify", "Bulk", "Knowledge", "Fingerprints", "Lifecycle", "Housekeeping", "Caching"),
)

// DocStoreSQL keeps the document store in an SQL database.
var DocStoreSQL = wire.NewSet(
	docstoresql.New, docstoresql.NewIndex, DocStoreBackgroundSQL, DocStoreKnowledgeSQL, DocStoreUpkeepSQL,
	wire.Bind(new(docstore.Documents), new(*docstoresql.Store)),
	wire.Bind(new(docstore.History), new(*docstoresql.Store)),
	wire.Bind(new(docstore.Spans), new(*docstoresql.Store)),
	wire.Bind(new(docstore.Directory), new(*docstoresql.Store)),
	wire.Bind(new(docstore.Index), new(*docstoresql.Index)),
)

// DocStoreKit returns the kit of the document store.
func DocStoreKit(k *kit.Kit) *kit.Service { return k.Service(docstore.ID) }

// DocStoreDatabase names the database of the document store and its tables.
func DocStoreDatabase(s *kit.Service) Database {
	return Database{Name: docstore.ID, Path: s.Config.DocStoreDB, Migrations: docstoresql.Migrations}
}

// DocStoreMenu returns the filled and decorated menu.
func DocStoreMenu(s *kit.Service, deps appdocstore.Deps, jobs *appjobs.Scheduler) (*docstore.UseCases, error) {
	menu := new(docstore.UseCases)
	appdocstore.Fill(menu, docStoreConfigured(s, deps))
	jobs.Fill(&menu.ListJobs, &menu.RunJob)
	return menu, Decorate(s, menu, docstore.Operations(menu))
}

// NewDocStoreParts returns the menu with the service that offers it.
func NewDocStoreParts(s *kit.Service, menu *docstore.UseCases, store Dependency, relay *relay.Relay, letters outbox.DeadLetters, background *appdocstore.Background, jobs *appjobs.Scheduler, kept Cache) (DocStoreParts, error) {
	monitor := NewMonitor(s, docstore.ID, map[string]func(context.Context) error{"database": store.Ping}, withJobs(storage(store), jobs))
	monitor.Warn(staleJob(jobs))
	if kept.Check != nil {
		monitor.Optional("redis", kept.Check)
	}
	server, err := NewServer(s, docstore.Operations(menu), monitor)
	if err != nil {
		return DocStoreParts{}, err
	}
	workers := append(backgroundWorkers(background), monitor.Run, relay.Run, jobs.Work)
	workers = append(workers, kept.Workers...)
	return DocStoreParts{Menu: menu, Letters: letters, Service: NewService(s, server, reopener(store), workers...)}, nil
}

// storage tells the space that is left.
func storage(store Dependency) func() map[string]any {
	return func() map[string]any {
		free, err := store.FreeBytes()
		if err != nil {
			return map[string]any{"storage": map[string]any{"error": err.Error()}}
		}
		return map[string]any{"storage": map[string]any{"free_bytes": free}}
	}
}

// reopener returns the means to open a store anew, where it has them.
func reopener(store Dependency) func(context.Context) error {
	if r, ok := store.(interface{ Reopen(context.Context) error }); ok {
		return r.Reopen
	}
	return nil
}
