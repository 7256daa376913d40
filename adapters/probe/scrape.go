package probe

import (
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
)

// Scrape implements healthmonitoring.Scraper.
func (p *Prober) Scrape(ctx context.Context, address string) (health.Metrics, error) {
	response, err := p.get(ctx, address)
	if err != nil {
		if reason := why(err); reason != health.Timeout && !errors.Is(err, context.Canceled) {
			return health.Metrics{}, domain.Unavailable.Wrap(err, "Nobody answers at "+address+".")
		}
		return health.Metrics{}, domain.Timeout.Wrap(err, "The metrics of "+address+" did not come in time.")
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return health.Metrics{}, domain.Upstream.New("The metrics of " + address + " are answered with " + response.Status + ".")
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(io.LimitReader(response.Body, mostMetrics))
	if err != nil {
		return health.Metrics{}, domain.Upstream.Wrap(err, "The metrics of "+address+" cannot be read.")
	}
	return metricsOf(families, p.options.Clock.Now()), nil
}

// Gather reads the metrics of this process, as Scrape reads those of others.
func Gather(from prometheus.Gatherer, now time.Time) (health.Metrics, error) {
	list, err := from.Gather()
	if err != nil {
		return health.Metrics{}, domain.Internal.Wrap(err, "The metrics of the process cannot be read.")
	}
	families := make(map[string]*dto.MetricFamily, len(list))
	for _, f := range list {
		families[f.GetName()] = f
	}
	return metricsOf(families, now), nil
}

func metricsOf(families map[string]*dto.MetricFamily, now time.Time) health.Metrics {
	m := health.Metrics{
		At: now, MemoryPercent: gauge(families, "memory_usage_percent"), DiskPercent: gauge(families, "disk_usage_percent"),
		CPUPercent: gauge(families, "cpu_usage_percent"), DatabaseConnections: gauge(families, "db_connections_active"),
		Queues: make(map[string]float64), Routes: make(map[string]health.Route),
	}
	for _, one := range families["queue_length"].GetMetric() {
		m.Queues[label(one, "queue_name")] = value(one)
	}
	for _, one := range families["http_requests_total"].GetMetric() {
		name := label(one, "method") + " " + label(one, "endpoint")
		route, n := m.Routes[name], value(one)
		route.Requests += n
		switch code, _ := strconv.Atoi(label(one, "status")); {
		case code >= 500:
			route.ServerErrors += n
		case code >= 400:
			route.ClientErrors += n
		}
		m.Routes[name] = route
	}
	for _, one := range families["http_request_duration_seconds"].GetMetric() {
		name := label(one, "method") + " " + label(one, "endpoint")
		route := m.Routes[name]
		route.Times = route.Times.Plus(histogram(one.GetHistogram()))
		m.Routes[name] = route
	}
	m.CacheHits, m.CacheMisses = total(families, "cache_hits_total"), total(families, "cache_misses_total")
	return m
}

// gauge is the greatest value of a family, NaN where there is none.
func gauge(families map[string]*dto.MetricFamily, name string) float64 {
	greatest := math.NaN()
	for _, one := range families[name].GetMetric() {
		if v := value(one); math.IsNaN(greatest) || v > greatest {
			greatest = v
		}
	}
	return greatest
}

func total(families map[string]*dto.MetricFamily, name string) float64 {
	var sum float64
	for _, one := range families[name].GetMetric() {
		sum += value(one)
	}
	return sum
}

func value(m *dto.Metric) float64 {
	switch {
	case m.GetCounter() != nil:
		return m.GetCounter().GetValue()
	case m.GetGauge() != nil:
		return m.GetGauge().GetValue()
	}
	return m.GetUntyped().GetValue()
}

func label(m *dto.Metric, name string) string {
	for _, pair := range m.GetLabel() {
		if pair.GetName() == name {
			return pair.GetValue()
		}
	}
	return ""
}

// histogram ends with the bucket of all, which a gathered one does not have.
func histogram(h *dto.Histogram) health.Histogram {
	var all health.Histogram
	for _, b := range h.GetBucket() {
		if !math.IsInf(b.GetUpperBound(), 1) {
			all.Bounds, all.Counts = append(all.Bounds, b.GetUpperBound()), append(all.Counts, float64(b.GetCumulativeCount()))
		}
	}
	all.Bounds, all.Counts = append(all.Bounds, math.Inf(1)), append(all.Counts, float64(h.GetSampleCount()))
	return all
}
