// Package prom tells Prometheus how operations fare and what the process uses.
package prom

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/ports/telemetry"
)

// Meter counts and times the executions of operations.
type Meter struct {
	executions *prometheus.CounterVec
	duration   *prometheus.HistogramVec
}

var _ telemetry.Meter = (*Meter)(nil)

// NewMeter registers usecase_executions_total and usecase_duration_seconds. It
// panics when they are registered already.
func NewMeter(registry prometheus.Registerer, service string) *Meter {
	labels := prometheus.Labels{"service": service}
	m := &Meter{
		executions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "usecase_executions_total", Help: "Executions of use cases, by how they ended.", ConstLabels: labels,
		}, []string{"operation", "outcome"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "usecase_duration_seconds", Help: "Time that use cases took.", ConstLabels: labels,
			Buckets: []float64{.0001, .0005, .001, .005, .01, .05, .1, .5, 1, 5, 10, 30},
		}, []string{"operation"}),
	}
	registry.MustRegister(m.executions, m.duration)
	return m
}

// Executed records one execution.
func (m *Meter) Executed(_ context.Context, _, operation, outcome string, took time.Duration) {
	m.executions.WithLabelValues(operation, outcome).Inc()
	m.duration.WithLabelValues(operation).Observe(took.Seconds())
}
