package healthmonitoring

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (m *Monitor) getSystemInfo(context.Context, healthmonitoring.GetSystemInfo) (healthmonitoring.SystemInfo, error) {
	info := m.Info()
	m.mu.Lock()
	defer m.mu.Unlock()
	return healthmonitoring.SystemInfo{
		Service: info.ID, Description: info.Description, Version: info.Version, ServiceVersion: info.Version, Hostname: info.Hostname,
		Platform: info.Platform, RuntimeVersion: info.RuntimeVersion, Environment: info.Environment, StartupTime: info.Started,
		UptimeSeconds: m.now().Sub(info.Started).Seconds(), Capabilities: info.Capabilities, KnownServices: m.order, RoutesCount: info.Routes,
		LastSystemCheck: usecase.TimeOrNil(m.checked), Config: map[string]string{"health_check_interval": m.Interval.String(), "health_check_timeout": m.Timeout.String()},
	}, nil
}

func (m *Monitor) getSystemConfig(context.Context, healthmonitoring.GetSystemConfig) (healthmonitoring.SystemConfig, error) {
	c := healthmonitoring.SystemConfig{
		PeerOrchestrators: []string{}, ServiceDiscoveryEnabled: len(m.order) > 1, EventDrivenEnabled: true,
		HealthCheckInterval: m.Interval.Seconds(), HealthCheckTimeout: m.Timeout.Seconds(), Values: m.Settings(),
	}
	for _, v := range c.Values {
		if (v.Name == "REDIS_URL" || v.Name == "REDIS_HOST") && v.Value != "" {
			c.RedisEnabled = true
		}
	}
	return c, nil
}

// getReadiness asks what this service stands on now, so that it is ready as soon as
// that is.
func (m *Monitor) getReadiness(ctx context.Context, _ healthmonitoring.GetReadiness) (healthmonitoring.Readiness, error) {
	if err := m.fresh(ctx); err != nil {
		return healthmonitoring.Readiness{}, err
	}
	r := healthmonitoring.Readiness{Timestamp: m.now(), Checks: make(map[string]healthmonitoring.ReadinessCheck)}
	bounded, cancel := context.WithTimeout(ctx, m.Timeout)
	defer cancel()
	for name, err := range m.Own(bounded) {
		r.Checks[name] = readinessOf(err, "It answers.")
	}
	_, err := m.statistics(bounded)
	r.Checks["workflows"] = readinessOf(err, "The workflows are loaded.")
	r.Checks["services"] = m.criticalServices()
	var missing []string
	for _, name := range slices.Sorted(maps.Keys(r.Checks)) {
		if r.Checks[name].Status != string(health.Healthy) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return r, unavailable("Traffic may not come: these checks fail: "+strings.Join(missing, ", ")+".", map[string]any{
			"ready": false, "status": "not_ready", "timestamp": r.Timestamp, "checks": r.Checks,
		}, m.Interval)
	}
	r.Ready, r.Status = true, "ready"
	return r, nil
}

func readinessOf(err error, well string) healthmonitoring.ReadinessCheck {
	if err != nil {
		return healthmonitoring.ReadinessCheck{Status: string(health.Unhealthy), Message: domain.FaultOf(err).Message, Details: map[string]string{}}
	}
	return healthmonitoring.ReadinessCheck{Status: string(health.Healthy), Message: well, Details: map[string]string{}}
}

// criticalServices asks the last round whether the critical services worked.
func (m *Monitor) criticalServices() healthmonitoring.ReadinessCheck {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := readinessOf(nil, "The critical services work.")
	for _, id := range m.order {
		if w := m.watched[id]; w.service.Critical && w.service.Health != "" && w.last.Status == health.Unhealthy {
			c.Status, c.Message = string(health.Unhealthy), "Critical services do not work."
			c.Details[id] = w.last.Error
		}
	}
	return c
}

// oldPending is how long a run may wait to begin before that is strange.
const oldPending = time.Minute

func (m *Monitor) getWorkflowHealth(ctx context.Context, _ healthmonitoring.GetWorkflowHealth) (healthmonitoring.WorkflowHealth, error) {
	now := m.now()
	h := healthmonitoring.WorkflowHealth{Status: string(health.Healthy), Timestamp: now}
	runtime, err := m.Runtime(ctx)
	h.Runtime = healthmonitoring.RuntimeHealth{Name: runtime.Name, Status: string(health.Healthy), Polling: runtime.Polling, Pending: runtime.Pending}
	if !runtime.Oldest.IsZero() {
		h.Runtime.OldestPendingSeconds = now.Sub(runtime.Oldest).Seconds()
	}
	switch {
	case err != nil:
		h.Runtime.Status, h.Runtime.LastError = string(health.Unhealthy), domain.FaultOf(err).Message
	case !runtime.Polling:
		h.Runtime.Status, h.Runtime.LastError = string(health.Unhealthy), "No worker runs what is recorded."
	case h.Runtime.OldestPendingSeconds > oldPending.Seconds():
		h.Runtime.Status, h.Runtime.LastError = string(health.Degraded), "A run waits to begin for longer than "+oldPending.String()+"."
	}
	h.Status = h.Runtime.Status
	counted, err := m.statistics(ctx)
	if err != nil {
		h.Status, h.Runtime.LastError = string(health.Unhealthy), domain.FaultOf(err).Message
	} else {
		h.ActiveWorkflows, h.CompletedWorkflows, h.FailedWorkflows = active(counted), counted.Executions["completed"], counted.Executions["failed"]
		h.Definitions = counted.Workflows["total"]
	}
	if h.Status == string(health.Unhealthy) {
		return h, unavailable("Workflows do not run: "+h.Runtime.LastError, map[string]any{
			"status": h.Status, "active_workflows": h.ActiveWorkflows, "completed_workflows": h.CompletedWorkflows,
			"failed_workflows": h.FailedWorkflows, "definitions": h.Definitions, "runtime": h.Runtime, "timestamp": h.Timestamp,
		}, m.Interval)
	}
	return h, nil
}
