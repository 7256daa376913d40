package health_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain/health"
)

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		answer health.Answer
		status health.Status
		error  string
	}{
		{health.Answer{Code: 200, Body: []byte(`{"status":"healthy"}`)}, health.Healthy, ""},
		{health.Answer{Code: 200, Body: []byte(`{"status":"ok"}`)}, health.Healthy, ""},
		{health.Answer{Code: 204}, health.Healthy, ""},
		{health.Answer{Code: 200, Body: []byte(`not JSON`)}, health.Healthy, ""},
		{health.Answer{Code: 200, Body: []byte(`{"status":7,"dependencies":[1]}`)}, health.Healthy, ""},
		{health.Answer{Code: 200, Body: []byte(`{"status":"degraded","error":"no cache"}`)}, health.Degraded, "no cache"},
		{health.Answer{Code: 200, Body: []byte(`{"status":"warning"}`)}, health.Degraded, "The service says that it is degraded."},
		{health.Answer{Code: 200, Body: []byte(`{"status":"unhealthy"}`)}, health.Unhealthy, "The service says that it is unhealthy."},
		{health.Answer{Code: 200, Body: []byte(`{"status":"error","error":"disk"}`)}, health.Unhealthy, "disk"},
		{health.Answer{Code: 301}, health.Degraded, "HTTP 301"},
		{health.Answer{Code: 404, Body: []byte(`{"error":"x"}`)}, health.Degraded, "HTTP 404"},
		{health.Answer{Code: 500}, health.Unhealthy, "HTTP 500"},
		{health.Answer{Code: 503, Body: []byte(`{"status":"unhealthy","error":"The store is away."}`)}, health.Unhealthy, "HTTP 503: The store is away."},
		{health.Answer{Error: health.Timeout}, health.Unhealthy, "Timeout"},
		{health.Answer{Error: "connection refused"}, health.Unhealthy, "connection refused"},
	} {
		got := health.Judge(c.answer, noon)
		if got.Status != c.status || got.Error != c.error || got.Message == "" || !got.At.Equal(noon) {
			t.Errorf("%d %s %s: got %+v", c.answer.Code, c.answer.Body, c.answer.Error, got)
		}
	}
	got := health.Judge(health.Answer{Code: 200, Body: []byte(`{"version":"1","dependencies":{"database":"healthy","redis":"unhealthy","odd":3}}`)}, noon)
	if got.Version != "1" || len(got.Dependencies) != 2 || got.Dependencies["redis"] != health.Unhealthy {
		t.Errorf("got %+v", got)
	}
}

func FuzzJudge(f *testing.F) {
	f.Add(200, `{"status":"healthy","dependencies":{"a":"healthy"}}`)
	f.Add(503, `{"error":null}`)
	f.Fuzz(func(t *testing.T, code int, body string) {
		r := health.Judge(health.Answer{Code: code, Body: []byte(body)}, noon)
		if r.Message == "" || r.Status == "" || r.Status == health.Healthy && (code < 200 || code > 299) {
			t.Errorf("%d %q is %+v", code, body, r)
		}
	})
}

func TestStatuses(t *testing.T) {
	for text, want := range map[string]health.Status{"Healthy": health.Healthy, " degraded ": health.Degraded, "invalid": health.Unknown, "": health.Unknown, "MAINTENANCE": health.Maintenance} {
		if got := health.ParseStatus(text); got != want {
			t.Errorf("%q is %s", text, got)
		}
	}
	for _, c := range []struct{ all, want string }{
		{"", "healthy"}, {"healthy healthy", "healthy"}, {"healthy unhealthy degraded", "unhealthy"}, {"healthy degraded", "degraded"},
		{"healthy unknown", "unknown"}, {"healthy maintenance", "healthy"}, {"unknown degraded", "degraded"},
	} {
		var all []health.Status
		for _, s := range strings.Fields(c.all) {
			all = append(all, health.Status(s))
		}
		if got := health.Overall(all...); string(got) != c.want {
			t.Errorf("%s is %s, want %s", c.all, got, c.want)
		}
	}
	if !health.Degraded.Operational() || health.Unhealthy.Operational() || health.Unknown.Operational() {
		t.Error("what is operational is wrong")
	}
}

