package healthmonitoring

import (
	"context"
	"errors"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/domain/incident"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
)

// Names of the events.
const (
	// EventStatusChanged tells that a service is not as it was: service, from, to, error.
	EventStatusChanged = "health.status_changed"
	// EventAlertFiring and EventAlertResolved tell of alerts, once each.
	EventAlertFiring   = "alert.firing"
	EventAlertResolved = "alert.resolved"
	// EventIncidentOpened and the following tell how far an incident is.
	EventIncidentOpened    = "incident.opened"
	EventIncidentEscalated = "incident.escalated"
	EventIncidentResolved  = "incident.resolved"
	EventIncidentClosed    = "incident.closed"
)

// mostQueued bounds what waits for a store that is away. Beyond it, changes of status
// are forgotten; alerts never are, since each service has few.
const mostQueued = 1000

// item is something that is to be stored: an alert, of which somebody is told or not,
// or an event alone.
type item struct {
	alert *health.Alert
	tell  bool
	event *domain.Event
}

func (m *Monitor) newAlertID() health.AlertID { return domain.StoredID[health.Alert](m.IDs.New()) }

// load reads the alerts that are active, at first and after another process changed
// them. Until that succeeds there are no alerts.
func (m *Monitor) load(ctx context.Context) {
	m.mu.Lock()
	loaded := m.loaded
	m.mu.Unlock()
	if loaded {
		return
	}
	active, err := m.Alerts.Active(ctx)
	if err != nil {
		m.Logger.ErrorContext(ctx, "the alerts cannot be read; none is raised", "error", err)
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.book.Active() {
		if a.State == health.Pending {
			active = append(active, a) // what is stored counts more, being first
		}
	}
	m.book, m.loaded = health.NewBook(m.Rules, first(active)), true
}

// first leaves out alerts of which the same service has one of the same rule before.
func first(alerts []health.Alert) []health.Alert {
	var kept []health.Alert
	seen := make(map[[2]string]bool)
	for _, a := range alerts {
		if k := [2]string{a.Rule, a.Service}; !seen[k] {
			seen[k] = true
			kept = append(kept, a)
		}
	}
	return kept
}

// enqueue takes what happened to alerts, with the events that tell of it.
func (m *Monitor) enqueue(ctx context.Context, now time.Time, c health.Change) {
	told := make(map[health.AlertID]bool)
	for _, n := range c.Notices {
		told[n.Alert.ID] = true
	}
	for _, a := range c.Alerts {
		it := item{alert: &a, tell: told[a.ID]}
		if it.tell {
			name, log := EventAlertFiring, m.Logger.ErrorContext
			if a.State == health.Resolved {
				name, log = EventAlertResolved, m.Logger.InfoContext
			}
			log(ctx, "alert "+string(a.State), "rule", a.Rule, "target", a.Service, "severity", a.Severity, "value", a.Value, "threshold", a.Threshold, "explains", a.Explains)
			event := m.event(ctx, now, name, "alert", a.ID.String(), a.Revision, map[string]any{
				"alert": a.ID.String(), "rule": a.Rule, "service": a.Service, "severity": a.Severity, "state": a.State, "summary": a.Summary,
				"error": a.Error, "value": a.Value, "threshold": a.Threshold, "explains": a.Explains, "started_at": a.StartedAt,
			})
			it.event = &event
		}
		m.queue = append(m.queue, it)
	}
}

func (m *Monitor) queueEvent(e domain.Event) {
	if len(m.queue) < mostQueued {
		m.queue = append(m.queue, item{event: &e})
	}
}

// flush stores what is queued, in order. What cannot be stored now waits; an alert
// that another process changed meanwhile is dropped, and all are read again.
func (m *Monitor) flush(ctx context.Context) {
	for {
		m.mu.Lock()
		if len(m.queue) == 0 {
			m.mu.Unlock()
			return
		}
		it := m.queue[0]
		m.mu.Unlock()
		overtaken, err := m.store(ctx, it)
		m.mu.Lock()
		if overtaken {
			m.loaded = false
		} else if err != nil {
			waiting := len(m.queue)
			m.mu.Unlock()
			m.Logger.ErrorContext(ctx, "what was found cannot be stored and waits", "error", err, "waiting", waiting)
			return
		}
		m.queue = m.queue[1:]
		m.mu.Unlock()
	}
}

// store stores an item, and opens or resolves the incident that comes with it.
func (m *Monitor) store(ctx context.Context, it item) (overtaken bool, err error) {
	err = m.Unit.Within(ctx, func(ctx context.Context) error {
		if it.alert != nil {
			if err := m.Alerts.Save(ctx, *it.alert); err != nil {
				overtaken = errors.Is(err, domain.Conflict) || errors.Is(err, domain.NotFound)
				return err
			}
			if it.tell {
				if err := m.follow(ctx, *it.alert); err != nil {
					return err
				}
			}
		}
		if it.event != nil {
			return m.Outbox.Append(ctx, *it.event)
		}
		return nil
	})
	return overtaken, err
}

// follow opens an incident for a critical alert that fires, and resolves that of an
// alert that is over.
func (m *Monitor) follow(ctx context.Context, a health.Alert) error {
	now := m.now()
	if a.State == health.Firing {
		if a.Severity != health.Critical {
			return nil
		}
		return m.open(ctx, incident.Opening{
			Service: a.Service, Rule: a.Rule, Alert: a.ID.String(), Severity: string(a.Severity), Title: a.Service + ": " + a.Summary,
			Error: a.Error, Affected: a.Explains, Since: a.StartedAt,
		}, now)
	}
	found, err := m.Incidents.Find(ctx, healthmonitoring.IncidentFilter{Alert: a.ID.String(), Status: incident.Investigating}, domain.PageRequest{Limit: 1})
	if err != nil || len(found.Items) == 0 {
		return err
	}
	i := found.Items[0]
	if err := i.Resolve("The rule "+a.Rule+" is kept again.", incident.System, now); err != nil {
		return err
	}
	return m.change(ctx, i, EventIncidentResolved, now)
}
