package set

import (
	"context"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/bus/relay"
	"github.com/docsteward/docsteward/adapters/source"
	"github.com/docsteward/docsteward/adapters/sql/sourceagentsql"
	"github.com/docsteward/docsteward/adapters/telemetry/prom"
	appsourceagent "github.com/docsteward/docsteward/application/sourceagent"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/outbox"
	portsource "github.com/docsteward/docsteward/ports/source"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// SourceAgentParts are the menu of the source agent and the service that offers it.
type SourceAgentParts struct {
	Menu    *sourceagent.UseCases
	Service *process.Service
	// Letters are the events that no handler took.
	Letters outbox.DeadLetters
}

// SourceAgent is the source agent on whatever stores it is given.
var SourceAgent = wire.NewSet(
	SourceAgentKit, SourceAgentDatabase, SourceAgentMenu, NewSourceAgentParts,
	wire.Value(source.Opener{}), wire.Bind(new(portsource.Opener), new(source.Opener)),
	wire.Struct(new(appsourceagent.Deps), "Places", "Records", "Runs", "Opener", "Markup", "Outbox", "Unit", "Clock", "IDs"),
)

// SourceAgentSQL keeps what is known of sources in an SQL database.
var SourceAgentSQL = wire.NewSet(
	sourceagentsql.NewPlaces, wire.Bind(new(sourceagent.Places), new(*sourceagentsql.Places)),
	sourceagentsql.NewRecords, wire.Bind(new(sourceagent.Records), new(*sourceagentsql.Records)),
	sourceagentsql.NewRuns, wire.Bind(new(sourceagent.Runs), new(*sourceagentsql.Runs)),
)

// SourceAgentKit returns the kit of the source agent.
func SourceAgentKit(k *kit.Kit) *kit.Service { return k.Service(sourceagent.ID) }

// SourceAgentDatabase names the database of the source agent and its tables.
func SourceAgentDatabase() Database {
	return Database{Name: "source_agent", Migrations: sourceagentsql.Migrations}
}

// SourceAgentMenu returns the filled and decorated menu. The source agent stores
// through the document store's menu, in this process or another.
func SourceAgentMenu(s *kit.Service, deps appsourceagent.Deps, store *docstore.UseCases) (*sourceagent.UseCases, error) {
	deps.StoreEnvelope, deps.DeleteDocument = &store.StoreEnvelope, &store.DeleteDocument
	deps.GetDocument, deps.ListDocuments = &store.GetDocument, &store.ListDocuments
	deps.Meter = prom.NewDocumentMeter(s.Registry, s.ID)
	menu := new(sourceagent.UseCases)
	appsourceagent.Fill(menu, deps)
	return menu, Decorate(s, menu, sourceagent.Operations(menu))
}

// NewSourceAgentParts returns the menu with the service that offers it.
func NewSourceAgentParts(s *kit.Service, menu *sourceagent.UseCases, store Dependency, relay *relay.Relay, letters outbox.DeadLetters) (SourceAgentParts, error) {
	monitor := NewMonitor(s, sourceagent.ID, map[string]func(context.Context) error{"database": store.Ping}, storage(store))
	server, err := NewServer(s, sourceagent.Operations(menu), monitor)
	if err != nil {
		return SourceAgentParts{}, err
	}
	return SourceAgentParts{Menu: menu, Letters: letters, Service: NewService(s, server, reopener(store), monitor.Run, relay.Run)}, nil
}
