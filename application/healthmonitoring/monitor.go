// Package healthmonitoring implements health monitoring: it asks the services how they
// are, names root causes, raises alerts, and follows the incidents that they open.
package healthmonitoring

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Service is something that is watched.
type Service struct {
	// ID is that of the catalogue, or the name of another target.
	ID string
	// Health is the address that is asked; empty where the service is this one.
	Health string
	// Metrics and Configuration are addresses; empty where there are none.
	Metrics, Configuration string
	// Critical services are those without which the whole does not work.
	Critical bool
	// Shared services run in the process of this one, which tells of memory, disk and
	// processor for all of them.
	Shared bool
}

// Info is what does not change while the process runs, but for Routes.
type Info struct {
	ID, Description, Version, Hostname, Platform, RuntimeVersion, Environment string
	Started                                                                   time.Time
	Capabilities                                                              []string
	Routes                                                                    int
}

// Runtime is the state of the durable runtime.
type Runtime struct {
	Name string
	// Polling is whether this process runs what is recorded.
	Polling bool
	// Pending counts runs that wait to begin; the oldest waits since Oldest.
	Pending int
	Oldest  time.Time
}

// Deps are what the use cases stand on.
type Deps struct {
	Services []Service
	// Catalogue are the ids of all services that there may be.
	Catalogue []string
	// Needs is what each service is known to need, besides what it says itself.
	Needs     health.Graph
	Rules     []health.Rule
	Prober    healthmonitoring.Prober
	Scraper   healthmonitoring.Scraper
	Alerts    healthmonitoring.Alerts
	Incidents healthmonitoring.Incidents
	Outbox    outbox.Outbox
	Unit      tx.Unit
	Clock     clock.Clock
	IDs       ids.Generator
	Logger    *slog.Logger
	// Interval is the time between two rounds, Timeout that of one check.
	Interval, Timeout time.Duration
	// Own asks what this service stands on, and returns the fault of each, nil where it
	// works.
	Own func(ctx context.Context) map[string]error
	// OwnMetrics reads the metrics of this process.
	OwnMetrics func() (health.Metrics, error)
	// Runtime asks the durable runtime.
	Runtime    func(ctx context.Context) (Runtime, error)
	Statistics usecase.UseCase[workflows.GetStatistics, workflows.Statistics]
	Info       func() Info
	Settings   func() []healthmonitoring.Setting
}

// Monitor watches services. Its methods are safe for concurrent use.
type Monitor struct {
	Deps
	flight flight

	mu          sync.Mutex
	watched     map[string]*watched
	order       []string
	book        *health.Book
	loaded      bool
	queue       []item
	checked     time.Time
	scraped     time.Time
	correlation string
}

// NewMonitor returns a monitor that has asked nobody yet.
func NewMonitor(deps Deps) *Monitor {
	m := &Monitor{Deps: deps, watched: make(map[string]*watched), book: health.NewBook(deps.Rules, nil)}
	for _, s := range deps.Services {
		m.watched[s.ID] = &watched{service: s, last: health.Result{Status: health.Unknown, Message: "The service was not asked yet."}}
		m.order = append(m.order, s.ID)
	}
	return m
}

// Fill makes the use cases of this package the implementation of the menu.
func Fill(menu *healthmonitoring.UseCases, m *Monitor) {
	menu.GetSystemHealth.HandleFunc(m.getSystemHealth)
	menu.ListServiceHealth.HandleFunc(m.listServiceHealth)
	menu.GetServiceHealth.HandleFunc(m.getServiceHealth)
	menu.CheckHealth.HandleFunc(m.checkHealth)

	menu.GetSystemMetrics.HandleFunc(m.getSystemMetrics)
	menu.GetSystemInfo.HandleFunc(m.getSystemInfo)
	menu.GetSystemConfig.HandleFunc(m.getSystemConfig)
	menu.GetReadiness.HandleFunc(m.getReadiness)
	menu.GetWorkflowHealth.HandleFunc(m.getWorkflowHealth)

	menu.ListAlerts.HandleFunc(m.listAlerts)
	menu.ListAlertRules.HandleFunc(m.listAlertRules)

	menu.ListIncidents.HandleFunc(m.listIncidents)
	menu.OpenIncident.HandleFunc(m.openIncident)
	menu.GetIncident.HandleFunc(m.getIncident)
	menu.RecordStep.HandleFunc(m.recordStep)
	menu.RunSteps.HandleFunc(m.runSteps)
	menu.EscalateIncident.HandleFunc(m.escalateIncident)
	menu.UpdateIncident.HandleFunc(m.updateIncident)
	menu.ResolveIncident.HandleFunc(m.resolveIncident)
	menu.CloseIncident.HandleFunc(m.closeIncident)
}

// now is the present instant as it is stored.
func (m *Monitor) now() time.Time { return m.Clock.Now().UTC().Truncate(time.Microsecond) }

// Work watches until ctx ends: it asks the services in rounds, and carries out the
// steps of incidents beside that.
func (m *Monitor) Work(ctx context.Context) error {
	var investigator sync.WaitGroup
	investigator.Go(func() {
		m.repeat(ctx, func(ctx context.Context) {
			if err := m.Investigate(ctx); err != nil && ctx.Err() == nil {
				m.Logger.ErrorContext(ctx, "the steps of incidents could not be carried out", "error", err)
			}
		})
	})
	m.repeat(ctx, func(ctx context.Context) { _ = m.Check(ctx) })
	investigator.Wait()
	return nil
}

// repeat calls do every interval until ctx ends, each time under a correlation id of
// its own.
func (m *Monitor) repeat(ctx context.Context, do func(context.Context)) {
	for {
		do(usecase.WithMeta(ctx, usecase.Meta{Correlation: m.IDs.New()}))
		if !clock.Wait(ctx, m.Clock, m.Interval) {
			return
		}
	}
}

// Gauge is a service as of the last round.
type Gauge struct {
	Service string
	Status  health.Status
	// Deviation is by how many deviations its last answer was slower than usual.
	Deviation float64
	// Expires is when its certificate ends; zero where it shows none.
	Expires time.Time
}

// Gauges returns the services as of the last round.
func (m *Monitor) Gauges() []Gauge {
	m.mu.Lock()
	defer m.mu.Unlock()
	gauges := make([]Gauge, len(m.order))
	for i, id := range m.order {
		w := m.watched[id]
		gauges[i] = Gauge{id, w.last.Status, w.deviation, w.last.Expires}
	}
	return gauges
}

// graph is who needs whom: what is known, and what services told of what they need.
func (m *Monitor) graph() health.Graph {
	g := make(health.Graph, len(m.watched))
	for id, w := range m.watched {
		needs := make(map[string]bool)
		for _, n := range slices.Concat(m.Needs[id], w.told) {
			if n != id && m.watched[n] != nil {
				needs[n] = true
			}
		}
		g[id] = slices.Sorted(maps.Keys(needs))
	}
	return g
}

// flight lets those who want the same at the same time share one call.
type flight struct {
	mu      sync.Mutex
	running chan struct{}
}

// do calls fn, or waits for the call that is under way. It fails when ctx ends first.
func (f *flight) do(ctx context.Context, fn func()) error {
	f.mu.Lock()
	if under := f.running; under != nil {
		f.mu.Unlock()
		select {
		case <-under:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	done := make(chan struct{})
	f.running = done
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.running = nil
		f.mu.Unlock()
		close(done)
	}()
	fn()
	return nil
}
