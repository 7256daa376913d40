package healthmonitoring_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/healthmem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	apphealth "github.com/docsteward/docsteward/application/healthmonitoring"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// world is the services as they answer, and the monitor that asks them.
type world struct {
	t       testing.TB
	clock   *clocktest.Manual
	deps    apphealth.Deps
	monitor *apphealth.Monitor
	menu    *healthmonitoring.UseCases
	events  []domain.Event

	mu      sync.Mutex
	answers map[string]health.Answer
	asked   map[string]int
	// metrics are by address; own are the faults of what the orchestrator stands on.
	metrics map[string]health.Metrics
	own     map[string]error
	// away makes every store fail.
	away    bool
	runtime apphealth.Runtime
}

// Probe implements healthmonitoring.Prober.
func (w *world) Probe(_ context.Context, address string) health.Answer {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked[address]++
	if a, ok := w.answers[address]; ok {
		return a
	}
	return health.Answer{Code: 200, Body: []byte(`{"status":"healthy","version":"1"}`)}
}

// Scrape implements healthmonitoring.Scraper.
func (w *world) Scrape(_ context.Context, address string) (health.Metrics, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if m, ok := w.metrics[address]; ok {
		m.At = w.clock.Now()
		return m, nil
	}
	return health.Metrics{}, domain.Unavailable.New("Nobody answers at " + address + ".")
}

// Append implements outbox.Outbox.
func (w *world) Append(_ context.Context, events ...domain.Event) error {
	w.events = append(w.events, events...)
	return nil
}

// unit fails while the stores are away.
type unit struct {
	*memkit.DB
	w *world
}

func (u unit) Within(ctx context.Context, fn func(context.Context) error) error {
	if u.w.away {
		return domain.Storage.New("The store is away.").WithRetryAfter(time.Second)
	}
	return u.DB.Within(ctx, fn)
}

func address(id string) string { return "http://" + id + "/health" }

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{
		t: t, clock: clocktest.New(), answers: map[string]health.Answer{}, asked: map[string]int{}, metrics: map[string]health.Metrics{},
		own: map[string]error{"database": nil, "runtime": nil}, runtime: apphealth.Runtime{Name: "test", Polling: true},
	}
	db := memkit.New()
	w.deps = apphealth.Deps{
		Catalogue: []string{"orchestrator", "doc_store", "source-agent", "analysis-service", "frontend"}, Needs: apphealth.Needs(), Rules: health.DefaultRules(),
		Prober: w, Scraper: w, Alerts: healthmem.NewAlerts(db), Incidents: healthmem.NewIncidents(db), Outbox: w, Unit: unit{db, w},
		Clock: w.clock, IDs: idstest.New("id"), Logger: slog.New(slog.DiscardHandler), Interval: 5 * time.Second, Timeout: time.Minute,
		Own:        func(context.Context) map[string]error { return maps.Clone(w.own) },
		OwnMetrics: func() (health.Metrics, error) { return health.Metrics{At: w.clock.Now(), CPUPercent: 3}, nil },
		Runtime:    func(context.Context) (apphealth.Runtime, error) { return w.runtime, nil },
		Statistics: usecase.Func[workflows.GetStatistics, workflows.Statistics](func(context.Context, workflows.GetStatistics) domain.DomainResult[workflows.Statistics] {
			return domain.Ok(workflows.Statistics{Summary: workflows.StatisticsSummary{
				Workflows: map[string]int{"total": 2}, Executions: map[string]int{"total": 6, "running": 1, "pending": 1, "completed": 3, "failed": 1},
			}})
		}),
		Info: func() apphealth.Info {
			return apphealth.Info{ID: "orchestrator", Version: "1", Started: clocktest.Start, Routes: 7}
		},
		Settings: func() []healthmonitoring.Setting {
			return []healthmonitoring.Setting{{Name: "A", Value: "1", Source: "env"}}
		},
	}
	w.deps.Services = []apphealth.Service{{ID: "orchestrator", Critical: true}}
	for _, id := range []string{"doc_store", "source-agent", "analysis-service"} {
		w.deps.Services = append(w.deps.Services, apphealth.Service{
			ID: id, Health: address(id), Metrics: "http://" + id + "/metrics", Configuration: "http://" + id + "/config/effective", Critical: true,
		})
	}
	w.open()
	return w
}

