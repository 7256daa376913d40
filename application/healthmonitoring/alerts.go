package healthmonitoring

import (
	"context"
	"strconv"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/usecase"
)

// listAlerts lists the pending alerts, which are only remembered, and then those that
// are kept.
func (m *Monitor) listAlerts(ctx context.Context, c healthmonitoring.ListAlerts) (healthmonitoring.AlertList, error) {
	list := healthmonitoring.AlertList{Items: []healthmonitoring.Alert{}, Limit: c.Limit, Offset: c.Offset}
	pending := m.pending(c)
	list.Total = len(pending)
	for _, a := range pending[min(c.Offset, len(pending)):min(c.Offset+c.Limit, len(pending))] {
		list.Items = append(list.Items, alertView(a))
	}
	if c.State == string(health.Pending) {
		list.HasMore = c.Offset+len(list.Items) < list.Total
		return list, nil
	}
	page := domain.PageRequest{Limit: max(1, c.Limit-len(list.Items)), Offset: max(0, c.Offset-len(pending))}
	found, err := m.Alerts.Find(ctx, healthmonitoring.AlertFilter{Service: c.Service, Rule: c.Rule, State: health.AlertState(c.State)}, page)
	if err != nil {
		return healthmonitoring.AlertList{}, err
	}
	list.Total += found.Total
	for _, a := range found.Items[:min(len(found.Items), c.Limit-len(list.Items))] {
		list.Items = append(list.Items, alertView(a))
	}
	list.HasMore = c.Offset+len(list.Items) < list.Total
	return list, nil
}

// pending are the pending alerts that the command chooses.
func (m *Monitor) pending(c healthmonitoring.ListAlerts) []health.Alert {
	m.mu.Lock()
	defer m.mu.Unlock()
	var chosen []health.Alert
	for _, a := range m.book.Active() {
		if a.State == health.Pending && (c.Service == "" || c.Service == a.Service) && (c.Rule == "" || c.Rule == a.Rule) &&
			(c.State == "" || c.State == string(a.State)) {
			chosen = append(chosen, a)
		}
	}
	return chosen
}

func alertView(a health.Alert) healthmonitoring.Alert {
	return healthmonitoring.Alert{
		ID: a.ID.String(), Rule: a.Rule, Service: a.Service, Severity: string(a.Severity), State: string(a.State), Summary: a.Summary, Error: a.Error,
		Value: a.Value, Threshold: a.Threshold, Because: append([]string{}, a.Because...), Explains: append([]string{}, a.Explains...), Notified: a.Told,
		StartedAt: a.StartedAt, FiredAt: usecase.TimeOrNil(a.FiredAt), ResolvedAt: usecase.TimeOrNil(a.ResolvedAt),
	}
}

func (m *Monitor) listAlertRules(context.Context, healthmonitoring.ListAlertRules) (healthmonitoring.AlertRules, error) {
	list := healthmonitoring.AlertRules{Rules: []healthmonitoring.AlertRule{}, Total: len(m.Rules), Prometheus: ruleFile(m.Rules)}
	for _, r := range m.Rules {
		list.Rules = append(list.Rules, healthmonitoring.AlertRule{
			Name: r.Name, Signal: string(r.Signal), Threshold: r.Threshold, ForSeconds: r.For.Seconds(), HoldSeconds: r.Hold.Seconds(),
			Severity: string(r.Severity), Summary: r.Summary, Expression: expression(r),
		})
	}
	return list, nil
}

// expression is the condition of a rule in the language of Prometheus.
func expression(r health.Rule) string {
	threshold := strconv.FormatFloat(r.Threshold, 'g', -1, 64)
	ratio := func(statuses string) string {
		return `sum by (service) (rate(http_requests_total{status=~"` + statuses + `"}[1m])) / sum by (service) (rate(http_requests_total[1m])) > ` + threshold
	}
	switch r.Signal {
	case health.Unavailable:
		return "service_up == 0"
	case health.ErrorRatio:
		return ratio("[45]..")
	case health.ServerErrorRatio:
		return ratio("5..")
	case health.LatencyP95:
		return "histogram_quantile(0.95, sum by (service, le) (rate(http_request_duration_seconds_bucket[1m]))) > " + threshold
	case health.LatencyDeviation:
		return "service_latency_deviation > " + threshold
	case health.QueueLength:
		return "max by (service) (queue_length) > " + threshold
	case health.MemoryPercent:
		return "memory_usage_percent > " + threshold
	case health.DiskPercent:
		return "disk_usage_percent > " + threshold
	case health.CPUPercent:
		return "cpu_usage_percent > " + threshold
	case health.DatabaseConnections:
		return "max by (service) (db_connections_active) > " + threshold
	case health.CertificateDays:
		return "service_certificate_days < " + strconv.FormatFloat(-r.Threshold, 'g', -1, 64)
	}
	return ""
}

// ruleFile writes rules as Prometheus reads them. A quoted text of Go is one of YAML.
func ruleFile(rules []health.Rule) string {
	text := "groups:\n- name: docsteward\n  rules:\n"
	for _, r := range rules {
		text += "  - alert: " + r.Name + "\n    expr: " + strconv.Quote(expression(r)) + "\n"
		if r.For > 0 {
			text += "    for: " + duration(r.For) + "\n"
		}
		if r.Hold > 0 {
			text += "    keep_firing_for: " + duration(r.Hold) + "\n"
		}
		text += "    labels:\n      severity: " + string(r.Severity) + "\n    annotations:\n      summary: " + strconv.Quote(r.Summary) + "\n"
	}
	return text
}

func duration(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) + "s" }
