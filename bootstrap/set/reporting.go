package set

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/action/servicecall"
	"github.com/docsteward/docsteward/adapters/cron"
	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/adapters/link"
	"github.com/docsteward/docsteward/adapters/notify/courier"
	"github.com/docsteward/docsteward/adapters/print"
	"github.com/docsteward/docsteward/adapters/sql/reportsql"
	appreporting "github.com/docsteward/docsteward/application/reporting"
	"github.com/docsteward/docsteward/bootstrap/auth"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/catalogue"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/reporting"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/webcall"
	"github.com/docsteward/docsteward/ports/workflows"
)

// reportsKept is how long reports are kept.
const reportsKept = 90 * 24 * time.Hour

// Reporting is reporting on whatever stores it is given.
var Reporting = wire.NewSet(NewReportingDeps, ReportingMenu, appreporting.NewWorker, wire.Struct(new(ReportingStores), "*"))

// ReportingSQL keeps reports in an SQL database.
var ReportingSQL = wire.NewSet(
	reportsql.NewReports, wire.Bind(new(reporting.Reports), new(*reportsql.Reports)),
	reportsql.NewSchedules, wire.Bind(new(reporting.Schedules), new(*reportsql.Schedules)),
	reportsql.NewDeliveries, wire.Bind(new(reporting.Deliveries), new(*reportsql.Deliveries)),
)

// ReportingStores are the stores of reporting.
type ReportingStores struct {
	Reports    reporting.Reports
	Schedules  reporting.Schedules
	Deliveries reporting.Deliveries
	Outbox     outbox.Outbox
	Unit       tx.Unit
	IDs        ids.Generator
}

// NewReportingDeps returns what reporting stands on. Its sources are the menus of the
// other contexts, of the document store, and of the analysis through its table.
func NewReportingDeps(s *kit.Service, stores ReportingStores, store *docstore.UseCases, flows *workflows.UseCases, queries *queryprocessing.UseCases,
	health *healthmonitoring.UseCases, tables servicecall.Tables, caller webcall.Caller,
) (appreporting.Deps, error) {
	links, err := reportLinks(s)
	if err != nil {
		return appreporting.Deps{}, err
	}
	callers := auth.NewCallers(s.Config.Auth)
	return appreporting.Deps{
		Reports: stores.Reports, Schedules: stores.Schedules, Deliveries: stores.Deliveries, Outbox: stores.Outbox, Unit: stores.Unit, IDs: stores.IDs,
		Printer: print.Printer{}, Calendar: cron.Calendar{}, Courier: courier.New(caller, s.DataFile("reports")), Clock: s.Clock, Logger: s.Logger,
		Random: NewRandom(), Link: links.Find, May: callers.May, Known: callers.Known, Keep: reportsKept,
		Sources: appreporting.Sources{
			ListServiceHealth: &health.ListServiceHealth, ListAlerts: &health.ListAlerts, ListIncidents: &health.ListIncidents,
			GetIncident: &health.GetIncident, GetSystemMetrics: &health.GetSystemMetrics,
			GetQuality: &store.GetQuality, GetQualityTips: &store.GetQualityTips, ListQualityHistory: &store.ListQualityHistory,
			GetAnalyticsSummary: &store.GetAnalyticsSummary,
			GetDrift:            through[analysis.GetDrift, analysis.Drift](tables, analysis.ID),
			ListClaims:          through[analysis.ListClaims, analysis.ClaimList](tables, analysis.ID),
			GetStatistics:       &flows.GetStatistics, ListActivity: &flows.ListActivity, GetQueryStats: &queries.GetStats,
		},
	}, nil
}

// reportLinks returns links to the services that reports are made of.
func reportLinks(s *kit.Service) (*link.Links, error) {
	links := link.New()
	for id, tables := range map[string][][]usecase.Operation{
		docstore.ID: {docstore.Operations(new(docstore.UseCases))},
		analysis.ID: {analysis.Operations(new(analysis.UseCases))},
		orchestrator.ID: {healthmonitoring.Operations(new(healthmonitoring.UseCases)), workflows.Operations(new(workflows.UseCases)),
			queryprocessing.Operations(new(queryprocessing.UseCases))},
	} {
		row, err := catalogue.Find(id)
		if err != nil {
			return nil, err
		}
		for _, table := range tables {
			if err := links.Add(id, s.Config.ServiceURL(row), table); err != nil {
				return nil, err
			}
		}
	}
	return links, nil
}

// through returns the use case that the table of a service has for a command.
func through[C, R any](tables servicecall.Tables, service string) usecase.UseCase[C, R] {
	return usecase.Func[C, R](func(ctx context.Context, command C) domain.DomainResult[R] {
		for _, op := range tables[service] {
			if op.Slot.Command() != reflect.TypeFor[C]() {
				continue
			}
			reply, err := op.Slot.Invoke(ctx, &command)
			if err != nil {
				return domain.Fail[R](err)
			}
			if value, ok := reply.Value.(R); ok {
				return domain.Ok(value)
			}
		}
		return domain.Fail[R](domain.Unavailable.New("The service " + service + " does not offer this."))
	})
}

// ReportingMenu returns the filled and decorated menu.
func ReportingMenu(s *kit.Service, deps appreporting.Deps) (*reporting.UseCases, error) {
	menu := new(reporting.UseCases)
	appreporting.Fill(menu, deps)
	return menu, Decorate(s, menu, reporting.Operations(menu))
}

// mountDownloads serves the bytes of reports.
func mountDownloads(s *kit.Service, server *httpkit.Server, menu *reporting.UseCases) error {
	keys, err := auth.NewKeys(s.Config.Auth)
	if err != nil {
		return err
	}
	server.HandleBytes(http.MethodGet, reporting.Base+"/reports/{report_id}/download", keys.Authenticate, func(ctx context.Context, value func(string) string) (httpkit.Bytes, error) {
		d, err := menu.DownloadReport.Execute(ctx, reporting.DownloadReport{ID: value("report_id")}).Unwrap()
		return httpkit.Bytes{Type: d.ContentType, Disposition: "attachment; filename=" + strconv.Quote(d.Filename), Content: d.Content}, err
	})
	return nil
}
