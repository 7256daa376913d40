package embedded_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/docsteward/docsteward/bootstrap/app"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/orchestrator"
)

// plant is an orchestrator that watches services which a test takes down.
type plant struct {
	t     *testing.T
	clock *clocktest.Manual
	app   *app.App
	http  http.Handler
	down  map[string]*atomic.Bool
}

func newPlant(t *testing.T, environment ...string) *plant {
	t.Helper()
	p := &plant{t: t, clock: clocktest.New(), down: map[string]*atomic.Bool{}}
	for _, id := range []string{"DOC_STORE", "SOURCE_AGENT", "ANALYSIS_SERVICE"} {
		down := new(atomic.Bool)
		service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case down.Load():
				w.WriteHeader(http.StatusServiceUnavailable)
				fmt.Fprint(w, `{"status":"unhealthy","error":"The store is away."}`)
			case r.URL.Path == "/metrics":
				fmt.Fprint(w, "# TYPE queue_length gauge\nqueue_length{queue_name=\"outbox\"} 3\n")
			default:
				fmt.Fprint(w, `{"status":"healthy","version":"1"}`)
			}
		}))
		t.Cleanup(service.Close)
		p.down[id] = down
		environment = append(environment, id+"_URL="+service.URL)
	}
	cfg, err := config.Load(append(environment, "DOCSTEWARD_DATA="+t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output(), Clock: p.clock})
	if err != nil {
		t.Fatal(err)
	}
	if p.app, err = embedded.Open(t.Context(), k, orchestrator.ID); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.app.Close)
	p.http = p.app.Services[0].Server.Handler()
	return p
}

// rounds has the services asked every 5 s, and the automatic steps done.
func (p *plant) rounds(d time.Duration) {
	p.t.Helper()
	for ; d > 0; d -= 5 * time.Second {
		p.clock.Advance(5 * time.Second)
		data[healthmonitoring.HealthChecked](p.t, p.http, http.MethodPost, "/api/v1/health/check", `{"include_details":false}`)
	}
}

// alerts counts those in a state.
func (p *plant) alerts(state string) int {
	p.t.Helper()
	return data[healthmonitoring.AlertList](p.t, p.http, http.MethodGet, "/api/v1/health/alerts?rule=ServiceDown&state="+state, "").Total
}

// failed is the answer of a whole that does not work.
type failed struct {
	ErrorCode string `json:"error_code"`
	RequestID string `json:"request_id"`
	Details   healthmonitoring.SystemHealth
}

func TestAServiceThatIsDownIsNamedAsTheCause(t *testing.T) {
	p := newPlant(t)
	p.rounds(5 * time.Second)
	well := p.clock.Now()
	for _, path := range []string{"/api/v1/health/system", "/health/system"} {
		if system := data[healthmonitoring.SystemHealth](t, p.http, http.MethodGet, path, ""); !system.OverallHealthy || !system.Services["orchestrator"].IsHealthy || len(system.Services) != 4 {
			t.Fatalf("got %+v", system)
		}
	}
	p.down["DOC_STORE"].Store(true)
	p.down["ANALYSIS_SERVICE"].Store(true)
	p.rounds(30 * time.Second)
	if pending, firing := p.alerts("pending"), p.alerts("firing"); pending != 2 || firing != 0 {
		t.Errorf("%d pending and %d firing before 30 s", pending, firing)
	}
	p.rounds(15 * time.Second)
	if pending, firing := p.alerts("pending"), p.alerts("firing"); pending != 0 || firing != 2 {
		t.Errorf("%d pending and %d firing after 45 s", pending, firing)
	}
	answer := send(p.http, http.MethodGet, "/api/v1/health/system", "")
	var broken failed
	if err := json.Unmarshal(answer.Body.Bytes(), &broken); err != nil || answer.Code != http.StatusServiceUnavailable {
		t.Fatalf("got %d %s", answer.Code, answer.Body)
	}
	system := broken.Details
	if len(system.Failing) != 2 || system.CorrelationID == "" || system.CorrelationID != answer.Header().Get("X-Correlation-Id") {
		t.Fatalf("got %+v", system)
	}
	for _, f := range system.Failing {
		if f.Error != "HTTP 503: The store is away." || f.LastSuccess == nil || !f.LastSuccess.Equal(well) {
			t.Errorf("got %+v", f)
		}
	}
	if fmt.Sprint(system.RootCauses) != "[{[doc_store] [analysis-service]}]" {
		t.Errorf("root causes are %+v", system.RootCauses)
	}
	incidents := data[healthmonitoring.IncidentList](t, p.http, http.MethodGet, "/api/v1/health/incidents", "")
	if incidents.Total != 1 || incidents.Items[0].Service != "doc_store" || fmt.Sprint(incidents.Items[0].Affected) != "[analysis-service]" {
		t.Fatalf("got %+v", incidents)
	}
	p.down["DOC_STORE"].Store(false)
	p.down["ANALYSIS_SERVICE"].Store(false)
	p.rounds(10 * time.Second)
	if firing, resolved := p.alerts("firing"), p.alerts("resolved"); firing != 0 || resolved != 2 {
		t.Errorf("%d firing and %d resolved afterwards", firing, resolved)
	}
	over := data[healthmonitoring.Incident](t, p.http, http.MethodGet, "/api/v1/health/incidents/"+incidents.Items[0].ID, "")
	if over.Status != "resolved" || over.Review == nil || !strings.HasPrefix(over.Review.Impact, "doc_store failed for 45s.") {
		t.Errorf("got %+v", over)
	}
}

