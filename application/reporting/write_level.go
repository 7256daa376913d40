package reporting

import (
	"maps"
	"slices"
	"time"

	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/reporting"
)

// serviceLevelReport holds the services to objectives: availability is the share of
// the period without an incident of the service, speed is the 95th percentile since
// each service started.
func serviceLevelReport(d *draft) error {
	d.Title, d.Description = "Service level", "Availability and speed of the services, held to objectives."
	metrics, source, err := ask(d, d.service.GetSystemMetrics, healthmonitoring.GetSystemMetrics{})
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(metrics.Services))
	if err := availabilitySection(d, names); err != nil {
		return err
	}
	s := d.section("Speed and errors")
	t := reporting.Table{Title: "Speed and errors since each service started", Columns: []string{"Service", "Requests", "Server errors", "p50 ms", "p95 ms", "p99 ms", "Objective"}, Source: source}
	c := reporting.Chart{Title: "95th percentile of answers", Unit: "ms", Source: source}
	met := 0
	for _, name := range names {
		m := metrics.Services[name]
		if m.RequestCount == 0 {
			continue
		}
		verdict := "missed"
		if m.P95MS <= d.number("p95_ms") {
			verdict = "met"
			met++
		}
		t.Rows = append(t.Rows, []reporting.Cell{
			reporting.Text(name), reporting.Number(float64(m.RequestCount)), reporting.Number(float64(m.ServerErrorCount)),
			reporting.Number(m.P50MS), reporting.Number(m.P95MS), reporting.Number(m.P99MS), reporting.Text(verdict),
		})
		c.Points = append(c.Points, reporting.Point{Label: name, Value: m.P95MS})
	}
	if len(t.Rows) == 0 {
		noData(s, "no service has told of requests yet.")
		return nil
	}
	figure(s, "Objective for the 95th percentile", d.number("p95_ms"), "ms", source)
	figure(s, "Services that meet it", float64(met), "", source)
	d.chart(s, c)
	table(s, t)
	return nil
}

func availabilitySection(d *draft, names []string) error {
	incidents, source, err := incidentsOf(d, "")
	if err != nil {
		return err
	}
	down := make(map[string]time.Duration)
	for _, i := range incidents {
		down[i.Service] += d.period.Overlap(i.OpenedAt, timeOf(i.ResolvedAt))
		if !slices.Contains(names, i.Service) {
			names = append(names, i.Service)
		}
	}
	s := d.section("Availability")
	if len(names) == 0 {
		noData(s, "no service is watched.")
		return nil
	}
	t := reporting.Table{Title: "Availability by incidents", Columns: []string{"Service", "Minutes down", "Availability %", "Objective"}, Source: source}
	met := 0
	for _, name := range names {
		available := 100 * (1 - min(1, float64(down[name])/float64(d.period.Length())))
		verdict := "missed"
		if available >= d.number("availability") {
			verdict = "met"
			met++
		}
		t.Rows = append(t.Rows, []reporting.Cell{
			reporting.Text(name), reporting.Number(down[name].Minutes()), reporting.Number(available), reporting.Text(verdict),
		})
	}
	figure(s, "Objective for availability", d.number("availability"), "%", source)
	figure(s, "Services that meet it", float64(met), "", source)
	figure(s, "Services", float64(len(names)), "", source)
	table(s, t)
	return nil
}
