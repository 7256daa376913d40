package healthmonitoring_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	apphealth "github.com/docsteward/docsteward/application/healthmonitoring"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
)

func TestAStoreThatIsAwayLosesNoAlert(t *testing.T) {
	w := newWorld(t)
	w.rounds(5 * time.Second)
	w.events = nil
	w.away = true
	w.down("doc_store")
	w.rounds(time.Minute)
	w.up("doc_store")
	w.rounds(time.Minute)
	if len(w.events) != 0 {
		t.Fatalf("something was stored: %+v", w.events)
	}
	w.away = false
	w.rounds(5 * time.Second)
	got := w.happened("alert", "incident", "health")
	want := "health.status_changed doc_store, incident.opened doc_store, alert.firing doc_store, health.status_changed doc_store, incident.resolved doc_store, alert.resolved doc_store"
	if got != want {
		t.Errorf("told %s, want %s", got, want)
	}
}

func TestARestartTellsNothingTwice(t *testing.T) {
	w := newWorld(t)
	w.down("doc_store")
	w.rounds(time.Minute)
	if got := w.happened("alert"); got != "alert.firing doc_store" {
		t.Fatalf("told %s", got)
	}
	w.open()
	w.rounds(2 * time.Minute)
	w.up("doc_store")
	w.rounds(10 * time.Second)
	if got := w.happened("alert", "incident"); got != "incident.resolved doc_store, alert.resolved doc_store" {
		t.Errorf("told %s", got)
	}
}