// open makes a monitor that remembers nothing, over the same stores.
func (w *world) open() {
	w.monitor, w.menu = apphealth.NewMonitor(w.deps), new(healthmonitoring.UseCases)
	apphealth.Fill(w.menu, w.monitor)
}

func (w *world) down(ids ...string) {
	for _, id := range ids {
		w.answers[address(id)] = health.Answer{Error: "connection refused"}
	}
}

func (w *world) up(ids ...string) {
	for _, id := range ids {
		delete(w.answers, address(id))
	}
}

// rounds lets the services be asked every 5 s for as long.
func (w *world) rounds(d time.Duration) {
	w.t.Helper()
	for ; d > 0; d -= 5 * time.Second {
		w.clock.Advance(5 * time.Second)
		if err := w.monitor.Check(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
	}
}

// happened returns the names of the events with their services, and forgets them.
func (w *world) happened(names ...string) string {
	var all []string
	for _, e := range w.events {
		if slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(e.Name, n) }) {
			payload := string(e.Payload)
			_, service, _ := strings.Cut(payload, `"service":"`)
			service, _, _ = strings.Cut(service, `"`)
			all = append(all, e.Name+" "+service)
		}
	}
	w.events = nil
	return strings.Join(all, ", ")
}

func TestARootCauseIsToldOnceAndItsDependantsAreNot(t *testing.T) {
	w := newWorld(t)
	w.rounds(10 * time.Second)
	w.down("doc_store", "source-agent", "analysis-service")
	w.rounds(30 * time.Second) // asked for the first time after 5 s
	if got := w.happened("alert", "incident"); got != "" {
		t.Errorf("told before 30 s: %s", got)
	}
	pending := must(t, w.menu.ListAlerts.Execute(t.Context(), healthmonitoring.ListAlerts{State: "pending", Limit: 10}))
	if pending.Total != 3 || pending.Items[1].Service != "doc_store" || fmt.Sprint(pending.Items[1].Explains) != "[analysis-service source-agent]" || fmt.Sprint(pending.Items[0].Because) != "[doc_store]" {
		t.Errorf("got %+v", pending)
	}
	w.rounds(10 * time.Second)
	if got := w.happened("alert", "incident"); got != "incident.opened doc_store, alert.firing doc_store" {
		t.Errorf("told: %s", got)
	}
	w.rounds(5 * time.Minute)
	if got := w.happened("alert", "incident"); got != "" {
		t.Errorf("told again: %s", got)
	}
	w.up("doc_store")
	w.rounds(5 * time.Second)
	w.up("source-agent", "analysis-service")
	w.rounds(10 * time.Minute)
	if got := w.happened("alert", "incident"); got != "incident.resolved doc_store, alert.resolved doc_store" {
		t.Errorf("told: %s", got)
	}
	kept := must(t, w.menu.ListAlerts.Execute(t.Context(), healthmonitoring.ListAlerts{Limit: 10}))
	if kept.Total != 3 || kept.Items[0].State != "resolved" {
		t.Errorf("got %+v", kept)
	}
}

func TestAFlapIsSilent(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.down("doc_store")
		w.rounds(25 * time.Second)
		w.up("doc_store")
		w.rounds(5 * time.Second)
	}
	if got := w.happened("alert"); got != "" {
		t.Errorf("told: %s", got)
	}
	one := must(t, w.menu.GetServiceHealth.Execute(t.Context(), healthmonitoring.GetServiceHealth{ID: "doc-store"}))
	if !one.Flapping || len(one.History) != 30 || one.Status != "healthy" {
		t.Errorf("got %+v", one)
	}
}

