package healthmonitoring

import (
	"context"
	"errors"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/incident"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/usecase"
)

// byHand is the rule of incidents that people open.
const byHand = "opened by hand"

// author is who calls.
func author(ctx context.Context) string {
	if user := usecase.MetaOf(ctx).Caller.User; user != "" {
		return user
	}
	return "anonymous"
}

// open stores a new incident and the event that tells of it.
func (m *Monitor) open(ctx context.Context, o incident.Opening, now time.Time) error {
	id, err := incident.ParseID(m.IDs.New())
	if err != nil {
		return err
	}
	o.ID = id
	i := incident.OpenIncident(o, now)
	if err := m.Incidents.Add(ctx, i); err != nil {
		return err
	}
	return m.Outbox.Append(ctx, m.incidentEvent(ctx, i, EventIncidentOpened, now))
}

func (m *Monitor) incidentEvent(ctx context.Context, i incident.Incident, name string, now time.Time) domain.Event {
	return m.event(ctx, now, name, "incident", i.ID.String(), i.Revision, map[string]any{
		"incident": i.ID.String(), "service": i.Service, "rule": i.Rule, "alert": i.Alert, "severity": i.Severity, "title": i.Title,
		"status": i.Status, "level": i.Level, "team": incident.Team(i.Level),
	})
}

// change stores a changed incident, with the event that tells of it where there is
// one.
func (m *Monitor) change(ctx context.Context, i incident.Incident, event string, now time.Time) error {
	if err := m.Incidents.Update(ctx, i); err != nil || event == "" {
		return err
	}
	return m.Outbox.Append(ctx, m.incidentEvent(ctx, i, event, now))
}

func (m *Monitor) incident(ctx context.Context, text string) (incident.Incident, error) {
	id, err := incident.ParseID(text)
	if err != nil {
		return incident.Incident{}, err
	}
	i, err := m.Incidents.Get(ctx, id)
	if errors.Is(err, domain.NotFound) {
		err = domain.NotFound.Wrap(err, "Incident not found: "+text+". List them with GET /api/v1/health/incidents.").
			WithDetail("resource_type", "incident").WithDetail("resource_id", text)
	}
	return i, err
}

// attempts is how often a change is repeated when another came first.
const attempts = 4

// edit reads an incident, changes it and stores it; again when another change came
// first.
func (m *Monitor) edit(ctx context.Context, text, event string, change func(i *incident.Incident, author string, now time.Time) error) (healthmonitoring.Incident, error) {
	for n := 1; ; n++ {
		i, err := m.incident(ctx, text)
		if err != nil {
			return healthmonitoring.Incident{}, err
		}
		now, stored := m.now(), i.Revision
		if err := change(&i, author(ctx), now); err != nil {
			return healthmonitoring.Incident{}, err
		}
		i.Revision = stored + 1 // however much it changed, it is stored once
		err = m.Unit.Within(ctx, func(ctx context.Context) error { return m.change(ctx, i, event, now) })
		if err == nil {
			return incidentView(i), nil
		}
		if n == attempts || !errors.Is(err, domain.Conflict) {
			return healthmonitoring.Incident{}, err
		}
	}
}

