package reporting

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
)

// find reads a report; an id that cannot be one is of no report.
func (s *service) find(ctx context.Context, text string) (report.Report, error) {
	id, err := report.ParseID(text)
	if err != nil {
		return report.Report{}, noReport(text)
	}
	r, err := s.Reports.Get(ctx, id)
	if errors.Is(err, domain.NotFound) {
		return r, noReport(text)
	}
	return r, err
}

func noReport(id string) error {
	return domain.NotFound.New("Report not found; list them with GET /api/v1/reporting/reports.").
		WithDetail("resource_type", "report").WithDetail("resource_id", id)
}

func (s *service) getReport(ctx context.Context, c reporting.GetReport) (reporting.Report, error) {
	r, err := s.find(ctx, c.ID)
	if err != nil {
		return reporting.Report{}, err
	}
	return viewOf(r), nil
}

func (s *service) listReports(ctx context.Context, c reporting.ListReports) (reporting.ReportList, error) {
	filter := reporting.Filter{Status: report.Status(c.Status), Schedule: c.ScheduleID}
	if c.ReportType != "" {
		var err error
		if filter.Kind, err = report.ParseKind(c.ReportType); err != nil {
			return reporting.ReportList{}, err
		}
	}
	size, number := cmp.Or(c.PageSize, 20), max(c.Page, 1)
	page, err := s.Reports.Find(ctx, filter, domain.PageRequest{Limit: size, Offset: (number - 1) * size})
	list := reporting.ReportList{Reports: []reporting.ReportSummary{}, Total: page.Total, Page: number, PageSize: size, HasMore: page.HasMore()}
	for _, r := range page.Items {
		list.Reports = append(list.Reports, summaryOf(r))
	}
	return list, err
}

func (s *service) deleteReport(ctx context.Context, c reporting.DeleteReport) (reporting.Deleted, error) {
	r, err := s.find(ctx, c.ID)
	if err != nil {
		return reporting.Deleted{}, err
	}
	err = s.Unit.Within(ctx, func(ctx context.Context) error {
		if err := s.Reports.Delete(ctx, r.ID); err != nil {
			return err
		}
		return s.tell(ctx, EventDeleted, r)
	})
	return reporting.Deleted{ID: c.ID, Message: "The report was erased."}, err
}

func (s *service) downloadReport(ctx context.Context, c reporting.DownloadReport) (reporting.Download, error) {
	r, err := s.find(ctx, c.ID)
	if err != nil {
		return reporting.Download{}, err
	}
	if r.Status == report.Failed {
		return reporting.Download{}, domain.NotFound.New("The report failed and has no file: " + r.Failure.Message)
	}
	content, err := s.Reports.Content(ctx, r.ID)
	return reporting.Download{Filename: r.FileName(), ContentType: r.Format.MediaType(), Content: content}, err
}

func (s *service) getStats(ctx context.Context, _ reporting.GetStats) (reporting.Stats, error) {
	counts, err := s.Reports.Count(ctx, s.now().Truncate(24*time.Hour))
	stats := reporting.Stats{
		TotalReports: counts.Total, ReportsGeneratedToday: counts.Today, FailedReports: counts.Failed, ActiveTemplates: len(s.templates),
		PopularReportTypes: []reporting.TypeCount{}, AvgGenerationTimeMS: float64(counts.Took.Microseconds()) / 1000,
		StorageUsedMB: float64(counts.Bytes) / (1 << 20),
	}
	for kind, n := range counts.ByKind {
		stats.PopularReportTypes = append(stats.PopularReportTypes, reporting.TypeCount{Type: string(kind), Count: n})
	}
	slices.SortFunc(stats.PopularReportTypes, func(a, b reporting.TypeCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Type, b.Type))
	})
	stats.PopularReportTypes = stats.PopularReportTypes[:min(len(stats.PopularReportTypes), 5)]
	return stats, err
}
