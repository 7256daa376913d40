package prom

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/webcall"
)

// External counts and times the calls that a service makes of others.
type External struct {
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
}

// NewExternal registers external_requests_total and
// external_request_duration_seconds. It panics when they are registered already.
func NewExternal(registry prometheus.Registerer, service string) *External {
	labels := prometheus.Labels{"service": service}
	e := &External{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "external_requests_total", Help: "Calls of others, by the status of their answer; error where none came.", ConstLabels: labels,
		}, []string{"service_name", "method", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "external_request_duration_seconds", Help: "Time until the answer of another began, or until none came.", ConstLabels: labels,
			Buckets: []float64{.01, .05, .1, .5, 1, 2.5, 5, 10, 30},
		}, []string{"service_name", "method"}),
	}
	registry.MustRegister(e.requests, e.duration)
	return e
}

// called records one call of the named service; status 0 means that no answer came.
func (e *External) called(name, method string, status int, took time.Duration) {
	text := "error"
	if status != 0 {
		text = strconv.Itoa(status)
	}
	e.requests.WithLabelValues(name, method, text).Inc()
	e.duration.WithLabelValues(name, method).Observe(took.Seconds())
}

// Transport returns a transport that counts what next sends to the named service.
func (e *External) Transport(name string, next http.RoundTripper) http.RoundTripper {
	return transport{e, name, next}
}

type transport struct {
	*External
	name string
	next http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	start := time.Now()
	response, err := t.next.RoundTrip(r)
	status := 0
	if err == nil {
		status = response.StatusCode
	}
	t.called(t.name, r.Method, status, time.Since(start))
	return response, err
}

// Caller returns a caller that counts what next calls under the name: addresses
// that users choose are not told apart.
func (e *External) Caller(name string, next webcall.Caller) webcall.Caller {
	return caller{e, name, next}
}

type caller struct {
	*External
	name string
	next webcall.Caller
}

// Call implements webcall.Caller.
func (c caller) Call(ctx context.Context, r webcall.Request) (webcall.Answer, error) {
	if r.Method == "" {
		r.Method = http.MethodPost
	}
	start := time.Now()
	answer, err := c.next.Call(ctx, r)
	if kind := domain.FaultOf(err); err == nil || kind.Kind == domain.Upstream || kind.Kind == domain.Timeout {
		c.called(c.name, r.Method, answer.Status, time.Since(start))
	}
	return answer, err
}
