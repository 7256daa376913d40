package set

import (
	"context"
	"maps"
	"os"
	"strconv"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/action/apicall"
	"github.com/docsteward/docsteward/adapters/action/notice"
	"github.com/docsteward/docsteward/adapters/action/servicecall"
	dbosruntime "github.com/docsteward/docsteward/adapters/durable/dbos"
	"github.com/docsteward/docsteward/adapters/expression"
	"github.com/docsteward/docsteward/adapters/sql/healthsql"
	"github.com/docsteward/docsteward/adapters/sql/infrastructuresql"
	"github.com/docsteward/docsteward/adapters/sql/ingestsql"
	"github.com/docsteward/docsteward/adapters/sql/querysql"
	"github.com/docsteward/docsteward/adapters/sql/registrysql"
	"github.com/docsteward/docsteward/adapters/sql/workflowssql"
	appinfrastructure "github.com/docsteward/docsteward/application/infrastructure"
	appworkflows "github.com/docsteward/docsteward/application/workflows"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/catalogue"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/webcall"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Workflows is workflow management on whatever stores and runtime it is given.
var Workflows = wire.NewSet(
	WorkflowsMenu, WorkflowPerformers, DurableRegistry, NewWorkflowUpkeep, appworkflows.Templates,
	NewWebCaller,
	wire.Value(expression.Compiler{}), wire.Bind(new(workflow.Compiler), new(expression.Compiler)),
	wire.Struct(new(appworkflows.Deps), "Definitions", "Executions", "Compiler", "Performers", "Templates", "Outbox", "Unit", "Clock", "IDs"),
)

// WorkflowsSQL keeps workflows in an SQL database.
var WorkflowsSQL = wire.NewSet(
	workflowssql.NewDefinitions, wire.Bind(new(workflows.Definitions), new(*workflowssql.Definitions)),
	workflowssql.NewExecutions, wire.Bind(new(workflows.Executions), new(*workflowssql.Executions)),
)

// Engine names what runs workflows, for those who ask how it is.
type Engine string

// RunsOnSQLite runs workflows durably on a file in the data directory.
var RunsOnSQLite = wire.NewSet(
	OpenRunsOnSQLite, wire.Value(Engine("dbos")), wire.Bind(new(durable.Runtime), new(*dbosruntime.Runtime)), wire.Bind(new(durable.Worker), new(*dbosruntime.Runtime)),
)

// RunsOnPostgres runs workflows durably on a schema of the configured server.
var RunsOnPostgres = wire.NewSet(
	OpenRunsOnPostgres, wire.Value(Engine("dbos")), wire.Bind(new(durable.Runtime), new(*dbosruntime.Runtime)), wire.Bind(new(durable.Worker), new(*dbosruntime.Runtime)),
)

// OrchestratorDatabase names the database of the orchestrator and the tables of its
// contexts.
func OrchestratorDatabase(s *kit.Service) Database {
	return Database{Name: orchestrator.ID, Path: s.Config.OrchestratorDB, Migrations: layered{workflowssql.Migrations, querysql.Migrations, registrysql.Migrations, healthsql.Migrations, infrastructuresql.Migrations, ingestsql.Migrations}}
}

// OpenRunsOnSQLite opens the file of the runs.
func OpenRunsOnSQLite(ctx context.Context, s *kit.Service, registry durable.Registry) (*dbosruntime.Runtime, func(), error) {
	return openRuns(ctx, dbosruntime.Config{SQLite: s.DataFile("orchestrator_runs.sqlite3"), Clock: s.Clock, Log: s.Logger}, registry)
}

// OpenRunsOnPostgres opens the schema of the runs. A process is known by its host
// and the port of the orchestrator, so that after a restart it goes on with its own.
func OpenRunsOnPostgres(ctx context.Context, s *kit.Service, registry durable.Registry) (*dbosruntime.Runtime, func(), error) {
	row, err := catalogue.Find(orchestrator.ID)
	if err != nil {
		return nil, nil, err
	}
	host, _ := os.Hostname() // without a name the port alone tells processes apart
	return openRuns(ctx, dbosruntime.Config{
		Postgres: PostgresDSN(s.Config.Postgres), Schema: "orchestrator_runs", Executor: host + ":" + strconv.Itoa(s.Config.ServicePort(row)),
		Clock: s.Clock, Log: s.Logger,
	}, registry)
}

func openRuns(ctx context.Context, c dbosruntime.Config, registry durable.Registry) (*dbosruntime.Runtime, func(), error) {
	runtime, err := dbosruntime.Open(ctx, c, registry)
	if err != nil {
		return nil, nil, err
	}
	return runtime, func() { _ = runtime.Close() }, nil
}

// WorkflowPerformers returns what carries out the actions of workflows, by their
// types.
func WorkflowPerformers(s *kit.Service, tables servicecall.Tables, caller webcall.Caller) map[string]workflows.Performer {
	return map[string]workflows.Performer{
		workflow.ServiceCall:     servicecall.New(s.ID, tables),
		workflow.ExternalAPICall: apicall.New(caller),
		workflow.Notification:    notice.New(s.Logger, caller),
	}
}

// DurableRegistry returns what the runtime runs: workflows and sagas.
func DurableRegistry(flows appworkflows.Deps, sagas appinfrastructure.Deps) durable.Registry {
	registry, more := appworkflows.Registry(flows), appinfrastructure.Programs(sagas)
	maps.Copy(registry.Programs, more.Programs)
	maps.Copy(registry.Steps, more.Steps)
	return registry
}

// WorkflowsMenu returns the filled and decorated menu.
func WorkflowsMenu(s *kit.Service, deps appworkflows.Deps, runtime durable.Runtime) (*workflows.UseCases, error) {
	deps.Runtime = runtime
	menu := new(workflows.UseCases)
	appworkflows.Fill(menu, deps)
	return menu, Decorate(s, menu, workflows.Operations(menu))
}

// WorkflowUpkeep ships workflows and holds records and runs together.
type WorkflowUpkeep *appworkflows.Reconciler

// NewWorkflowUpkeep returns the upkeep of workflows.
func NewWorkflowUpkeep(s *kit.Service, deps appworkflows.Deps, runtime durable.Runtime) WorkflowUpkeep {
	deps.Runtime = runtime
	return appworkflows.NewReconciler(deps, s.Logger)
}