func TestAnIncidentClimbsOnceItsStepsAreDone(t *testing.T) {
	p := newPlant(t)
	p.down["SOURCE_AGENT"].Store(true)
	p.rounds(40 * time.Second)
	incidents := data[healthmonitoring.IncidentList](t, p.http, http.MethodGet, "/api/v1/health/incidents?status=investigating", "")
	if incidents.Total != 1 {
		t.Fatalf("got %+v", incidents)
	}
	one := "/api/v1/health/incidents/" + incidents.Items[0].ID
	if answer := send(p.http, http.MethodPost, one+"/escalate", `{}`); answer.Code != http.StatusBadRequest || !strings.Contains(answer.Body.String(), "Restart service if needed") {
		t.Errorf("got %d %s", answer.Code, answer.Body)
	}
	ran := data[healthmonitoring.Incident](t, p.http, http.MethodPost, one+"/steps/run", `{}`)
	if s := ran.Steps[0]; s.State != "done" || !strings.Contains(s.Result, "HTTP 503: The store is away.") || s.Author != "docsteward" {
		t.Errorf("got %+v", ran.Steps)
	}
	if s := ran.Steps[2]; s.State != "open" || s.Result == "" { // its configuration cannot be read
		t.Errorf("got %+v", s)
	}
	if s := ran.Steps[3]; s.State != "done" || s.Result != "doc_store is healthy." {
		t.Errorf("got %+v", s)
	}
	for _, n := range []string{"2", "3", "5"} {
		data[healthmonitoring.Incident](t, p.http, http.MethodPost, one+"/steps/1/"+n, `{"skip":true,"reason":"not reachable"}`)
	}
	up := data[healthmonitoring.Incident](t, p.http, http.MethodPost, one+"/escalate", `{"reason":"still down"}`)
	if up.Level != 2 || up.Team != "Platform Team" || len(up.Steps) != 10 {
		t.Errorf("got %+v", up)
	}
	for _, c := range []struct {
		path, body string
		status     int
	}{
		{one + "/steps/1/9", `{}`, 422}, {one + "/steps/3/1", `{}`, 404}, {one + "/steps/2/1", `{"skip":true}`, 422}, {one + "/close", `{}`, 409},
		{one + "/updates", `{"text":""}`, 422}, {"/api/v1/health/incidents/none/escalate", `{}`, 404},
	} {
		if answer := send(p.http, http.MethodPost, c.path, c.body); answer.Code != c.status {
			t.Errorf("%s %s: %d %s", c.path, c.body, answer.Code, answer.Body)
		}
	}
}