func TestABaselineKnowsWhatIsUsual(t *testing.T) {
	var b health.Baseline
	usual := func(i int) time.Duration { return time.Duration(18+i*7%5) * time.Millisecond }
	for i := range 20 {
		b = b.With(usual(i))
	}
	if b.Deviation(time.Hour) != 0 {
		t.Error("it judges before it knows")
	}
	for i := range 200 {
		b = b.With(usual(i))
	}
	for i := range 20 {
		if d := b.Deviation(usual(i)); d > 3 {
			t.Errorf("%v deviates by %f", usual(i), d)
		}
	}
	if math.Abs(b.Mean-0.020) > 0.001 || b.Deviation(200*time.Millisecond) < 6 {
		t.Errorf("got %+v, deviation %f", b, b.Deviation(200*time.Millisecond))
	}
	slow := b
	for range 24 { // two minutes of checks
		slow = slow.With(2 * time.Second)
	}
	if slow.Deviation(2*time.Second) < 6 {
		t.Errorf("slowness became usual within two minutes: %+v", slow)
	}
	for range 2000 {
		slow = slow.With(2 * time.Second)
	}
	if slow.Deviation(2*time.Second) > 6 {
		t.Errorf("what lasts for hours never becomes usual: %+v", slow)
	}
}

func TestQuantilesAndRates(t *testing.T) {
	bounds := []float64{.1, .5, 1, 2, math.Inf(1)}
	h := health.Histogram{Bounds: bounds, Counts: []float64{50, 90, 95, 100, 100}}
	for q, want := range map[float64]float64{0.5: 0.1, 0.25: 0.05, 0.9: 0.5, 0.95: 1, 0.99: 1.8, 1: 2} {
		if got := h.Quantile(q); math.Abs(got-want) > 1e-9 {
			t.Errorf("quantile %g is %g, want %g", q, got, want)
		}
	}
	if got := (health.Histogram{Bounds: bounds, Counts: []float64{0, 0, 0, 0, 9}}).Quantile(0.5); got != 2 {
		t.Errorf("beyond the bounds: %g", got)
	}
	if !math.IsNaN((health.Histogram{}).Quantile(0.5)) {
		t.Error("nothing has a quantile")
	}
	then := health.Metrics{Routes: map[string]health.Route{"a": {Requests: 100, ClientErrors: 3, Times: h}}, MemoryPercent: math.NaN(), DiskPercent: 91}
	now := then
	now.Routes = map[string]health.Route{
		"a": {Requests: 180, ClientErrors: 5, ServerErrors: 8, Times: health.Histogram{Bounds: bounds, Counts: []float64{50, 90, 95, 180, 180}}},
		"b": {Requests: 20, Times: health.Histogram{Bounds: bounds, Counts: []float64{0, 0, 0, 20, 20}}},
	}
	now.Queues = map[string]float64{"outbox": 3, "dlq": 1200, "odd": math.NaN()}
	got := now.Signals(then)
	if got[health.ErrorRatio] != 0.1 || got[health.ServerErrorRatio] != 0.08 || got[health.QueueLength] != 1200 || got[health.DiskPercent] != 91 || got[health.LatencyP95] < 1.9 {
		t.Errorf("got %v", got)
	}
	if _, known := got[health.MemoryPercent]; known {
		t.Error("what is not known is told")
	}
	if again := then.Since(now); again.Requests != 100 {
		t.Errorf("a counter that began anew counts %f", again.Requests)
	}
}

func ExampleJudge() {
	r := health.Judge(health.Answer{Code: 503, Body: []byte(`{"error":"The store is away."}`)}, noon)
	fmt.Println(r.Status, r.Error)
	// Output: unhealthy HTTP 503: The store is away.
}
