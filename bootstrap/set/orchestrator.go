package set

import (
	"slices"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/action/servicecall"
	"github.com/docsteward/docsteward/adapters/bus/relay"
	apphealth "github.com/docsteward/docsteward/application/healthmonitoring"
	appinfrastructure "github.com/docsteward/docsteward/application/infrastructure"
	appingestion "github.com/docsteward/docsteward/application/ingestion"
	appregistry "github.com/docsteward/docsteward/application/serviceregistry"
	appworkflows "github.com/docsteward/docsteward/application/workflows"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/serviceregistry"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// OrchestratorMenus are the menus of the orchestrator's contexts.
type OrchestratorMenus struct {
	Workflows      *workflows.UseCases
	Queries        *queryprocessing.UseCases
	Registry       *serviceregistry.UseCases
	Health         *healthmonitoring.UseCases
	Ingestion      *ingestion.UseCases
	Infrastructure *infrastructure.UseCases
}

// Operations is the table of all of them.
func (m OrchestratorMenus) Operations() []usecase.Operation {
	return slices.Concat(workflows.Operations(m.Workflows), queryprocessing.Operations(m.Queries), serviceregistry.Operations(m.Registry),
		healthmonitoring.Operations(m.Health), ingestion.Operations(m.Ingestion), infrastructure.Operations(m.Infrastructure))
}

// OrchestratorParts are the menus with the service that offers them all.
type OrchestratorParts struct {
	OrchestratorMenus
	Service *process.Service
}

// Orchestrator is the orchestrator on whatever stores and runtime it is given.
var Orchestrator = wire.NewSet(
	OrchestratorKit, OrchestratorDatabase, NewOrchestratorParts, wire.Struct(new(OrchestratorMenus), "*"), Workflows, Queries, Registry, Health, Ingestion, Infrastructure,
)

// OrchestratorKit returns the kit of the orchestrator.
func OrchestratorKit(k *kit.Kit) *kit.Service { return k.Service(orchestrator.ID) }

// NewOrchestratorParts returns the menus with the service that offers them. What
// workflows call, they find in tables, which holds the orchestrator's own operations
// afterwards too.
func NewOrchestratorParts(s *kit.Service, menus OrchestratorMenus, tables servicecall.Tables, store Dependency, monitor *Monitor, relay *relay.Relay,
	worker durable.Worker, polling *Polling, upkeep WorkflowUpkeep, keeper *appregistry.Keeper, health *apphealth.Monitor, desk *appingestion.Desk, infrastructure *appinfrastructure.Keeper,
) (OrchestratorParts, error) {
	operations := menus.Operations()
	tables[orchestrator.ID] = operations
	monitor.Warn(oldLetters(infrastructure))
	server, err := NewServer(s, operations, monitor)
	if err != nil {
		return OrchestratorParts{}, err
	}
	service := NewService(s, server, reopener(store), monitor.Run, relay.Run, polling.While(worker), (*appworkflows.Reconciler)(upkeep).Work, keeper.Work, health.Work, desk.Work,
		infrastructure.Work)
	return OrchestratorParts{OrchestratorMenus: menus, Service: service}, nil
}
