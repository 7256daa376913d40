package healthsql

import (
	"context"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
)

// Alerts keeps what fires and fired.
type Alerts struct{ db *sqlkit.DB }

// NewAlerts returns the alerts in an open database that has the Migrations.
func NewAlerts(db *sqlkit.DB) *Alerts { return &Alerts{db} }

// alertRow is an alert; Version is its revision.
type alertRow struct {
	ID        string `gorm:"primaryKey"`
	Rule      string
	Service   string
	Severity  string
	Summary   string
	State     string
	Value     float64
	Threshold float64
	Because   []string `gorm:"serializer:json"`
	Explains  []string `gorm:"serializer:json"`
	Told      bool
	Error     string
	Started   sqlkit.Instant
	Fired     sqlkit.Instant
	Last      sqlkit.Instant
	Resolved  sqlkit.Instant
	Alone     sqlkit.Instant
	Version   int
}

func (alertRow) TableName() string { return "alerts" }

func alertRowOf(a health.Alert) alertRow {
	return alertRow{
		ID: a.ID.String(), Rule: a.Rule, Service: a.Service, Severity: string(a.Severity), Summary: a.Summary, State: string(a.State),
		Value: a.Value, Threshold: a.Threshold, Because: a.Because, Explains: a.Explains, Told: a.Told, Error: a.Error,
		Started: sqlkit.InstantOf(a.StartedAt), Fired: sqlkit.InstantOf(a.FiredAt), Last: sqlkit.InstantOf(a.LastAt),
		Resolved: sqlkit.InstantOf(a.ResolvedAt), Alone: sqlkit.InstantOf(a.AloneSince), Version: a.Revision,
	}
}

func (r alertRow) alert() health.Alert {
	return health.Alert{
		ID: domain.StoredID[health.Alert](r.ID), Rule: r.Rule, Service: r.Service, Severity: health.Severity(r.Severity), Summary: r.Summary,
		State: health.AlertState(r.State), Value: r.Value, Threshold: r.Threshold, Because: r.Because, Explains: r.Explains, Told: r.Told, Error: r.Error,
		StartedAt: r.Started.Time(), FiredAt: r.Fired.Time(), LastAt: r.Last.Time(), ResolvedAt: r.Resolved.Time(), AloneSince: r.Alone.Time(), Revision: r.Version,
	}
}

// Save implements healthmonitoring.Alerts.
func (s *Alerts) Save(ctx context.Context, a health.Alert) error {
	row := alertRowOf(a)
	if a.Revision == 1 {
		return sqlkit.Insert(ctx, s.db, &row, "alert")
	}
	return sqlkit.UpdateVersioned(ctx, s.db, &row, a.Revision-1, "alert")
}

// Active implements healthmonitoring.Alerts.
func (s *Alerts) Active(ctx context.Context) ([]health.Alert, error) {
	rows, err := sqlkit.List[alertRow](ctx, s.db, "alert", sqlkit.Where("state <> 'resolved'"), sqlkit.Order("rule, service"))
	alerts := make([]health.Alert, len(rows))
	for i, r := range rows {
		alerts[i] = r.alert()
	}
	return alerts, err
}

// Find implements healthmonitoring.Alerts.
func (s *Alerts) Find(ctx context.Context, f healthmonitoring.AlertFilter, page domain.PageRequest) (domain.Page[health.Alert], error) {
	rows, err := sqlkit.Page[alertRow](ctx, s.db, "alert", "started DESC, id", page,
		sqlkit.Equal("service", f.Service), sqlkit.Equal("rule", f.Rule), sqlkit.Equal("state", string(f.State)))
	return domain.MapPage(rows, alertRow.alert), err
}
