package healthmonitoring

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (m *Monitor) getSystemHealth(ctx context.Context, _ healthmonitoring.GetSystemHealth) (healthmonitoring.SystemHealth, error) {
	if err := m.fresh(ctx); err != nil {
		return healthmonitoring.SystemHealth{}, err
	}
	system := m.system(ctx)
	var away []string
	for _, f := range system.Failing {
		if s := system.Services[f.Service]; s.Critical && f.Status == string(health.Unhealthy) {
			away = append(away, f.Service)
		}
	}
	if len(away) > 0 {
		return system, unavailable("These services do not work: "+strings.Join(away, ", ")+". See root_causes for where to begin.", map[string]any{
			"overall_status": system.OverallStatus, "overall_healthy": false, "timestamp": system.Timestamp, "services": system.Services,
			"summary": system.Summary, "root_causes": system.RootCauses, "failing": system.Failing,
			"uptime_seconds": system.UptimeSeconds, "version": system.Version, "correlation_id": system.CorrelationID, "metadata": system.Metadata,
		}, m.Interval)
	}
	return system, nil
}

// unavailable is a fault whose details hold a whole answer.
func unavailable(message string, answer map[string]any, again time.Duration) error {
	fault := domain.Unavailable.New(message).WithRetryAfter(again)
	for name, value := range answer {
		fault = fault.WithDetail(name, value)
	}
	return fault
}

// system is how all services are, as of the last round.
func (m *Monitor) system(ctx context.Context) healthmonitoring.SystemHealth {
	m.mu.Lock()
	defer m.mu.Unlock()
	info := m.Info()
	system := healthmonitoring.SystemHealth{
		Timestamp: m.checked, Services: make(map[string]healthmonitoring.ServiceHealth), UptimeSeconds: m.now().Sub(info.Started).Seconds(), Version: info.Version,
		RootCauses: []healthmonitoring.RootCause{}, Failing: []healthmonitoring.Failing{},
		CorrelationID: cmp.Or(usecase.MetaOf(ctx).Correlation, m.correlation),
		Metadata:      map[string]string{"check_correlation_id": m.correlation, "interval": m.Interval.String(), "timeout": m.Timeout.String()},
	}
	graph, because := m.graph(), map[string][]string{}
	for _, cause := range health.RootCauses(graph, m.failing()) {
		system.RootCauses = append(system.RootCauses, healthmonitoring.RootCause{Services: cause.Services, Explains: cause.Explains})
		for _, s := range cause.Explains {
			because[s] = append(because[s], cause.Services...)
		}
	}
	var statuses []health.Status
	for _, id := range m.order {
		w := m.watched[id]
		view := serviceView(w, graph[id], because[id])
		system.Services[id] = view
		statuses = append(statuses, w.last.Status)
		system.Summary.TotalServices++
		switch w.last.Status {
		case health.Healthy, health.Maintenance:
			system.Summary.HealthyServices++
			continue
		case health.Unhealthy:
			system.Summary.UnhealthyServices++
		}
		system.Failing = append(system.Failing, healthmonitoring.Failing{
			Service: id, Status: view.Status, Error: view.ErrorMessage, LastSuccess: view.LastSuccess, Because: view.Because,
		})
	}
	overall := health.Overall(statuses...)
	system.OverallStatus, system.OverallHealthy = string(overall), overall == health.Healthy
	return system
}

