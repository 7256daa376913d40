package set

import (
	"context"
	"slices"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/action/servicecall"
	"github.com/docsteward/docsteward/adapters/bus/relay"
	appregistry "github.com/docsteward/docsteward/application/serviceregistry"
	appworkflows "github.com/docsteward/docsteward/application/workflows"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/serviceregistry"
	"github.com/docsteward/docsteward/ports/workflows"
)

// OrchestratorParts are the menus of the orchestrator's contexts and the service
// that offers them all.
type OrchestratorParts struct {
	Workflows *workflows.UseCases
	Queries   *queryprocessing.UseCases
	Registry  *serviceregistry.UseCases
	Service   *process.Service
}

// Orchestrator is the orchestrator on whatever stores and runtime it is given.
var Orchestrator = wire.NewSet(
	OrchestratorKit, OrchestratorDatabase, NewOrchestratorParts, Workflows, Queries, Registry,
)

// OrchestratorKit returns the kit of the orchestrator.
func OrchestratorKit(k *kit.Kit) *kit.Service { return k.Service(orchestrator.ID) }

// NewOrchestratorParts returns the menus with the service that offers them. What
// workflows call, they find in tables, which holds the orchestrator's own operations
// afterwards too.
func NewOrchestratorParts(s *kit.Service, flows *workflows.UseCases, queries *queryprocessing.UseCases, directory *serviceregistry.UseCases, keeper *appregistry.Keeper, tables servicecall.Tables, store Dependency, relay *relay.Relay,
	runtime durable.Runtime, worker durable.Worker, upkeep WorkflowUpkeep,
) (OrchestratorParts, error) {
	operations := slices.Concat(workflows.Operations(flows), queryprocessing.Operations(queries), serviceregistry.Operations(directory))
	tables[orchestrator.ID] = operations
	monitor := NewMonitor(s, orchestrator.ID, map[string]func(context.Context) error{
		"database": store.Ping,
		"runtime": func(ctx context.Context) error {
			_, err := runtime.List(ctx, durable.Query{Limit: 1})
			return err
		},
	}, storage(store))
	server, err := NewServer(s, operations, monitor)
	if err != nil {
		return OrchestratorParts{}, err
	}
	service := NewService(s, server, reopener(store), monitor.Run, relay.Run, worker.Work, (*appworkflows.Reconciler)(upkeep).Work, keeper.Work)
	return OrchestratorParts{Workflows: flows, Queries: queries, Registry: directory, Service: service}, nil
}