func TestReadinessWaitsForTheStore(t *testing.T) {
	p := newPlant(t)
	const path = "/api/v1/health/system/readiness"
	ready := data[healthmonitoring.Readiness](t, p.http, http.MethodGet, path, "")
	if !ready.Ready || ready.Checks["database"].Status != "healthy" || ready.Checks["workflows"].Status != "healthy" {
		t.Fatalf("got %+v", ready)
	}
	p.down["DOC_STORE"].Store(true)
	p.rounds(5 * time.Second)
	if answer := send(p.http, http.MethodGet, path, ""); answer.Code != 503 || !strings.Contains(answer.Body.String(), `"doc_store":"HTTP 503`) {
		t.Errorf("got %d %s", answer.Code, answer.Body)
	}
	p.down["DOC_STORE"].Store(false)
	p.rounds(5 * time.Second)
	p.app.Close() // the store is away
	answer := send(p.http, http.MethodGet, path, "")
	var body struct{ Details healthmonitoring.Readiness }
	if err := json.Unmarshal(answer.Body.Bytes(), &body); err != nil || answer.Code != 503 {
		t.Fatalf("got %d %s", answer.Code, answer.Body)
	}
	if c := body.Details.Checks["database"]; body.Details.Ready || c.Status != "unhealthy" || c.Message == "" {
		t.Errorf("got %+v", body.Details)
	}
	if answer := send(p.http, http.MethodGet, "/api/v1/health/system", ""); answer.Code != 200 && answer.Code != 503 {
		t.Errorf("got %d %s", answer.Code, answer.Body)
	}
}

func TestTheRunbookFindsItsAnswers(t *testing.T) {
	p := newPlant(t)
	p.rounds(20 * time.Second)
	for path, says := range map[string]string{
		"/api/v1/health/services/doc_store":                    `"status":"healthy"`,
		"/api/v1/health/services":                              `"source-agent":{`,
		"/api/v1/health/system/metrics":                        `"queues":{"outbox":3}`,
		"/api/v1/health/metrics":                               `"p95_ms":`,
		"/api/v1/health/system/info":                           `"known_services":["doc_store","orchestrator"`,
		"/api/v1/health/info":                                  `"runtime_version":"go`,
		"/api/v1/health/system/config":                         `"health_check_timeout":5`,
		"/health/config/effective":                             `"HEALTH_CHECK_INTERVAL"`,
		"/api/v1/health/ready":                                 `"ready":true`,
		"/api/v1/health/alerts/rules":                          `alert: ServiceDown`,
		"/api/v1/health/alerts?state=firing&service=doc_store": `"total":0`,
		"/api/v1/service-registry/services":                    `"success":true`,
		"/api/v1/workflows":                                    `"success":true`,
	} {
		if answer := send(p.http, http.MethodGet, path, ""); answer.Code != 200 || !strings.Contains(answer.Body.String(), says) {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
		}
	}
	if answer := send(p.http, http.MethodGet, "/api/v1/health/system/workflows", ""); answer.Code != 503 || !strings.Contains(answer.Body.String(), "No worker runs what is recorded.") {
		t.Errorf("without a worker: %d %s", answer.Code, answer.Body)
	}
	if answer := send(p.http, http.MethodGet, "/api/v1/health/services/nonexistent-service", ""); answer.Code != 404 {
		t.Errorf("got %d %s", answer.Code, answer.Body)
	}
	if answer := send(p.http, http.MethodGet, "/metrics", ""); !strings.Contains(answer.Body.String(), `service_up{service="orchestrator",target="doc_store"} 1`) {
		t.Errorf("got %s", answer.Body)
	}
}

func TestWhoMayWorkOnIncidents(t *testing.T) {
	p := newPlant(t, "AUTH_API_KEYS=v:viewer:look,o:operator:work", "AUTH_ANONYMOUS=health")
	for _, c := range []struct {
		key, method, path, body string
		status                  int
	}{
		{"", "GET", "/health/system", "", 200},
		{"", "GET", "/api/v1/health/system/workflows", "", 503},
		{"", "POST", "/api/v1/health/incidents", `{"service":"doc_store","title":"slow"}`, 401},
		{"look", "POST", "/api/v1/health/incidents", `{"service":"doc_store","title":"slow"}`, 403},
		{"work", "POST", "/api/v1/health/incidents", `{"service":"doc_store","title":"slow"}`, 201},
		{"work", "POST", "/api/v1/health/incidents", `{"service":"none","title":"slow"}`, 404},
		{"look", "GET", "/api/v1/health/incidents", "", 200},
	} {
		request := httptest.NewRequest(c.method, c.path, strings.NewReader(c.body))
		request.Header.Set("Content-Type", "application/json")
		if c.key != "" {
			request.Header.Set("X-API-Key", c.key)
		}
		answer := httptest.NewRecorder()
		if p.http.ServeHTTP(answer, request); answer.Code != c.status {
			t.Errorf("%s %s as %q: %d %s", c.method, c.path, c.key, answer.Code, answer.Body)
		}
	}
}
