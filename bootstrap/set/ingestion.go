package set

import (
	"github.com/google/wire"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/adapters/action/servicecall"
	"github.com/docsteward/docsteward/adapters/sql/ingestsql"
	appingestion "github.com/docsteward/docsteward/application/ingestion"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Ingestion is ingestion on whatever stores it is given.
var Ingestion = wire.NewSet(IngestionMenu, NewIngestionDesk, wire.Struct(new(IngestionStores), "*"))

// IngestionSQL keeps jobs in an SQL database.
var IngestionSQL = wire.NewSet(ingestsql.NewJobs, wire.Bind(new(ingestion.Jobs), new(*ingestsql.Jobs)))

// IngestionStores are the stores of ingestion.
type IngestionStores struct {
	Jobs   ingestion.Jobs
	Outbox outbox.Outbox
	Unit   tx.Unit
	Clock  clock.Clock
	IDs    ids.Generator
}

// NewIngestionDesk returns the desk that works on jobs: through the menus of workflows,
// of the source agent and of the document store, in this process or another.
func NewIngestionDesk(s *kit.Service, stores IngestionStores, flows *workflows.UseCases, agent *sourceagent.UseCases, store *docstore.UseCases, tables servicecall.Tables) (*appingestion.Desk, error) {
	desk := appingestion.NewDesk(appingestion.Deps{
		Jobs: stores.Jobs, Outbox: stores.Outbox, Unit: stores.Unit, Clock: stores.Clock, IDs: stores.IDs, Logger: s.Logger,
		ExecuteWorkflow: &flows.ExecuteWorkflow, GetExecution: &flows.GetExecution, CancelExecution: &flows.CancelExecution,
		ListRuns: &agent.ListIngestions, GetDocument: &store.GetDocument,
		Scanner: func() appingestion.Scanner { return scannerIn(tables) }, Reads: []ingest.SourceType{ingest.Filesystem},
		Limits: appingestion.Limits{
			Workers: s.Config.IngestionWorkers, Queue: s.Config.IngestionQueue, Stall: s.Config.IngestionStall, Roots: s.Config.IngestionRoots,
		},
	})
	labelled := prometheus.WrapRegistererWith(prometheus.Labels{"service": s.ID}, s.Registry)
	for _, gauge := range []struct {
		name, help string
		value      func() int
	}{
		{"ingestion_running", "Ingestions at work, in all processes.", func() int { running, _ := desk.Load(); return running }},
		{"ingestion_queue_depth", "Ingestions that wait for their turn.", func() int { _, waiting := desk.Load(); return waiting }},
		{"ingestion_workers", "How many ingestions may be at work at once.", func() int { return s.Config.IngestionWorkers }},
	} {
		collector := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: gauge.name, Help: gauge.help}, func() float64 { return float64(gauge.value()) })
		if err := labelled.Register(collector); err != nil {
			return nil, err
		}
	}
	return desk, nil
}

// scans is the path of the operation that scans a location.
const scans = "/api/v1/scans"

// scannerIn finds the service that scans a location, in the tables of those that there
// are.
func scannerIn(tables servicecall.Tables) appingestion.Scanner {
	for service, table := range tables {
		for _, op := range table {
			if op.Path == scans && op.Method == "POST" {
				return appingestion.Scanner{Service: service, Operation: op.Name}
			}
		}
	}
	return appingestion.Scanner{}
}

// IngestionMenu returns the filled and decorated menu.
func IngestionMenu(s *kit.Service, desk *appingestion.Desk) (*ingestion.UseCases, error) {
	menu := new(ingestion.UseCases)
	appingestion.Fill(menu, desk)
	return menu, Decorate(s, menu, ingestion.Operations(menu))
}
