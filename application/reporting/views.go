package reporting

import (
	"encoding/json"

	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
)

// opened reads JSON that this package wrote; what cannot be read is empty.
func opened[T any](text string) (value T) {
	if json.Unmarshal([]byte(text), &value) != nil {
		var none T
		return none
	}
	return value
}

func summaryOf(r report.Report) reporting.ReportSummary {
	v := reporting.ReportSummary{
		ReportID: r.ID.String(), ReportType: string(r.Kind), Title: r.Title, Status: string(r.Status), GeneratedAt: r.CreatedAt,
		Parameters: opened[map[string]any](r.Parameters), Format: string(r.Format), FileSizeBytes: r.Size, CreatedBy: r.Owner, ScheduleID: r.Schedule,
	}
	if r.Status == report.Failed {
		v.Failure = &reporting.Failure{Source: r.Failure.Source, Kind: r.Failure.Kind, Message: r.Failure.Message}
		return v
	}
	v.DownloadURL = downloadPath(r.ID)
	return v
}

func downloadPath(id report.ID) string {
	return reporting.Base + "/reports/" + id.String() + "/download"
}

func viewOf(r report.Report) reporting.Report {
	v := reporting.Report{ReportSummary: summaryOf(r), Metadata: reporting.Metadata{
		TemplateID: r.Template, PeriodStart: r.Period.From, PeriodEnd: r.Period.To, GenerationTimeMS: float64(r.Took.Microseconds()) / 1000,
		ContentHash: r.Hash, CorrelationID: r.Correlation,
	}}
	if v.Data = opened[*reporting.Document](r.Document); v.Data == nil {
		return v
	}
	v.Description = v.Data.Description
	for _, s := range v.Data.Sections {
		v.Charts = append(v.Charts, s.Charts...)
	}
	return v
}
