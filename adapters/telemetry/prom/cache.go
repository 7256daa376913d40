package prom

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/ports/telemetry"
)

// CacheMeter counts the reads of caches.
type CacheMeter struct{ hits, misses *prometheus.CounterVec }

var _ telemetry.CacheMeter = (*CacheMeter)(nil)

// NewCacheMeter registers cache_hits_total and cache_misses_total. It panics when
// they are registered already.
func NewCacheMeter(registry prometheus.Registerer, service string) *CacheMeter {
	counter := func(name, help string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: name, Help: help, ConstLabels: prometheus.Labels{"service": service},
		}, []string{"cache_name"})
	}
	m := &CacheMeter{
		hits:   counter("cache_hits_total", "Reads of a cache that found a value."),
		misses: counter("cache_misses_total", "Reads of a cache that found nothing."),
	}
	registry.MustRegister(m.hits, m.misses)
	return m
}

// CacheRead records one read.
func (m *CacheMeter) CacheRead(_ context.Context, cache string, hit bool) {
	counter := m.misses
	if hit {
		counter = m.hits
	}
	counter.WithLabelValues(cache).Inc()
}
