package healthsql

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/incident"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
)

// Incidents keeps incidents.
type Incidents struct{ db *sqlkit.DB }

// NewIncidents returns the incidents in an open database that has the Migrations.
func NewIncidents(db *sqlkit.DB) *Incidents { return &Incidents{db} }

// incidentRow is an incident; Version is its revision. An incident without an alert
// has no value there, so that there may be many.
type incidentRow struct {
	ID       string `gorm:"primaryKey"`
	Service  string
	Rule     string
	Alert    *string
	Title    string
	Severity string
	Status   string
	Level    int
	Affected []string  `gorm:"serializer:json"`
	Steps    []step    `gorm:"serializer:json"`
	Timeline []entry   `gorm:"serializer:json"`
	Review   reviewRow `gorm:"serializer:json"`
	Opened   sqlkit.Instant
	Resolved sqlkit.Instant
	Closed   sqlkit.Instant
	Version  int
}

func (incidentRow) TableName() string { return "incidents" }

type step struct {
	Level  int            `json:"level"`
	Number int            `json:"number"`
	Title  string         `json:"title"`
	Check  string         `json:"check,omitempty"`
	State  string         `json:"state"`
	Result string         `json:"result,omitempty"`
	Author string         `json:"author,omitempty"`
	At     sqlkit.Instant `json:"at,omitempty"`
}

type entry struct {
	At     time.Time `json:"at"`
	Author string    `json:"author"`
	Text   string    `json:"text"`
}

type reviewRow struct {
	Impact     string `json:"impact"`
	RootCause  string `json:"root_cause"`
	Resolution string `json:"resolution"`
	Prevention string `json:"prevention"`
}

func incidentRowOf(i incident.Incident) incidentRow {
	row := incidentRow{
		ID: i.ID.String(), Service: i.Service, Rule: i.Rule, Title: i.Title, Severity: i.Severity, Status: string(i.Status), Level: i.Level,
		Affected: i.Affected, Review: reviewRow(i.Review), Opened: sqlkit.InstantOf(i.OpenedAt), Resolved: sqlkit.InstantOf(i.ResolvedAt),
		Closed: sqlkit.InstantOf(i.ClosedAt), Version: i.Revision,
	}
	if i.Alert != "" {
		row.Alert = &i.Alert
	}
	for _, s := range i.Steps {
		row.Steps = append(row.Steps, step{s.Level, s.Number, s.Title, string(s.Check), string(s.State), s.Result, s.Author, sqlkit.InstantOf(s.At)})
	}
	for _, e := range i.Timeline {
		row.Timeline = append(row.Timeline, entry(e))
	}
	return row
}

func (r incidentRow) incident() incident.Incident {
	i := incident.Incident{
		ID: domain.StoredID[incident.Incident](r.ID), Service: r.Service, Rule: r.Rule, Title: r.Title, Severity: r.Severity,
		Status: incident.Status(r.Status), Level: r.Level, Affected: r.Affected, Review: incident.Review(r.Review),
		OpenedAt: r.Opened.Time(), ResolvedAt: r.Resolved.Time(), ClosedAt: r.Closed.Time(), Revision: r.Version,
	}
	if r.Alert != nil {
		i.Alert = *r.Alert
	}
	for _, s := range r.Steps {
		i.Steps = append(i.Steps, incident.Step{
			Level: s.Level, Number: s.Number, Title: s.Title, Check: incident.Check(s.Check), State: incident.StepState(s.State),
			Result: s.Result, Author: s.Author, At: s.At.Time(),
		})
	}
	for _, e := range r.Timeline {
		i.Timeline = append(i.Timeline, incident.Entry(e))
	}
	return i
}

// Add implements healthmonitoring.Incidents.
func (s *Incidents) Add(ctx context.Context, i incident.Incident) error {
	row := incidentRowOf(i)
	return sqlkit.Insert(ctx, s.db, &row, "incident")
}

// Update implements healthmonitoring.Incidents.
func (s *Incidents) Update(ctx context.Context, i incident.Incident) error {
	row := incidentRowOf(i)
	return sqlkit.UpdateVersioned(ctx, s.db, &row, i.Revision-1, "incident")
}

// Get implements healthmonitoring.Incidents.
func (s *Incidents) Get(ctx context.Context, id incident.ID) (incident.Incident, error) {
	row, err := sqlkit.Get[incidentRow](ctx, s.db, "incident", sqlkit.Where("id = ?", id.String()))
	return row.incident(), err
}

// Find implements healthmonitoring.Incidents.
func (s *Incidents) Find(ctx context.Context, f healthmonitoring.IncidentFilter, page domain.PageRequest) (domain.Page[incident.Incident], error) {
	rows, err := sqlkit.Page[incidentRow](ctx, s.db, "incident", "opened DESC, id", page,
		sqlkit.Equal("service", f.Service), sqlkit.Equal("alert", f.Alert), sqlkit.Equal("status", string(f.Status)))
	return domain.MapPage(rows, incidentRow.incident), err
}
