package set

import (
	"context"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/wire"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/adapters/action/servicecall"
	"github.com/docsteward/docsteward/adapters/probe"
	"github.com/docsteward/docsteward/adapters/sql/healthsql"
	apphealth "github.com/docsteward/docsteward/application/healthmonitoring"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/ports/catalogue"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Health is health monitoring on whatever stores it is given.
var Health = wire.NewSet(
	HealthMenu, NewHealthMonitor, NewOrchestratorMonitor, NewPolling, wire.Struct(new(HealthStores), "*"),
)

// HealthSQL keeps alerts and incidents in an SQL database.
var HealthSQL = wire.NewSet(
	healthsql.NewAlerts, wire.Bind(new(healthmonitoring.Alerts), new(*healthsql.Alerts)),
	healthsql.NewIncidents, wire.Bind(new(healthmonitoring.Incidents), new(*healthsql.Incidents)),
)

// Here lists the services that run in this process.
type Here []string

// HealthStores are the stores of health monitoring.
type HealthStores struct {
	Alerts    healthmonitoring.Alerts
	Incidents healthmonitoring.Incidents
	Outbox    outbox.Outbox
	Unit      tx.Unit
	IDs       ids.Generator
}

// Polling tells whether the worker of the durable runtime is at work.
type Polling struct{ now atomic.Bool }

// NewPolling returns the mark of a worker that is not at work.
func NewPolling() *Polling { return new(Polling) }

// While marks the worker while it works.
func (p *Polling) While(worker durable.Worker) func(context.Context) error {
	return func(ctx context.Context) error {
		p.now.Store(true)
		defer p.now.Store(false)
		return worker.Work(ctx)
	}
}

// NewOrchestratorMonitor returns the monitor of what the orchestrator stands on.
func NewOrchestratorMonitor(s *kit.Service, store Dependency, runtime durable.Runtime) *Monitor {
	return NewMonitor(s, orchestrator.ID, map[string]func(context.Context) error{
		"database": store.Ping,
		"runtime": func(ctx context.Context) error {
			_, err := runtime.List(ctx, durable.Query{Limit: 1})
			return err
		},
	}, storage(store))
}

// NewHealthMonitor returns the monitor of all services that run here or at a
// configured address, and of the targets that ORCHESTRATOR_HEALTH_TARGETS names.
func NewHealthMonitor(s *kit.Service, own *Monitor, stores HealthStores, flows *workflows.UseCases, name Engine, engine durable.Runtime, polling *Polling, here Here, tables servicecall.Tables) (*apphealth.Monitor, error) {
	services, bases := watchedServices(s, here)
	prober := probe.New(probe.Options{Clock: s.Clock, Key: os.Getenv("DOCSTEWARD_API_KEY"), Bases: bases})
	m := apphealth.NewMonitor(apphealth.Deps{
		Services: services, Catalogue: catalogueIDs(), Needs: apphealth.Needs(), Rules: health.DefaultRules(), Prober: prober, Scraper: prober,
		Alerts: stores.Alerts, Incidents: stores.Incidents, Outbox: stores.Outbox, Unit: stores.Unit, Clock: s.Clock, IDs: stores.IDs, Logger: s.Logger,
		Interval: time.Duration(s.Config.HealthIntervalSeconds) * time.Second, Timeout: time.Duration(s.Config.HealthTimeoutSeconds) * time.Second,
		Own: own.AskNow, OwnMetrics: func() (health.Metrics, error) { return probe.Gather(s.Registry, s.Clock.Now()) },
		Runtime: func(ctx context.Context) (apphealth.Runtime, error) {
			return runtimeState(ctx, name, engine, flows, polling)
		},
		Statistics: &flows.GetStatistics,
		Info:       func() apphealth.Info { return orchestratorInfo(s, len(tables[orchestrator.ID])) },
		Settings:   func() []healthmonitoring.Setting { return settings(s) },
	})
	labelled := prometheus.WrapRegistererWith(prometheus.Labels{"service": s.ID}, s.Registry)
	return m, labelled.Register(newServiceGauges(m, s.Clock))
}

// HealthMenu returns the filled and decorated menu.
func HealthMenu(s *kit.Service, m *apphealth.Monitor) (*healthmonitoring.UseCases, error) {
	menu := new(healthmonitoring.UseCases)
	apphealth.Fill(menu, m)
	return menu, Decorate(s, menu, healthmonitoring.Operations(menu))
}

// watchedServices returns what is watched, and the addresses of our own services.
func watchedServices(s *kit.Service, here Here) (watched []apphealth.Service, bases []string) {
	critical := apphealth.Critical()
	for _, row := range catalogue.Services() {
		one := apphealth.Service{ID: row.ID, Critical: slices.Contains(critical, row.ID)}
		switch {
		case row.ID == orchestrator.ID:
		case s.Config.Elsewhere(row) || slices.Contains(here, row.ID):
			base := s.Config.ServiceURL(row)
			bases = append(bases, base)
			one.Health, one.Metrics, one.Configuration = base+"/health", base+"/metrics", base+"/config/effective"
			one.Shared = !s.Config.Elsewhere(row)
		default:
			continue
		}
		watched = append(watched, one)
	}
	for _, target := range s.Config.HealthTargets {
		name, address, _ := strings.Cut(target, "=")
		watched = append(watched, apphealth.Service{ID: strings.TrimSpace(name), Health: strings.TrimSpace(address)})
	}
	return watched, bases
}

func catalogueIDs() []string {
	var all []string
	for _, row := range catalogue.Services() {
		all = append(all, row.ID)
	}
	return all
}

// mostPending is how many runs that wait to begin are looked at.
const mostPending = 1000

// runtimeState asks the runtime, and which runs are recorded and not yet begun.
func runtimeState(ctx context.Context, name Engine, engine durable.Runtime, flows *workflows.UseCases, polling *Polling) (apphealth.Runtime, error) {
	state := apphealth.Runtime{Name: string(name), Polling: polling.now.Load()}
	if _, err := engine.List(ctx, durable.Query{Limit: 1}); err != nil {
		return state, err
	}
	waiting, err := flows.ListExecutions.Execute(usecase.AsService(ctx, orchestrator.ID), workflows.ListExecutions{Status: "pending", Limit: mostPending}).Unwrap()
	if err != nil || len(waiting.Items) == 0 {
		return state, err
	}
	state.Pending, state.Oldest = waiting.Total, waiting.Items[len(waiting.Items)-1].CreatedAt
	return state, nil
}

func orchestratorInfo(s *kit.Service, routes int) apphealth.Info {
	host, _ := os.Hostname() // a machine without a name has none to tell
	return apphealth.Info{
		ID: s.ID, Description: "Runs workflows and watches the services.", Version: s.Version, Hostname: host,
		Platform: runtime.GOOS + "/" + runtime.GOARCH, RuntimeVersion: runtime.Version(), Environment: s.Config.Environment, Started: s.Started,
		Capabilities: []string{"coordination", "health_monitoring", "query_processing", "workflow_execution"}, Routes: routes,
	}
}

func settings(s *kit.Service) []healthmonitoring.Setting {
	values := s.Config.Values()
	all := make([]healthmonitoring.Setting, len(values))
	for i, v := range values {
		all[i] = healthmonitoring.Setting{Name: v.Name, Value: v.Value, Source: v.Source}
	}
	return all
}

// serviceGauges shows what the last round found.
type serviceGauges struct {
	monitor                 *apphealth.Monitor
	clock                   clock.Clock
	up, deviation, validity *prometheus.Desc
}

func newServiceGauges(m *apphealth.Monitor, clock clock.Clock) serviceGauges {
	describe := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc(name, help, []string{"target"}, nil)
	}
	return serviceGauges{
		m, clock, describe("service_up", "1 while a watched service works, 0 while it does not."),
		describe("service_latency_deviation", "By how many deviations the last answer was slower than usual."),
		describe("service_certificate_days", "For how many days the certificate of a watched service is still good."),
	}
}

// Describe implements prometheus.Collector.
func (g serviceGauges) Describe(out chan<- *prometheus.Desc) {
	out <- g.up
	out <- g.deviation
	out <- g.validity
}

// Collect implements prometheus.Collector.
func (g serviceGauges) Collect(out chan<- prometheus.Metric) {
	for _, one := range g.monitor.Gauges() {
		show := func(desc *prometheus.Desc, value float64) {
			out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, one.Service)
		}
		switch one.Status {
		case health.Unknown:
			continue
		case health.Unhealthy:
			show(g.up, 0)
		default:
			show(g.up, 1)
		}
		show(g.deviation, one.Deviation)
		if !one.Expires.IsZero() {
			show(g.validity, one.Expires.Sub(g.clock.Now()).Hours()/24)
		}
	}
}