func serviceView(w *watched, needs, because []string) healthmonitoring.ServiceHealth {
	r := w.last
	view := healthmonitoring.ServiceHealth{
		Name: w.service.ID, ServiceName: w.service.ID, Status: string(r.Status), LastCheck: usecase.TimeOrNil(r.At), LastSuccess: usecase.TimeOrNil(w.success),
		IsHealthy: r.Status == health.Healthy, IsOperational: r.Status.Operational(), Critical: w.service.Critical,
		ResponseTimeMS: milliseconds(r.Took), ErrorMessage: r.Error, Version: r.Version,
		DependsOn: append([]string{}, needs...), Because: append([]string{}, because...), Flapping: w.flapping(),
		Metadata: map[string]string{"address": cmp.Or(w.service.Health, "this process")},
	}
	if r.At.IsZero() {
		return view
	}
	details := make(map[string]string)
	for name, status := range r.Dependencies {
		details[name] = string(status)
	}
	if !r.Expires.IsZero() {
		details["certificate_expires"] = r.Expires.UTC().Format(time.RFC3339)
	}
	view.LastResult = &healthmonitoring.CheckResult{
		Status: view.Status, Message: r.Message, Timestamp: r.At, Details: details, ResponseTimeMS: view.ResponseTimeMS, ErrorMessage: r.Error,
	}
	return view
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (m *Monitor) listServiceHealth(ctx context.Context, _ healthmonitoring.ListServiceHealth) (healthmonitoring.ServiceHealthMap, error) {
	if err := m.fresh(ctx); err != nil {
		return healthmonitoring.ServiceHealthMap{}, err
	}
	all := m.system(ctx).Services
	return healthmonitoring.ServiceHealthMap{Services: all, Total: len(all)}, nil
}

// find returns the watched service that a user names. Ids are also known with the
// other of - and _. It fails with NotFound, and for a service of the catalogue that is
// not watched here returns nil.
func (m *Monitor) find(name string) (*watched, error) {
	for _, id := range []string{name, strings.ReplaceAll(name, "_", "-"), strings.ReplaceAll(name, "-", "_")} {
		if w := m.watched[id]; w != nil {
			return w, nil
		}
		if slices.Contains(m.Catalogue, id) {
			return nil, nil
		}
	}
	return nil, domain.NotFound.New("There is no service "+strconv.Quote(name)+"; the services are "+strings.Join(m.order, ", ")+".").
		WithDetail("resource_type", "service").WithDetail("resource_id", name)
}

func (m *Monitor) getServiceHealth(ctx context.Context, c healthmonitoring.GetServiceHealth) (healthmonitoring.ServiceHealth, error) {
	w, err := m.find(c.ID)
	if err != nil {
		return healthmonitoring.ServiceHealth{}, err
	}
	if w == nil {
		return healthmonitoring.ServiceHealth{
			Name: c.ID, ServiceName: c.ID, Status: string(health.Unknown), ErrorMessage: "The service runs neither here nor at a configured address.",
			DependsOn: append([]string{}, m.Needs[c.ID]...), Because: []string{}, Metadata: map[string]string{},
		}, nil
	}
	if err := m.fresh(ctx); err != nil {
		return healthmonitoring.ServiceHealth{}, err
	}
	view := m.system(ctx).Services[w.service.ID]
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range w.history {
		view.History = append(view.History, healthmonitoring.CheckPoint{Timestamp: r.At, Status: string(r.Status), ResponseTimeMS: milliseconds(r.Took)})
	}
	return view, nil
}

func (m *Monitor) checkHealth(ctx context.Context, c healthmonitoring.CheckHealth) (healthmonitoring.HealthChecked, error) {
	var one *watched
	if c.ServiceName != "" {
		var err error
		if one, err = m.find(c.ServiceName); err != nil {
			return healthmonitoring.HealthChecked{}, err
		}
	}
	if err := m.Check(ctx); err != nil {
		return healthmonitoring.HealthChecked{}, err
	}
	all := m.system(ctx).Services
	checked := healthmonitoring.HealthChecked{Status: "health_check_completed"}
	if c.ServiceName != "" {
		maps.DeleteFunc(all, func(id string, _ healthmonitoring.ServiceHealth) bool { return one == nil || id != one.service.ID })
	}
	well := 0
	for _, s := range all {
		if s.IsOperational {
			well++
		}
	}
	checked.Message = fmt.Sprintf("%d of %d services work.", well, len(all))
	if c.IncludeDetails == nil || *c.IncludeDetails {
		checked.Services = all
	}
	return checked, nil
}
