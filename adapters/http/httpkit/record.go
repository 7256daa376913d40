package httpkit

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/domain"
)

// metrics are those of requests; all methods of a nil one do nothing.
type metrics struct {
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	errors   *prometheus.CounterVec
}

func newMetrics(registry prometheus.Registerer, service string) *metrics {
	if registry == nil {
		return nil
	}
	labels := prometheus.Labels{"service": service}
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "http_requests_total", Help: "Requests answered.", ConstLabels: labels,
		}, []string{"method", "endpoint", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "http_request_duration_seconds", Help: "Time from the request to the end of the answer.", ConstLabels: labels,
			Buckets: []float64{.0005, .001, .005, .01, .025, .05, .1, .25, .5, 1, 2, 2.5, 5, 10},
		}, []string{"method", "endpoint"}),
		errors: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "errors_total", Help: "Requests that failed, by kind of fault.", ConstLabels: labels,
		}, []string{"error_type", "endpoint"}),
	}
	registry.MustRegister(m.requests, m.duration, m.errors)
	return m
}

func (m *metrics) failed(fault *domain.Fault, endpoint string) {
	if m != nil {
		m.errors.WithLabelValues(fault.Kind.String(), endpoint).Inc()
	}
}

// record counts and logs an answered request. The endpoint is the pattern of
// the route, so that paths with ids do not make a series each.
func (s *Server) record(c echo.Context, took time.Duration) {
	request, status := c.Request(), c.Response().Status
	endpoint := c.Path()
	if endpoint == "" {
		endpoint = "unmatched"
	}
	if s.metrics != nil {
		s.metrics.requests.WithLabelValues(methodOf(request), endpoint, strconv.Itoa(status)).Inc()
		s.metrics.duration.WithLabelValues(methodOf(request), endpoint).Observe(took.Seconds())
	}
	level := slog.LevelInfo
	switch {
	case status >= http.StatusInternalServerError:
		level = slog.LevelError
	case status >= http.StatusBadRequest:
		level = slog.LevelWarn
	}
	if s.options.Logger.Enabled(request.Context(), level) {
		s.options.Logger.LogAttrs(request.Context(), level, "http_request",
			slog.String("method", request.Method), slog.String("path", request.URL.Path),
			slog.Int("status", status), slog.Int64("duration_ms", took.Milliseconds()))
	}
}

// methodOf returns the method of a request, or one word for those that nobody
// knows, so that callers cannot make series of metrics.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return r.Method
	}
	return "OTHER"
}

// panicked answers a panic that no decorator caught. It reports false when an
// answer was under way already.
func (s *Server) panicked(c echo.Context, panicked any) (whole bool) {
	if panicked == http.ErrAbortHandler { //nolint:errorlint // net/http compares it so.
		return false
	}
	err := s.logPanic(c.Request().Context(), panicked)
	if c.Response().Committed {
		return false
	}
	s.fail(c, err)
	return true
}

// logPanic logs a panic with its stack and returns the fault that tells of it.
func (s *Server) logPanic(ctx context.Context, panicked any) error {
	s.options.Logger.ErrorContext(ctx, "handler panicked", "panic", fmt.Sprint(panicked), "stack", string(debug.Stack()))
	return domain.FaultOf(fmt.Errorf("panic: %v", panicked))
}
