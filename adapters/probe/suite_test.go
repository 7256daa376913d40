package probe_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/probe"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestSuite(t *testing.T) {
	porttest.Probe(t, func(trust *tls.Config) (healthmonitoring.Prober, healthmonitoring.Scraper) {
		p := probe.New(probe.Options{Clock: systemclock.Clock{}, TLS: trust})
		return p, p
	})
}

func TestTheKeyGoesToOurServicesOnly(t *testing.T) {
	var sent string
	handler := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { sent = r.Header.Get("Authorization") })
	ours, theirs := httptest.NewServer(handler), httptest.NewServer(handler)
	t.Cleanup(ours.Close)
	t.Cleanup(theirs.Close)
	p := probe.New(probe.Options{Clock: clocktest.New(), Key: "secret", Bases: []string{ours.URL}})
	for address, want := range map[string]string{ours.URL + "/health": "Bearer secret", theirs.URL + "/health": "", ours.URL + "0/health": "", ours.URL + ".example.com/health": ""} {
		sent = ""
		p.Probe(t.Context(), address)
		if sent != want {
			t.Errorf("%s was sent %q", address, sent)
		}
	}
}

func TestGatherReadsAsScrapeDoes(t *testing.T) {
	registry := prometheus.NewRegistry()
	requests := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "http_requests_total"}, []string{"method", "endpoint", "status"})
	times := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "http_request_duration_seconds", Buckets: []float64{0.1, 1}}, []string{"method", "endpoint"})
	registry.MustRegister(requests, times)
	requests.WithLabelValues("GET", "/a", "500").Add(3)
	times.WithLabelValues("GET", "/a").Observe(5)
	m, err := probe.Gather(registry, clocktest.Start)
	if err != nil {
		t.Fatal(err)
	}
	if a := m.Routes["GET /a"]; a.ServerErrors != 3 || a.Times.Quantile(0.5) != 1 || len(a.Times.Bounds) != 3 || !m.At.Equal(clocktest.Start) {
		t.Errorf("got %+v", m)
	}
}

func ExampleProber_Probe() {
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"status":"degraded"}`) }))
	defer service.Close()
	answer := probe.New(probe.Options{Clock: systemclock.Clock{}}).Probe(context.Background(), service.URL+"/health")
	fmt.Println(answer.Code, string(answer.Body))
	// Output: 200 {"status":"degraded"}
}
