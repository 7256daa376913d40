package healthmonitoring

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/incident"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
)

// Investigate carries out the steps of open incidents that a machine can do, each
// once. It goes on past an incident that it cannot help, and returns all faults.
func (m *Monitor) Investigate(ctx context.Context) error {
	open, err := m.Incidents.Find(ctx, healthmonitoring.IncidentFilter{Status: incident.Investigating}, domain.PageRequest{Limit: domain.MaxLimit})
	if err != nil {
		return err
	}
	var faults []error
	for _, i := range open.Items {
		waiting := slices.ContainsFunc(i.OpenSteps(), func(s incident.Step) bool { return s.Check != "" && s.Result == "" })
		if !waiting {
			continue
		}
		if _, err := m.carryOut(ctx, i); err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

func (m *Monitor) runSteps(ctx context.Context, c healthmonitoring.RunSteps) (healthmonitoring.Incident, error) {
	i, err := m.incident(ctx, c.ID)
	if err != nil {
		return healthmonitoring.Incident{}, err
	}
	return m.carryOut(ctx, i)
}

// carryOut does the open steps of an incident that a machine can do.
func (m *Monitor) carryOut(ctx context.Context, i incident.Incident) (healthmonitoring.Incident, error) {
	type finding struct {
		step  incident.Step
		text  string
		found bool
	}
	var findings []finding
	for _, s := range i.OpenSteps() {
		if s.Check != "" {
			text, found := m.lookInto(ctx, s.Check, i.Service)
			findings = append(findings, finding{s, text, found})
		}
	}
	if len(findings) == 0 {
		return incidentView(i), nil
	}
	return m.edit(ctx, i.ID.String(), "", func(i *incident.Incident, _ string, now time.Time) error {
		for _, f := range findings {
			record := i.Tried(f.step.Level, f.step.Number, f.text, now)
			if f.found {
				record = i.Do(f.step.Level, f.step.Number, f.text, incident.System, now)
			}
			if record != nil {
				return record
			}
		}
		return nil
	})
}

// lookInto finds something out about a service, or says why it cannot.
func (m *Monitor) lookInto(ctx context.Context, check incident.Check, id string) (text string, found bool) {
	w := m.watched[id]
	if w == nil {
		return "The service is not watched here.", false
	}
	s := w.service
	switch check {
	case incident.CheckHealth:
		r := m.ask(ctx, s)
		return fmt.Sprintf("%s. %s (after %.0f ms)", r.Status, r.Message, milliseconds(r.Took)), true
	case incident.CheckConfiguration:
		return m.lookIntoConfiguration(ctx, s)
	case incident.CheckDependencies:
		return m.lookIntoDependencies(w), true
	case incident.CheckStores:
		return stores(m.Own(ctx)), true
	case incident.CheckNetwork:
		return m.lookIntoNetwork(ctx, s)
	case incident.CheckResources, incident.CheckErrors:
		return m.lookIntoMetrics(check, w)
	}
	return "Nobody knows how to do this by machine.", false
}

func (m *Monitor) lookIntoConfiguration(ctx context.Context, s Service) (string, bool) {
	settings := m.Settings()
	if s.Health != "" {
		ctx, cancel := context.WithTimeout(ctx, m.Timeout)
		defer cancel()
		var body struct{ Values []healthmonitoring.Setting }
		answer := m.Prober.Probe(ctx, s.Configuration)
		if answer.Error != "" || answer.Code != 200 || json.Unmarshal(answer.Body, &body) != nil {
			return fmt.Sprintf("The configuration cannot be read: %s (status %d).", answer.Error, answer.Code), false
		}
		settings = body.Values
	}
	var set []string
	for _, v := range settings {
		if v.Source != "default" {
			set = append(set, v.Name+"="+v.Value)
		}
	}
	return fmt.Sprintf("%d values are in effect; not the default are: %s.", len(settings), orNone(set)), true
}

func orNone(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, ", ")
}

func (m *Monitor) lookIntoDependencies(w *watched) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var said []string
	for _, id := range m.graph()[w.service.ID] {
		said = append(said, id+" is "+string(m.watched[id].last.Status))
	}
	for _, name := range slices.Sorted(maps.Keys(w.last.Dependencies)) {
		if m.watched[name] == nil {
			said = append(said, "its "+name+" is "+string(w.last.Dependencies[name]))
		}
	}
	if len(said) == 0 {
		return "It needs no other service that is watched."
	}
	return strings.Join(said, "; ") + "."
}

func stores(faults map[string]error) string {
	var said []string
	for _, name := range slices.Sorted(maps.Keys(faults)) {
		if err := faults[name]; err != nil {
			said = append(said, name+" fails: "+domain.FaultOf(err).Message)
		} else {
			said = append(said, name+" answers")
		}
	}
	return "Of the orchestrator: " + orNone(said) + "."
}

func (m *Monitor) lookIntoNetwork(ctx context.Context, s Service) (string, bool) {
	u, err := url.Parse(s.Health)
	if s.Health == "" || err != nil {
		return "The service runs in this process.", true
	}
	ctx, cancel := context.WithTimeout(ctx, m.Timeout)
	defer cancel()
	host := u.Host
	if u.Port() == "" {
		host += map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
	}
	answer := m.Prober.Probe(ctx, "tcp://"+host)
	if answer.Error != "" {
		return "No connection to " + host + ": " + answer.Error, true
	}
	return fmt.Sprintf("%s takes connections (after %.0f ms).", host, milliseconds(answer.Took)), true
}

func (m *Monitor) lookIntoMetrics(check incident.Check, w *watched) (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now, before, read := w.reading()
	if !read {
		return "There are no metrics: " + w.problem, false
	}
	if check == incident.CheckResources {
		queue := known(now.LongestQueue())
		return fmt.Sprintf("At %s: processor %.0f %%, memory %.0f %%, disk %.0f %%, longest queue %.0f, database connections %.0f.", now.At.Format(time.TimeOnly),
			known(now.CPUPercent), known(now.MemoryPercent), known(now.DiskPercent), queue, known(now.DatabaseConnections)), true
	}
	since := now.Since(before)
	var routes []string
	for _, name := range slices.Sorted(maps.Keys(now.Routes)) {
		if r := now.Routes[name]; r.ServerErrors+r.ClientErrors > 0 {
			routes = append(routes, fmt.Sprintf("%s (%.0f of 4xx, %.0f of 5xx)", name, r.ClientErrors, r.ServerErrors))
		}
	}
	return fmt.Sprintf("Of the last %.0f requests %.0f failed. Errors since the start: %s.", since.Requests, since.ClientErrors+since.ServerErrors, orNone(routes)), true
}
