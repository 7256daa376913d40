package porttest

import (
	"context"
	"crypto/tls"
	"fmt"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
)

// Probe proves the promises of healthmonitoring.Prober and healthmonitoring.Scraper.
// open returns them with the given trust.
func Probe(t *testing.T, open func(trust *tls.Config) (healthmonitoring.Prober, healthmonitoring.Scraper)) {
	prober, scraper := open(nil)
	for _, c := range []struct {
		name string
		run  func(t *testing.T, p healthmonitoring.Prober)
	}{
		{"an answer is told as it came", probeAnswer},
		{"silence says why", probeSilence},
		{"an answer that does not come is a timeout", probeTimeout},
		{"a connection is enough for tcp", probeTCP},
	} {
		t.Run("prober/"+c.name, func(t *testing.T) { c.run(t, prober) })
	}
	t.Run("prober/certificates tell their end", func(t *testing.T) {
		probeTLS(t, func(trust *tls.Config) healthmonitoring.Prober { p, _ := open(trust); return p }, prober)
	})
	t.Run("scraper/metrics are read", func(t *testing.T) { scrapeRead(t, scraper) })
	t.Run("scraper/faults", func(t *testing.T) { scrapeFaults(t, scraper) })
}

func answering(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// silent returns an address at which nobody listens.
func silent(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, listener.Close())
	return listener.Addr().String()
}

// stuck returns an address that answers when the test is over.
func stuck(t *testing.T) string {
	t.Helper()
	over := make(chan struct{})
	address := answering(t, func(http.ResponseWriter, *http.Request) { <-over })
	t.Cleanup(func() { close(over) })
	return address
}

func probeAnswer(t *testing.T, p healthmonitoring.Prober) {
	long := strings.Repeat("x", 70<<10)
	address := answering(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/health":
			w.WriteHeader(http.StatusServiceUnavailable)
			fmt.Fprint(w, `{"status":"unhealthy"}`)
		case "/moved":
			http.Redirect(w, r, "/health", http.StatusFound)
		case "/long":
			fmt.Fprint(w, long)
		}
		if r.Method != http.MethodGet {
			t.Errorf("asked with %s", r.Method)
		}
	})
	if a := p.Probe(t.Context(), address+"/health"); a.Code != 503 || string(a.Body) != `{"status":"unhealthy"}` || a.Error != "" {
		t.Errorf("got %+v", a)
	}
	if a := p.Probe(t.Context(), address+"/moved"); a.Code != http.StatusFound {
		t.Errorf("a redirect was followed: %+v", a)
	}
	if a := p.Probe(t.Context(), address+"/long"); a.Code != 200 || len(a.Body) != 64<<10 {
		t.Errorf("got %d with %d bytes", a.Code, len(a.Body))
	}
}

func probeSilence(t *testing.T, p healthmonitoring.Prober) {
	for _, address := range []string{"http://" + silent(t) + "/health", "tcp://" + silent(t), "tls://" + silent(t)} {
		if a := p.Probe(t.Context(), address); a.Code != 0 || !strings.Contains(a.Error, "refused") {
			t.Errorf("%s: got %+v", address, a)
		}
	}
	for _, address := range []string{"", "no address", "http://%zz", "gopher://x/"} {
		if a := p.Probe(t.Context(), address); a.Error == "" {
			t.Errorf("%q: got %+v", address, a)
		}
	}
}

func probeTimeout(t *testing.T, p healthmonitoring.Prober) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if a := p.Probe(ctx, stuck(t)+"/health"); a.Error != health.Timeout {
		t.Errorf("got %+v", a)
	}
}

func probeTCP(t *testing.T, p healthmonitoring.Prober) {
	address := answering(t, func(http.ResponseWriter, *http.Request) { t.Error("asked more than to connect") })
	if a := p.Probe(t.Context(), "tcp://"+strings.TrimPrefix(address, "http://")); a.Error != "" || a.Code != 0 {
		t.Errorf("got %+v", a)
	}
}

func probeTLS(t *testing.T, open func(trust *tls.Config) healthmonitoring.Prober, distrustful healthmonitoring.Prober) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.Config.ErrorLog = nil
	s.StartTLS()
	t.Cleanup(s.Close)
	ends := s.Certificate().NotAfter
	trusting := open(s.Client().Transport.(*http.Transport).TLSClientConfig)
	for _, address := range []string{s.URL, "tls://" + strings.TrimPrefix(s.URL, "https://")} {
		if a := trusting.Probe(t.Context(), address); a.Error != "" || !a.Expires.Equal(ends) {
			t.Errorf("%s: got %+v, want the end %v", address, a, ends)
		}
		if a := distrustful.Probe(t.Context(), address); !strings.Contains(a.Error, "certificate") {
			t.Errorf("%s: a certificate of nobody is trusted: %+v", address, a)
		}
	}
}

// exposed is what a service shows.
const exposed = `# TYPE http_requests_total counter
http_requests_total{service="s",method="GET",endpoint="/a",status="200"} 90
http_requests_total{service="s",method="GET",endpoint="/a",status="404"} 6
http_requests_total{service="s",method="GET",endpoint="/a",status="503"} 4
http_requests_total{service="s",method="PUT",endpoint="/b",status="200"} 1
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{service="s",method="GET",endpoint="/a",le="0.1"} 50
http_request_duration_seconds_bucket{service="s",method="GET",endpoint="/a",le="1"} 100
http_request_duration_seconds_bucket{service="s",method="GET",endpoint="/a",le="+Inf"} 100
http_request_duration_seconds_sum{service="s",method="GET",endpoint="/a"} 12
http_request_duration_seconds_count{service="s",method="GET",endpoint="/a"} 100
# TYPE queue_length gauge
queue_length{service="s",queue_name="outbox"} 7
queue_length{service="s",queue_name="odd"} NaN
# TYPE memory_usage_percent gauge
memory_usage_percent{service="s"} 41.5
# TYPE db_connections_active gauge
db_connections_active{service="s",pool="reader"} 2
db_connections_active{service="s",pool="writer"} 3
# TYPE cache_hits_total counter
cache_hits_total{cache_name="a"} 3
cache_hits_total{cache_name="b"} 4
something_else 1
`

func scrapeRead(t *testing.T, s healthmonitoring.Scraper) {
	m, err := s.Scrape(t.Context(), answering(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, exposed) })+"/metrics")
	must(t, err)
	a := m.Routes["GET /a"]
	if a.Requests != 100 || a.ClientErrors != 6 || a.ServerErrors != 4 || a.Times.Quantile(0.5) != 0.1 || m.Routes["PUT /b"].Requests != 1 {
		t.Errorf("the routes are %+v", m.Routes)
	}
	if m.LongestQueue() != 7 || m.MemoryPercent != 41.5 || !math.IsNaN(m.DiskPercent) || m.DatabaseConnections != 3 || m.CacheHits != 7 || m.CacheMisses != 0 {
		t.Errorf("got %+v", m)
	}
}

func scrapeFaults(t *testing.T, s healthmonitoring.Scraper) {
	_, err := s.Scrape(t.Context(), "http://"+silent(t)+"/metrics")
	wantKind(t, "nobody there", err, domain.Unavailable)
	_, err = s.Scrape(t.Context(), answering(t, http.NotFound)+"/metrics")
	wantKind(t, "no success", err, domain.Upstream)
	_, err = s.Scrape(t.Context(), answering(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{not metrics") })+"/metrics")
	wantKind(t, "another text", err, domain.Upstream)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err = s.Scrape(ctx, stuck(t)+"/metrics")
	wantKind(t, "no answer in time", err, domain.Timeout)
}
