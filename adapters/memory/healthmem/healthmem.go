// Package healthmem keeps alerts and incidents in memory, for tests and for programs
// that keep nothing.
package healthmem

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/domain/incident"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
)

var (
	_ healthmonitoring.Alerts    = (*Alerts)(nil)
	_ healthmonitoring.Incidents = (*Incidents)(nil)
)

// Alerts keeps what fires and fired.
type Alerts struct {
	db   *memkit.DB
	rows *memkit.Table[string, health.Alert]
}

// NewAlerts returns no alerts in db.
func NewAlerts(db *memkit.DB) *Alerts {
	return &Alerts{db, memkit.NewTable[string](db, func(a health.Alert) health.Alert {
		a.Because, a.Explains = slices.Clone(a.Because), slices.Clone(a.Explains)
		return a
	})}
}

func stale(what string, revision int) error {
	return domain.Conflict.New("The "+what+" was changed since it was read; read it again.").WithDetail("revision", revision)
}

// Save implements healthmonitoring.Alerts.
func (s *Alerts) Save(ctx context.Context, a health.Alert) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		if a.Revision > 1 {
			return s.rows.Update(ctx, a.ID.String(), "alert", func(stored health.Alert) (health.Alert, error) {
				if stored.Revision != a.Revision-1 {
					return a, stale("alert", stored.Revision)
				}
				return a, nil
			})
		}
		others, err := s.rows.Select(ctx, func(o health.Alert) bool {
			return o.Rule == a.Rule && o.Service == a.Service && o.State != health.Resolved
		})
		if err != nil {
			return err
		}
		if len(others) > 0 {
			return domain.Conflict.New("The service has an alert of the rule already.")
		}
		return s.rows.Insert(ctx, a.ID.String(), a, "alert")
	})
}

// Active implements healthmonitoring.Alerts.
func (s *Alerts) Active(ctx context.Context) ([]health.Alert, error) {
	rows, err := s.rows.Select(ctx, func(a health.Alert) bool { return a.State != health.Resolved })
	slices.SortFunc(rows, func(a, b health.Alert) int {
		return cmp.Or(strings.Compare(a.Rule, b.Rule), strings.Compare(a.Service, b.Service))
	})
	return rows, err
}

// Find implements healthmonitoring.Alerts.
func (s *Alerts) Find(ctx context.Context, f healthmonitoring.AlertFilter, page domain.PageRequest) (domain.Page[health.Alert], error) {
	rows, err := s.rows.Select(ctx, func(a health.Alert) bool {
		return is(f.Service, a.Service) && is(f.Rule, a.Rule) && is(f.State, a.State)
	})
	slices.SortFunc(rows, func(a, b health.Alert) int {
		return cmp.Or(b.StartedAt.Compare(a.StartedAt), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return memkit.PageOf(rows, page), err
}

func is[S ~string](wanted, given S) bool { return wanted == "" || wanted == given }

// Incidents keeps incidents.
type Incidents struct {
	db   *memkit.DB
	rows *memkit.Table[string, incident.Incident]
}

// NewIncidents returns no incidents in db.
func NewIncidents(db *memkit.DB) *Incidents {
	return &Incidents{db, memkit.NewTable[string](db, func(i incident.Incident) incident.Incident {
		i.Affected, i.Steps, i.Timeline = slices.Clone(i.Affected), slices.Clone(i.Steps), slices.Clone(i.Timeline)
		return i
	})}
}

// Add implements healthmonitoring.Incidents.
func (s *Incidents) Add(ctx context.Context, i incident.Incident) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		others, err := s.rows.Select(ctx, func(o incident.Incident) bool { return i.Alert != "" && o.Alert == i.Alert })
		if err != nil {
			return err
		}
		if len(others) > 0 {
			return domain.Conflict.New("The alert has an incident already.")
		}
		return s.rows.Insert(ctx, i.ID.String(), i, "incident")
	})
}

// Update implements healthmonitoring.Incidents.
func (s *Incidents) Update(ctx context.Context, i incident.Incident) error {
	return s.rows.Update(ctx, i.ID.String(), "incident", func(stored incident.Incident) (incident.Incident, error) {
		if stored.Revision != i.Revision-1 {
			return i, stale("incident", stored.Revision)
		}
		return i, nil
	})
}

// Get implements healthmonitoring.Incidents.
func (s *Incidents) Get(ctx context.Context, id incident.ID) (incident.Incident, error) {
	i, ok, err := s.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such incident.")
	}
	return i, err
}

// Find implements healthmonitoring.Incidents.
func (s *Incidents) Find(ctx context.Context, f healthmonitoring.IncidentFilter, page domain.PageRequest) (domain.Page[incident.Incident], error) {
	rows, err := s.rows.Select(ctx, func(i incident.Incident) bool {
		return is(f.Service, i.Service) && is(f.Alert, i.Alert) && is(f.Status, i.Status)
	})
	slices.SortFunc(rows, func(a, b incident.Incident) int {
		return cmp.Or(b.OpenedAt.Compare(a.OpenedAt), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return memkit.PageOf(rows, page), err
}
