package set

import (
	"context"
	"runtime"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/bus/relay"
	"github.com/docsteward/docsteward/adapters/facts"
	"github.com/docsteward/docsteward/adapters/source"
	"github.com/docsteward/docsteward/adapters/sql/analysissql"
	"github.com/docsteward/docsteward/adapters/telemetry/prom"
	appanalysis "github.com/docsteward/docsteward/application/analysis"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/ports/analysis"
	portfacts "github.com/docsteward/docsteward/ports/facts"
	"github.com/docsteward/docsteward/ports/outbox"
	portsource "github.com/docsteward/docsteward/ports/source"
)

// AnalysisParts are the menu of the analysis and the service that offers it.
type AnalysisParts struct {
	Menu    *analysis.UseCases
	Service *process.Service
	// Letters are the events that no handler took.
	Letters outbox.DeadLetters
}

// Analysis is the analysis on whatever stores it is given.
var Analysis = wire.NewSet(
	AnalysisKit, AnalysisDatabase, AnalysisMenu, NewAnalysisParts, AnalysisPeers, NewRegistryRemote,
	wire.Value(source.Opener{}),
	wire.Bind(new(portsource.Opener), new(source.Opener)), wire.Bind(new(portsource.ProjectOpener), new(source.Opener)),
	facts.New, wire.Bind(new(portfacts.PackageExtractor), new(*facts.Extractor)),
	wire.Struct(new(appanalysis.Deps), "Sources", "Projects", "Facts", "Markup", "Clock"),
	wire.Struct(new(appanalysis.Records), "*"),
)

// AnalysisSQL keeps what the analysis recorded in an SQL database.
var AnalysisSQL = wire.NewSet(
	analysissql.NewChecks, wire.Bind(new(analysis.Checks), new(*analysissql.Checks)),
	analysissql.NewClaims, wire.Bind(new(analysis.Claims), new(*analysissql.Claims)),
	analysissql.NewTurns, wire.Bind(new(analysis.Turns), new(*analysissql.Turns)),
	analysissql.NewFacts, wire.Bind(new(analysis.Facts), new(*analysissql.Facts)),
)

// AnalysisKit returns the kit of the analysis.
func AnalysisKit(k *kit.Kit) *kit.Service {
	s := k.Service(analysis.ID)
	s.Meter = prom.NewAnalysisMeter(s.Registry, s.ID, s.Meter)
	return s
}

// AnalysisDatabase names the database of the analysis and its tables.
func AnalysisDatabase(s *kit.Service) Database {
	return Database{Name: "analysis_service", Path: s.Config.AnalysisDB, Migrations: analysissql.Migrations}
}

// AnalysisMenu returns the filled and decorated menu.
func AnalysisMenu(s *kit.Service, deps appanalysis.Deps, records appanalysis.Records) (*analysis.UseCases, error) {
	deps.Workers = runtime.GOMAXPROCS(0)
	menu := new(analysis.UseCases)
	appanalysis.FillService(menu, deps, records)
	return menu, Decorate(s, menu, analysis.Operations(menu))
}

// NewAnalysisParts returns the menu with the service that offers it.
func NewAnalysisParts(s *kit.Service, menu *analysis.UseCases, store Dependency, relay *relay.Relay, letters outbox.DeadLetters) (AnalysisParts, error) {
	monitor := NewMonitor(s, analysis.ID, map[string]func(context.Context) error{"database": store.Ping}, storage(store))
	server, err := NewServer(s, analysis.Operations(menu), monitor)
	if err != nil {
		return AnalysisParts{}, err
	}
	return AnalysisParts{Menu: menu, Letters: letters, Service: NewService(s, server, reopener(store), monitor.Run, relay.Run)}, nil
}