func (m *Monitor) listIncidents(ctx context.Context, c healthmonitoring.ListIncidents) (healthmonitoring.IncidentList, error) {
	found, err := m.Incidents.Find(ctx, healthmonitoring.IncidentFilter{Service: c.Service, Status: incident.Status(c.Status)}, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	if err != nil {
		return healthmonitoring.IncidentList{}, err
	}
	page := domain.MapPage(found, incidentView)
	return healthmonitoring.IncidentList{Items: page.Items, Total: page.Total, Limit: page.Limit, Offset: page.Offset, HasMore: page.HasMore()}, nil
}

func (m *Monitor) getIncident(ctx context.Context, c healthmonitoring.GetIncident) (healthmonitoring.Incident, error) {
	i, err := m.incident(ctx, c.ID)
	if err != nil {
		return healthmonitoring.Incident{}, err
	}
	return incidentView(i), nil
}

func (m *Monitor) openIncident(ctx context.Context, c healthmonitoring.OpenIncident) (healthmonitoring.Incident, error) {
	w, err := m.find(c.Service)
	if err != nil {
		return healthmonitoring.Incident{}, err
	}
	if w != nil {
		c.Service = w.service.ID
	}
	id, err := incident.ParseID(m.IDs.New())
	if err != nil {
		return healthmonitoring.Incident{}, err
	}
	now := m.now()
	i := incident.OpenIncident(incident.Opening{
		ID: id, Service: c.Service, Rule: byHand, Severity: c.Severity, Title: c.Title, Error: c.Text, Since: now,
	}, now)
	err = m.Unit.Within(ctx, func(ctx context.Context) error {
		if err := m.Incidents.Add(ctx, i); err != nil {
			return err
		}
		return m.Outbox.Append(ctx, m.incidentEvent(ctx, i, EventIncidentOpened, now))
	})
	return incidentView(i), err
}

func (m *Monitor) recordStep(ctx context.Context, c healthmonitoring.RecordStep) (healthmonitoring.Incident, error) {
	return m.edit(ctx, c.ID, "", func(i *incident.Incident, author string, now time.Time) error {
		if c.Skip {
			return i.Skip(c.Level, c.Number, c.Reason, author, now)
		}
		return i.Do(c.Level, c.Number, c.Result, author, now)
	})
}

func (m *Monitor) escalateIncident(ctx context.Context, c healthmonitoring.EscalateIncident) (healthmonitoring.Incident, error) {
	return m.edit(ctx, c.ID, EventIncidentEscalated, func(i *incident.Incident, author string, now time.Time) error {
		return i.Escalate(c.Reason, author, now)
	})
}

func (m *Monitor) updateIncident(ctx context.Context, c healthmonitoring.UpdateIncident) (healthmonitoring.Incident, error) {
	return m.edit(ctx, c.ID, "", func(i *incident.Incident, author string, now time.Time) error { return i.Note(c.Text, author, now) })
}

func (m *Monitor) resolveIncident(ctx context.Context, c healthmonitoring.ResolveIncident) (healthmonitoring.Incident, error) {
	return m.edit(ctx, c.ID, EventIncidentResolved, func(i *incident.Incident, author string, now time.Time) error {
		return i.Resolve(c.Resolution, author, now)
	})
}

func (m *Monitor) closeIncident(ctx context.Context, c healthmonitoring.CloseIncident) (healthmonitoring.Incident, error) {
	return m.edit(ctx, c.ID, EventIncidentClosed, func(i *incident.Incident, author string, now time.Time) error {
		return i.Close(incident.Review{Impact: c.Impact, RootCause: c.RootCause, Resolution: c.Resolution, Prevention: c.Prevention}, author, now)
	})
}

func incidentView(i incident.Incident) healthmonitoring.Incident {
	view := healthmonitoring.Incident{
		ID: i.ID.String(), Title: i.Title, Service: i.Service, Rule: i.Rule, AlertID: i.Alert, Severity: i.Severity, Status: string(i.Status),
		Level: i.Level, Team: incident.Team(i.Level), Affected: append([]string{}, i.Affected...), Steps: []healthmonitoring.IncidentStep{},
		Timeline: []healthmonitoring.TimelineEntry{}, OpenedAt: i.OpenedAt, ResolvedAt: usecase.TimeOrNil(i.ResolvedAt), ClosedAt: usecase.TimeOrNil(i.ClosedAt),
	}
	for _, s := range i.Steps {
		view.Steps = append(view.Steps, healthmonitoring.IncidentStep{
			Level: s.Level, Number: s.Number, Title: s.Title, Automatic: s.Check != "", State: string(s.State), Result: s.Result, Author: s.Author, At: usecase.TimeOrNil(s.At),
		})
	}
	for _, e := range i.Timeline {
		view.Timeline = append(view.Timeline, healthmonitoring.TimelineEntry(e))
	}
	if i.Status != incident.Investigating {
		review := healthmonitoring.IncidentReview(i.Review)
		view.Review = &review
	}
	return view
}