// Two that watch the same over one store raise one alert between them.
func TestTwoMonitorsRaiseOneAlert(t *testing.T) {
	w := newWorld(t)
	first := w.monitor
	w.open()
	second := w.monitor
	w.down("doc_store")
	both := func(d time.Duration) {
		for ; d > 0; d -= 5 * time.Second {
			w.clock.Advance(5 * time.Second)
			for _, m := range []*apphealth.Monitor{first, second} {
				if err := m.Check(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	both(time.Minute)
	w.up("doc_store")
	both(time.Minute)
	if got := w.happened("alert", "incident"); got != "incident.opened doc_store, alert.firing doc_store, incident.resolved doc_store, alert.resolved doc_store" {
		t.Errorf("told %s", got)
	}
}

func TestMetricsBecomeAlerts(t *testing.T) {
	w := newWorld(t)
	reading := func(requests, failed float64) health.Metrics {
		return health.Metrics{
			Routes: map[string]health.Route{"GET /a": {Requests: requests, ServerErrors: failed, Times: health.Histogram{Bounds: []float64{1, math.Inf(1)}, Counts: []float64{requests, requests}}}},
			Queues: map[string]float64{"dlq": 1001}, DiskPercent: 95, MemoryPercent: math.NaN(), CPUPercent: math.NaN(), DatabaseConnections: math.NaN(),
		}
	}
	for i := range 16 { // four minutes
		w.metrics["http://doc_store/metrics"] = reading(float64(100*i), float64(10*i))
		w.rounds(15 * time.Second)
	}
	if got := w.happened("alert"); got != "alert.firing doc_store" {
		t.Errorf("told %s", got) // the queue alone
	}
	for i := range 8 {
		w.metrics["http://doc_store/metrics"] = reading(float64(2000+100*i), float64(200+10*i))
		w.rounds(15 * time.Second)
	}
	firing := must(t, w.menu.ListAlerts.Execute(t.Context(), healthmonitoring.ListAlerts{State: "firing", Service: "doc_store", Limit: 10}))
	var rules []string
	for _, a := range firing.Items {
		rules = append(rules, a.Rule)
	}
	for _, rule := range []string{"QueueDepth", "DiskUsage", "HighErrorRate", "HighServerErrorRate"} {
		if !strings.Contains(fmt.Sprint(rules), rule) {
			t.Errorf("%s does not fire: %v", rule, rules)
		}
	}
	metrics := must(t, w.menu.GetSystemMetrics.Execute(t.Context(), healthmonitoring.GetSystemMetrics{}))
	row := metrics.Services["doc_store"]
	if row.Queues["dlq"] != 1001 || math.Abs(row.ErrorRate-0.1) > 1e-9 || row.RequestsPerSecond < 6 || row.P95MS <= 0 || len(row.Routes) != 1 {
		t.Errorf("got %+v", row)
	}
	if other := metrics.Services["source-agent"]; other.Error == "" || other.RequestCount != 0 || metrics.CPUUsage != 3 || metrics.ActiveWorkflows != 2 {
		t.Errorf("got %+v of %+v", other, metrics)
	}
}

func TestServicesOfOneProcessShareItsAlerts(t *testing.T) {
	w := newWorld(t)
	for i := range w.deps.Services {
		w.deps.Services[i].Shared = true
	}
	w.deps.Services[0].Shared = false
	w.deps.OwnMetrics = func() (health.Metrics, error) { return health.Metrics{At: w.clock.Now(), DiskPercent: 95}, nil }
	w.open()
	for _, id := range []string{"doc_store", "source-agent", "analysis-service"} {
		w.metrics["http://"+id+"/metrics"] = health.Metrics{DiskPercent: 95}
	}
	w.rounds(6 * time.Minute)
	if got := w.happened("alert"); got != "alert.firing orchestrator" {
		t.Errorf("told %s", got)
	}
}

func TestTheRuleFileIsOneOfPrometheus(t *testing.T) {
	w := newWorld(t)
	list := must(t, w.menu.ListAlertRules.Execute(t.Context(), healthmonitoring.ListAlertRules{}))
	var file struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Expr, For string
				Labels           map[string]string
				Annotations      map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(list.Prometheus), &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Groups) != 1 || len(file.Groups[0].Rules) != len(health.DefaultRules()) || list.Total != len(health.DefaultRules()) {
		t.Fatalf("got %+v", file)
	}
	for i, r := range file.Groups[0].Rules {
		want := health.DefaultRules()[i]
		if r.Alert != want.Name || r.Expr == "" || r.Expr != list.Rules[i].Expression || r.Labels["severity"] != string(want.Severity) || r.Annotations["summary"] != want.Summary {
			t.Errorf("got %+v", r)
		}
	}
	if r := file.Groups[0].Rules[0]; r.Expr != "service_up == 0" || r.For != "30s" {
		t.Errorf("got %+v", r)
	}
}

func TestWorkflowHealthSaysWhatIsWrong(t *testing.T) {
	w := newWorld(t)
	h := must(t, w.menu.GetWorkflowHealth.Execute(t.Context(), healthmonitoring.GetWorkflowHealth{}))
	if h.Status != "healthy" || h.ActiveWorkflows != 2 || h.CompletedWorkflows != 3 || h.FailedWorkflows != 1 || h.Definitions != 2 {
		t.Errorf("got %+v", h)
	}
	w.runtime.Pending, w.runtime.Oldest = 1, w.clock.Now().Add(-2*time.Minute)
	if h = must(t, w.menu.GetWorkflowHealth.Execute(t.Context(), healthmonitoring.GetWorkflowHealth{})); h.Status != "degraded" || h.Runtime.OldestPendingSeconds != 120 {
		t.Errorf("got %+v", h)
	}
	w.runtime.Polling = false
	err := w.menu.GetWorkflowHealth.Execute(t.Context(), healthmonitoring.GetWorkflowHealth{}).Err()
	if !errors.Is(err, domain.Unavailable) || domain.FaultOf(err).Details["status"] != "unhealthy" {
		t.Errorf("got %v", err)
	}
}

func TestTheStepsOfAnIncidentRunThemselves(t *testing.T) {
	w := newWorld(t)
	w.own["database"] = domain.Storage.New("The disk is full.")
	w.down("doc_store")
	w.answers["http://doc_store/config/effective"] = health.Answer{Code: 200, Body: []byte(`{"values":[{"name":"A","value":"1","source":"env"},{"name":"B","value":"2","source":"default"}]}`)}
	w.rounds(time.Minute)
	if err := w.monitor.Investigate(t.Context()); err != nil {
		t.Fatal(err)
	}
	list := must(t, w.menu.ListIncidents.Execute(t.Context(), healthmonitoring.ListIncidents{Service: "doc_store", Limit: 10}))
	one := list.Items[0]
	if got := one.Steps[0].Result; !strings.HasPrefix(got, "unhealthy. The service does not work: connection refused") {
		t.Errorf("got %q", got)
	}
	if got := one.Steps[2].Result; got != "2 values are in effect; not the default are: A=1." {
		t.Errorf("got %q", got)
	}
	before := w.asked[address("doc_store")]
	if err := w.monitor.Investigate(t.Context()); err != nil || w.asked[address("doc_store")] != before {
		t.Errorf("the steps ran twice, %v", err)
	}
	for _, n := range []int{2, 5} {
		must(t, w.menu.RecordStep.Execute(t.Context(), healthmonitoring.RecordStep{ID: one.ID, Level: 1, Number: n, Result: "done"}))
	}
	must(t, w.menu.EscalateIncident.Execute(t.Context(), healthmonitoring.EscalateIncident{ID: one.ID, Reason: "still down"}))
	ran := must(t, w.menu.RunSteps.Execute(t.Context(), healthmonitoring.RunSteps{ID: one.ID}))
	if got := ran.Steps[5].Result; got != "Of the orchestrator: database fails: The disk is full., runtime answers." {
		t.Errorf("got %q", got)
	}
	if got := ran.Steps[6]; got.State != "done" || !strings.HasPrefix(got.Result, "doc_store:80 takes connections") {
		t.Errorf("got %+v", got)
	}
	must(t, w.menu.UpdateIncident.Execute(t.Context(), healthmonitoring.UpdateIncident{ID: one.ID, Text: "The disk is being cleaned."}))
	must(t, w.menu.ResolveIncident.Execute(t.Context(), healthmonitoring.ResolveIncident{ID: one.ID, Resolution: "Cleaned."}))
	over := must(t, w.menu.CloseIncident.Execute(t.Context(), healthmonitoring.CloseIncident{ID: one.ID, RootCause: "Logs.", Prevention: "Rotate them."}))
	if over.Status != "closed" || over.Review.Resolution != "Cleaned." || len(over.Timeline) < 10 {
		t.Errorf("got %+v", over)
	}
	if got := w.happened("incident.escalated", "incident.resolved", "incident.closed"); got != "incident.escalated doc_store, incident.resolved doc_store, incident.closed doc_store" {
		t.Errorf("told %s", got)
	}
}
