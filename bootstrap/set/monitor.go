package set

import (
	"context"
	"sync"
	"time"

	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/adapters/telemetry/prom"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
)

// How often dependencies are asked, and how long one may take to answer.
const (
	probeInterval = 5 * time.Second
	probeTimeout  = 5 * time.Second
)

// Monitor asks the dependencies of a service in the background and answers
// health and readiness from what it heard last.
type Monitor struct {
	service *kit.Service
	probes  map[string]func(context.Context) error
	details func() map[string]any
	store   string
	warn    func() string
	// optional are the dependencies without which the service works on, slower.
	optional map[string]bool

	mu      sync.Mutex
	results map[string]error
	asked   bool
}

// NewMonitor returns a monitor of the dependencies. store names where the
// service keeps its data, and details adds to its health; both may be empty.
func NewMonitor(s *kit.Service, store string, probes map[string]func(context.Context) error, details func() map[string]any) *Monitor {
	return &Monitor{service: s, store: store, probes: probes, details: details, results: make(map[string]error), optional: make(map[string]bool)}
}

// Warn has health show degraded while warn returns a text, unless something is
// worse.
func (m *Monitor) Warn(warn func() string) { m.warn = warn }

// Optional adds a dependency without which the service works on: its failure
// makes health degraded and leaves the service ready. It is called before Run.
func (m *Monitor) Optional(name string, probe func(context.Context) error) {
	m.probes[name], m.optional[name] = probe, true
}

// Run asks again and again until ctx ends.
func (m *Monitor) Run(ctx context.Context) error {
	for {
		m.Ask(ctx)
		if !clock.Wait(ctx, m.service.Clock, probeInterval) {
			return nil
		}
	}
}

// Ask asks every dependency once.
func (m *Monitor) Ask(ctx context.Context) {
	for name, probe := range m.probes {
		bounded, cancel := context.WithTimeout(ctx, probeTimeout)
		err := probe(bounded)
		cancel()
		if ctx.Err() != nil {
			return
		}
		m.note(ctx, name, err)
	}
	m.mu.Lock()
	m.asked = true
	m.mu.Unlock()
}

// AskNow asks every dependency and returns the fault of each, nil where it answered
// well.
func (m *Monitor) AskNow(ctx context.Context) map[string]error {
	m.Ask(ctx)
	m.mu.Lock()
	defer m.mu.Unlock()
	heard := make(map[string]error, len(m.probes))
	for name := range m.probes {
		err, known := m.results[name]
		if !known {
			err = domain.Timeout.New("It did not answer in time.")
		}
		heard[name] = err
	}
	return heard
}

// export shows whether the database server and Redis answered, where there are such
// servers, as pg_up and redis_up.
func (m *Monitor) export() {
	for name, metric := range map[string]string{"database": "pg_up", "redis": "redis_up"} {
		if _, asked := m.probes[name]; !asked || name == "database" && m.service.Config.Postgres.Host == "" {
			continue
		}
		prom.RegisterUp(m.service.Registry, m.service.ID, metric, func() bool {
			m.mu.Lock()
			defer m.mu.Unlock()
			err, known := m.results[name]
			return known && err == nil
		})
	}
}

// note keeps an answer and logs when it changed.
func (m *Monitor) note(ctx context.Context, name string, err error) {
	m.mu.Lock()
	before, known := m.results[name]
	m.results[name] = err
	m.mu.Unlock()
	switch {
	case err != nil && (!known || before == nil):
		m.service.Logger.ErrorContext(ctx, "dependency failed", "dependency", name, "error", err.Error())
	case err == nil && known && before != nil:
		m.service.Logger.InfoContext(ctx, "dependency recovered", "dependency", name)
	}
}

// Health returns what was heard last.
func (m *Monitor) Health(context.Context) httpkit.Health {
	now := m.service.Clock.Now()
	h := httpkit.Health{
		Status: "healthy", Service: m.service.ID, Version: m.service.Version, Timestamp: now.UTC().Format(time.RFC3339Nano),
		UptimeSeconds: now.Sub(m.service.Started).Seconds(), Environment: m.service.Config.Environment,
		Dependencies: make(map[string]string),
	}
	if m.details != nil {
		h.Details = m.details()
	}
	if m.warn != nil {
		if problem := m.warn(); problem != "" {
			h.Status, h.Error = "degraded", problem
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for name := range m.probes {
		err, known := m.results[name]
		switch {
		case !known:
			h.Dependencies[name] = "unknown"
		case err == nil:
			h.Dependencies[name] = "healthy"
		case m.optional[name]:
			h.Dependencies[name] = "unhealthy"
			if h.Status == "healthy" {
				h.Status, h.Error = "degraded", domain.FaultOf(err).Message
			}
		default:
			fault := domain.FaultOf(err)
			h.Dependencies[name] = stateOf(fault)
			h.Status, h.Error = "unhealthy", fault.Message
		}
	}
	return h
}

// stateOf tells damage, which only a person can mend, from what may pass.
func stateOf(fault *domain.Fault) string {
	if fault.Code == "corrupt" {
		return fault.Code
	}
	return "unhealthy"
}

// Ready fails with Unavailable until every dependency has answered well.
func (m *Monitor) Ready(context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.asked {
		return domain.Unavailable.New("The service is starting; try again in a moment.").WithRetryAfter(time.Second)
	}
	for name, err := range m.results {
		if err != nil && !m.optional[name] {
			return domain.Unavailable.New("The dependency " + name + " does not answer: " + domain.FaultOf(err).Message).WithRetryAfter(probeInterval)
		}
	}
	return nil
}
