// Package reporting makes reports of what the other services tell, keeps them, makes
// them again by schedules, and brings them to their readers.
package reporting

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/reporting"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Events of reporting.
const (
	// EventGenerated tells that a report was made.
	EventGenerated = "report.generated"
	// EventFailed tells that a report could not be made.
	EventFailed = "report.failed"
	// EventDeleted tells that a report was erased.
	EventDeleted = "report.deleted"
)

// Deps are what the use cases stand on.
type Deps struct {
	Reports    reporting.Reports
	Schedules  reporting.Schedules
	Deliveries reporting.Deliveries
	Printer    reporting.Printer
	Calendar   reporting.Calendar
	Courier    reporting.Courier
	Outbox     outbox.Outbox
	Unit       tx.Unit
	Clock      clock.Clock
	IDs        ids.Generator
	Logger     *slog.Logger
	// Random returns numbers in [0, 1) that spread attempts.
	Random func() float64
	// Link returns the query that a command asks, and the permission that it needs.
	Link func(command any) (reporting.Query, string, error)
	// May fails with Forbidden or Unauthenticated unless the caller holds the
	// permission.
	May func(caller usecase.Caller, permission string) error
	// Known returns the user with the roles that they hold now; Forbidden when they
	// hold none any more.
	Known func(user string) (usecase.Caller, error)
	// Keep is how long reports are kept.
	Keep time.Duration
	Sources
}

// Sources are the use cases of other services that reports are made of.
type Sources struct {
	ListServiceHealth usecase.UseCase[healthmonitoring.ListServiceHealth, healthmonitoring.ServiceHealthMap]
	ListAlerts        usecase.UseCase[healthmonitoring.ListAlerts, healthmonitoring.AlertList]
	ListIncidents     usecase.UseCase[healthmonitoring.ListIncidents, healthmonitoring.IncidentList]
	GetIncident       usecase.UseCase[healthmonitoring.GetIncident, healthmonitoring.Incident]
	GetSystemMetrics  usecase.UseCase[healthmonitoring.GetSystemMetrics, healthmonitoring.SystemMetrics]

	GetQuality          usecase.UseCase[docstore.GetQuality, docstore.QualityReport]
	GetQualityTips      usecase.UseCase[docstore.GetQualityTips, docstore.QualityTips]
	ListQualityHistory  usecase.UseCase[docstore.ListQualityHistory, docstore.QualityHistory]
	GetAnalyticsSummary usecase.UseCase[docstore.GetAnalyticsSummary, docstore.AnalyticsSummary]

	GetDrift   usecase.UseCase[analysis.GetDrift, analysis.Drift]
	ListClaims usecase.UseCase[analysis.ListClaims, analysis.ClaimList]

	GetStatistics usecase.UseCase[workflows.GetStatistics, workflows.Statistics]
	ListActivity  usecase.UseCase[workflows.ListActivity, workflows.ActivityList]
	GetQueryStats usecase.UseCase[queryprocessing.GetStats, queryprocessing.Stats]
}

type service struct {
	Deps
	templates []reporting.Template
}

// Fill makes the use cases of this package the implementation of the menu.
func Fill(menu *reporting.UseCases, deps Deps) {
	s := &service{Deps: deps, templates: Templates()}
	menu.Generate.Handle(usecase.Func[reporting.Generate, reporting.Report](s.generate))
	menu.GetReport.HandleFunc(s.getReport)
	menu.ListReports.HandleFunc(s.listReports)
	menu.DeleteReport.HandleFunc(s.deleteReport)
	menu.DownloadReport.HandleFunc(s.downloadReport)
	menu.ListTypes.HandleFunc(s.listTypes)
	menu.ListTemplates.HandleFunc(s.listTemplates)
	menu.GetTemplate.HandleFunc(s.getTemplate)
	menu.GetStats.HandleFunc(s.getStats)
	menu.CreateSchedule.HandleFunc(s.createSchedule)
	menu.ListSchedules.HandleFunc(s.listSchedules)
	menu.GetSchedule.HandleFunc(s.getSchedule)
	menu.UpdateSchedule.HandleFunc(s.updateSchedule)
	menu.DeleteSchedule.HandleFunc(s.deleteSchedule)
	menu.RunSchedule.HandleFunc(s.runSchedule)
	menu.ListDeliveries.HandleFunc(s.listDeliveries)
	menu.RetryDelivery.HandleFunc(s.retryDelivery)
}

// now is the present instant as it is stored.
func (s *service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Microsecond) }

// owner is who calls.
func owner(ctx context.Context) string { return usecase.MetaOf(ctx).Caller.User }

// tell appends an event of a report.
func (s *service) tell(ctx context.Context, name string, r report.Report) error {
	body, err := json.Marshal(map[string]any{
		"report_id": r.ID.String(), "report_type": r.Kind, "format": r.Format, "status": r.Status, "schedule_id": r.Schedule, "failure": r.Failure.Message,
	})
	if err != nil {
		return domain.Internal.Wrap(err, "The event cannot be written as JSON.")
	}
	version := 1
	if name == EventDeleted {
		version = 2
	}
	return s.Outbox.Append(ctx, domain.Event{
		ID: s.IDs.New(), Name: name, Aggregate: "report", AggregateID: r.ID.String(), Version: version, At: s.now(),
		Correlation: usecase.MetaOf(ctx).Correlation, Payload: body,
	})
}
