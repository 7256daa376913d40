package prom

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/telemetry"
)

// DocumentMeter counts the documents that were processed.
type DocumentMeter struct{ processed *prometheus.CounterVec }

var _ telemetry.DocumentMeter = (*DocumentMeter)(nil)

// NewDocumentMeter registers document_processing_total. It panics when it is
// registered already.
func NewDocumentMeter(registry prometheus.Registerer, service string) *DocumentMeter {
	m := &DocumentMeter{prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "document_processing_total", Help: "Documents of sources, by what became of them.",
		ConstLabels: prometheus.Labels{"service": service},
	}, []string{"source_type", "status"})}
	registry.MustRegister(m.processed)
	return m
}

// Processed records documents.
func (m *DocumentMeter) Processed(_ context.Context, source, status string, documents int) {
	m.processed.WithLabelValues(source, status).Add(float64(documents))
}

// AnalysisMeter counts analyses, and tells the next meter of them.
type AnalysisMeter struct {
	next       telemetry.Meter
	operations *prometheus.CounterVec
	late       prometheus.Counter
}

var _ telemetry.Meter = (*AnalysisMeter)(nil)

// NewAnalysisMeter registers analysis_operations_total and analysis_timeout_total.
// It panics when they are registered already.
func NewAnalysisMeter(registry prometheus.Registerer, service string, next telemetry.Meter) *AnalysisMeter {
	labels := prometheus.Labels{"service": service}
	m := &AnalysisMeter{
		next: next,
		operations: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "analysis_operations_total", Help: "Operations of the analysis, by how they ended.", ConstLabels: labels,
		}, []string{"operation_type", "status"}),
		late: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "analysis_timeout_total", Help: "Operations of the analysis that ran out of time.", ConstLabels: labels,
		}),
	}
	registry.MustRegister(m.operations, m.late)
	return m
}

// Executed records one operation.
func (m *AnalysisMeter) Executed(ctx context.Context, service, operation, outcome string, took time.Duration) {
	m.operations.WithLabelValues(operation, outcome).Inc()
	if outcome == domain.Timeout.String() {
		m.late.Inc()
	}
	m.next.Executed(ctx, service, operation, outcome, took)
}