func TestSystemHealthNamesWhatFailsAndWhy(t *testing.T) {
	w := newWorld(t)
	w.rounds(5 * time.Second)
	well := w.clock.Now().UTC()
	system := must(t, w.menu.GetSystemHealth.Execute(t.Context(), healthmonitoring.GetSystemHealth{}))
	if !system.OverallHealthy || len(system.Services) != 4 || system.Services["orchestrator"].Name != "orchestrator" || system.Summary.TotalServices != 4 {
		t.Errorf("got %+v", system)
	}
	w.answers[address("doc_store")] = health.Answer{Code: 503, Body: []byte(`{"error":"The disk is full."}`)}
	w.down("analysis-service")
	w.answers[address("source-agent")] = health.Answer{Code: 404}
	w.rounds(5 * time.Second)
	ctx := usecase.WithMeta(t.Context(), usecase.Meta{Correlation: "c-1"})
	err := w.menu.GetSystemHealth.Execute(ctx, healthmonitoring.GetSystemHealth{}).Err()
	fault := domain.FaultOf(err)
	if !errors.Is(err, domain.Unavailable) || fault.Details["correlation_id"] != "c-1" || fault.Details["overall_status"] != "unhealthy" {
		t.Fatalf("got %+v", fault)
	}
	failing := fault.Details["failing"].([]healthmonitoring.Failing)
	var said []string
	for _, f := range failing {
		if f.LastSuccess == nil || !f.LastSuccess.Equal(well) {
			t.Errorf("%s was last well at %v", f.Service, f.LastSuccess)
		}
		said = append(said, fmt.Sprint(f.Service, " ", f.Status, " ", f.Error, " ", f.Because))
	}
	if got := strings.Join(said, "; "); got != "doc_store unhealthy HTTP 503: The disk is full. []; source-agent degraded HTTP 404 []; analysis-service unhealthy connection refused [doc_store]" {
		t.Errorf("got %s", got)
	}
	if got := fmt.Sprint(fault.Details["root_causes"]); got != "[{[doc_store] [analysis-service]}]" {
		t.Errorf("root causes are %s", got)
	}
}

func TestWhatAServiceTellsOfItsNeedsCounts(t *testing.T) {
	w := newWorld(t)
	w.answers[address("doc_store")] = health.Answer{Code: 200, Body: []byte(`{"dependencies":{"analysis-service":"healthy","database":"healthy"}}`)}
	w.rounds(5 * time.Second)
	one := must(t, w.menu.GetServiceHealth.Execute(t.Context(), healthmonitoring.GetServiceHealth{ID: "doc_store"}))
	if fmt.Sprint(one.DependsOn) != "[analysis-service]" || one.LastResult.Details["database"] != "healthy" {
		t.Errorf("got %+v", one)
	}
}

func TestServicesThatAreNotWatched(t *testing.T) {
	w := newWorld(t)
	if err := w.menu.GetServiceHealth.Execute(t.Context(), healthmonitoring.GetServiceHealth{ID: "nonexistent-service"}).Err(); !errors.Is(err, domain.NotFound) {
		t.Errorf("got %v", err)
	}
	if one := must(t, w.menu.GetServiceHealth.Execute(t.Context(), healthmonitoring.GetServiceHealth{ID: "frontend"})); one.Status != "unknown" {
		t.Errorf("got %+v", one)
	}
}

func TestManyWhoAskAtOnceShareARound(t *testing.T) {
	w := newWorld(t)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if err := w.menu.GetSystemHealth.Execute(t.Context(), healthmonitoring.GetSystemHealth{}).Err(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := w.asked[address("doc_store")]; n > 5 {
		t.Errorf("50 questions at once asked %d times", n)
	}
}

func TestTheWorkerAsksAgainAndAgain(t *testing.T) {
	w := newWorld(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.monitor.Work(ctx) }()
	w.clock.AwaitTimers(2)
	w.clock.Advance(5 * time.Second)
	w.clock.AwaitTimers(2)
	stop()
	if err := <-ended; err != nil || w.asked[address("doc_store")] != 2 {
		t.Errorf("asked %d times, ended with %v", w.asked[address("doc_store")], err)
	}
}

func must[R any](t *testing.T, r domain.DomainResult[R]) R {
	t.Helper()
	v, err := r.Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return v
}
