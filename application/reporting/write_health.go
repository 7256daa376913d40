package reporting

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/reporting"
)

// page is how many rows a source is asked for at once.
const page = 1000

// healthReport tells how the services are, and what alerts and incidents there are.
func healthReport(d *draft) error {
	d.Title, d.Description = "Health", "How the services are, which alerts there were in the period, and which incidents are open."
	if err := servicesSection(d); err != nil {
		return err
	}
	if err := alertsSection(d); err != nil {
		return err
	}
	return openIncidentsSection(d)
}

func servicesSection(d *draft) error {
	all, source, err := ask(d, d.service.ListServiceHealth, healthmonitoring.ListServiceHealth{})
	if err != nil {
		return err
	}
	s := d.section("Services")
	if len(all.Services) == 0 {
		noData(s, "no service is watched.")
		return nil
	}
	t := reporting.Table{Title: "Services", Columns: []string{"Service", "Status", "Critical", "Answer in ms", "Last healthy", "What is wrong", "Because of"}, Source: source}
	c := reporting.Chart{Title: "Answer in ms", Unit: "ms", Source: source}
	healthy := 0
	for _, id := range slices.Sorted(maps.Keys(all.Services)) {
		h := all.Services[id]
		if h.IsHealthy {
			healthy++
		}
		critical := "no"
		if h.Critical {
			critical = "yes"
		}
		t.Rows = append(t.Rows, []reporting.Cell{
			reporting.Text(id), reporting.Text(h.Status), reporting.Text(critical), reporting.Number(h.ResponseTimeMS), when(h.LastSuccess),
			reporting.Text(h.ErrorMessage), reporting.Text(strings.Join(h.Because, ", ")),
		})
		c.Points = append(c.Points, reporting.Point{Label: id, Value: h.ResponseTimeMS})
	}
	figure(s, "Services", float64(len(all.Services)), "", source)
	figure(s, "Healthy", float64(healthy), "", source)
	figure(s, "Healthy share", share(healthy, len(all.Services)), "%", source)
	d.chart(s, c)
	table(s, t)
	return nil
}

func alertsSection(d *draft) error {
	all, source, err := ask(d, d.service.ListAlerts, healthmonitoring.ListAlerts{Limit: page})
	if err != nil {
		return err
	}
	s := d.section("Alerts")
	t := reporting.Table{Title: "Alerts of the period", Columns: []string{"Started (UTC)", "Rule", "Service", "Severity", "State", "What was found", "Resolved (UTC)"}, Source: source}
	counts := make(map[string]int)
	for _, a := range all.Items {
		if d.period.Overlap(a.StartedAt, timeOf(a.ResolvedAt)) == 0 && !d.period.Holds(a.StartedAt) {
			continue
		}
		counts[a.Service]++
		t.Rows = append(t.Rows, []reporting.Cell{
			when(&a.StartedAt), reporting.Text(a.Rule), reporting.Text(a.Service), reporting.Text(a.Severity), reporting.Text(a.State),
			reporting.Text(a.Error), when(a.ResolvedAt),
		})
	}
	if len(t.Rows) == 0 {
		noData(s, "there was no alert in the period.")
		return nil
	}
	figure(s, "Alerts", float64(len(t.Rows)), "", source)
	d.chart(s, countChart("Alerts by service", counts, source))
	table(s, t)
	return nil
}

func openIncidentsSection(d *draft) error {
	all, source, err := ask(d, d.service.ListIncidents, healthmonitoring.ListIncidents{Status: "investigating", Limit: page})
	if err != nil {
		return err
	}
	s := d.section("Open incidents")
	if len(all.Items) == 0 {
		noData(s, "no incident is open.")
		return nil
	}
	figure(s, "Open incidents", float64(all.Total), "", source)
	table(s, incidentTable("Open incidents", all.Items, source))
	return nil
}

// incidentReport tells of the incidents of the period.
func incidentReport(d *draft) error {
	d.Title, d.Description = "Incidents", "The incidents of the period: how many, where, how bad, and how long they lasted."
	all, source, err := incidentsOf(d, d.text("service"))
	if err != nil {
		return err
	}
	s := d.section("Incidents")
	if len(all) == 0 {
		noData(s, "there was no incident in the period.")
		return nil
	}
	services, severities := make(map[string]int), make(map[string]int)
	var lasted time.Duration
	ended := 0
	for _, i := range all {
		services[i.Service]++
		severities[i.Severity]++
		if i.ResolvedAt != nil {
			ended++
			lasted += i.ResolvedAt.Sub(i.OpenedAt)
		}
	}
	figure(s, "Incidents", float64(len(all)), "", source)
	figure(s, "Resolved", float64(ended), "", source)
	if ended > 0 {
		figure(s, "Mean time to resolve", lasted.Minutes()/float64(ended), "min", source)
	}
	d.chart(s, countChart("Incidents by service", services, source))
	d.chart(s, countChart("Incidents by severity", severities, source))
	table(s, incidentTable("Incidents of the period", all, source))
	return nil
}

// incidentsOf returns the incidents that the period has a part of, the last opened
// first.
func incidentsOf(d *draft, service string) ([]healthmonitoring.Incident, reporting.Query, error) {
	all, source, err := ask(d, d.service.ListIncidents, healthmonitoring.ListIncidents{Service: service, Limit: page})
	if err != nil {
		return nil, source, err
	}
	within := slices.DeleteFunc(all.Items, func(i healthmonitoring.Incident) bool {
		return !d.period.Holds(i.OpenedAt) && d.period.Overlap(i.OpenedAt, timeOf(i.ResolvedAt)) == 0
	})
	return within, source, nil
}

func incidentTable(title string, all []healthmonitoring.Incident, source reporting.Query) reporting.Table {
	t := reporting.Table{Title: title, Columns: []string{"Opened (UTC)", "Incident", "Service", "Severity", "Status", "Level", "Resolved (UTC)"}, Source: source}
	for _, i := range all {
		t.Rows = append(t.Rows, []reporting.Cell{
			when(&i.OpenedAt), reporting.Text(i.Title), reporting.Text(i.Service), reporting.Text(i.Severity), reporting.Text(i.Status),
			reporting.Count(i.Level), when(i.ResolvedAt),
		})
	}
	return t
}

// countChart draws counts by name, the greatest first.
func countChart(title string, counts map[string]int, source reporting.Query) reporting.Chart {
	c := reporting.Chart{Title: title, Source: source}
	names := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(names, func(a, b string) int { return counts[b] - counts[a] })
	for _, name := range names {
		label := name
		if label == "" {
			label = "(none)"
		}
		c.Points = append(c.Points, reporting.Point{Label: label, Value: float64(counts[name])})
	}
	return c
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
