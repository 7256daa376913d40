package healthmonitoring

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// mostRoutes is how many routes of a service are shown.
const mostRoutes = 20

// getSystemMetrics shows what is known of each service, whatever fails with another.
func (m *Monitor) getSystemMetrics(ctx context.Context, _ healthmonitoring.GetSystemMetrics) (healthmonitoring.SystemMetrics, error) {
	if err := m.fresh(ctx); err != nil {
		return healthmonitoring.SystemMetrics{}, err
	}
	info := m.Info()
	all := healthmonitoring.SystemMetrics{
		Timestamp: m.now(), Service: info.ID, Version: info.Version, UptimeSeconds: m.now().Sub(info.Started).Seconds(),
		TotalServices: len(m.order), RoutesCount: info.Routes, Services: make(map[string]healthmonitoring.ServiceMetrics),
	}
	own, err := m.OwnMetrics()
	if err != nil {
		return healthmonitoring.SystemMetrics{}, err
	}
	total := own.Total()
	all.CPUUsage, all.MemoryUsage, all.DiskUsage = known(own.CPUPercent), known(own.MemoryPercent), known(own.DiskPercent)
	all.ActiveConnections = int(known(own.DatabaseConnections))
	all.RequestCount, all.ErrorCount = int64(total.Requests), int64(total.ClientErrors+total.ServerErrors)
	if runs, err := m.statistics(ctx); err == nil { // without them the rest is still of use
		all.ActiveWorkflows = active(runs)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	all.LastCheck = usecase.TimeOrNil(m.checked)
	for _, id := range m.order {
		all.Services[id] = metricsView(m.watched[id])
	}
	return all, nil
}

func metricsView(w *watched) healthmonitoring.ServiceMetrics {
	view := healthmonitoring.ServiceMetrics{Error: w.problem, Queues: make(map[string]float64), Routes: []healthmonitoring.RouteMetrics{}}
	now, before, read := w.reading()
	if !read {
		return view
	}
	total := now.Total()
	view.Timestamp = usecase.TimeOrNil(now.At)
	view.RequestCount, view.ClientErrorCount, view.ServerErrorCount = int64(total.Requests), int64(total.ClientErrors), int64(total.ServerErrors)
	view.P50MS, view.P95MS, view.P99MS = quantiles(total.Times)
	view.CPUUsage, view.MemoryUsage, view.DiskUsage = known(now.CPUPercent), known(now.MemoryPercent), known(now.DiskPercent)
	view.DatabaseConnections = int(known(now.DatabaseConnections))
	if reads := now.CacheHits + now.CacheMisses; reads > 0 {
		view.CacheHitRate = now.CacheHits / reads
	}
	if elapsed := now.At.Sub(before.At).Seconds(); elapsed > 0 {
		since := now.Since(before)
		view.RequestsPerSecond = since.Requests / elapsed
		if since.Requests > 0 {
			view.ErrorRate = (since.ClientErrors + since.ServerErrors) / since.Requests
		}
	}
	for name, n := range now.Queues {
		if !math.IsNaN(n) {
			view.Queues[name] = n
		}
	}
	for name, r := range now.Routes {
		one := healthmonitoring.RouteMetrics{Route: name, RequestCount: int64(r.Requests), ErrorCount: int64(r.ClientErrors + r.ServerErrors)}
		one.P50MS, one.P95MS, one.P99MS = quantiles(r.Times)
		view.Routes = append(view.Routes, one)
	}
	slices.SortFunc(view.Routes, func(a, b healthmonitoring.RouteMetrics) int {
		return cmp.Or(cmp.Compare(b.P95MS, a.P95MS), cmp.Compare(a.Route, b.Route))
	})
	view.Routes = view.Routes[:min(len(view.Routes), mostRoutes)]
	return view
}

func quantiles(h health.Histogram) (p50, p95, p99 float64) {
	ms := func(q float64) float64 { return known(h.Quantile(q) * 1000) }
	return ms(0.50), ms(0.95), ms(0.99)
}

// known is 0 for what is not known.
func known(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

// statistics counts workflows and their runs, as this service and not as its caller.
func (m *Monitor) statistics(ctx context.Context) (workflows.StatisticsSummary, error) {
	counted, err := m.Statistics.Execute(usecase.AsService(ctx, m.Info().ID), workflows.GetStatistics{}).Unwrap()
	return counted.Summary, err
}

func active(s workflows.StatisticsSummary) int {
	return s.Executions["pending"] + s.Executions["running"] + s.Executions["paused"]
}
