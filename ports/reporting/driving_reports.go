package reporting

import "time"

// Generate makes a report. A report whose sources are missing or refuse ends as failed,
// and says which source and why.
type Generate struct {
	ReportType    string         `json:"report_type" required:"true" minLength:"1" maxLength:"100" description:"Kind of the report; see GET /api/v1/reporting/types."`
	TemplateID    string         `json:"template_id" maxLength:"100" description:"Template; absent is that of the kind."`
	Parameters    map[string]any `json:"parameters" description:"As the schema of the template demands; what is absent has its default."`
	DateRange     *DateRange     `json:"date_range" description:"The period; the last seven days when absent."`
	Format        string         `json:"format" default:"json" maxLength:"20" description:"json, markdown, html, pdf, csv, xlsx or text."`
	IncludeCharts *bool          `json:"include_charts" description:"Whether charts are drawn; true when absent."`
}

// DateRange is a period.
type DateRange struct {
	Start string `json:"start" maxLength:"40" description:"First day, or instant, as 2006-01-02 or RFC 3339; absent is seven days before the end."`
	End   string `json:"end" maxLength:"40" description:"Last day, or the instant where it ends; absent is now."`
}

// Report is a report that was made, or could not be.
type Report struct {
	ReportSummary
	Description string    `json:"description,omitempty" description:"One paragraph."`
	Data        *Document `json:"data" description:"What it tells; null for a failed report."`
	Charts      []Chart   `json:"charts,omitempty" description:"Every chart of it."`
	Metadata    Metadata  `json:"metadata" description:"How it came about."`
}

// Metadata says how a report came about.
type Metadata struct {
	TemplateID       string    `json:"template_id" description:"The template."`
	PeriodStart      time.Time `json:"period_start" description:"Where its period begins."`
	PeriodEnd        time.Time `json:"period_end" description:"Where it ends."`
	GenerationTimeMS float64   `json:"generation_time_ms" description:"How long it took."`
	ContentHash      string    `json:"content_hash,omitempty" description:"SHA-256 of its bytes, hexadecimal."`
	CorrelationID    string    `json:"correlation_id" description:"Joins it to the lines of the log."`
}

// ReportSummary is a report in a list.
type ReportSummary struct {
	ReportID      string         `json:"report_id" description:"Identifier of the report."`
	ReportType    string         `json:"report_type" description:"Its kind."`
	Title         string         `json:"title" description:"What it is."`
	Status        string         `json:"status" description:"generated or failed."`
	Failure       *Failure       `json:"failure,omitempty" description:"What it lacks."`
	GeneratedAt   time.Time      `json:"generated_at" description:"When it was made."`
	Parameters    map[string]any `json:"parameters" description:"What it was made with."`
	Format        string         `json:"format" description:"How it is written."`
	FileSizeBytes int            `json:"file_size_bytes" description:"Its size."`
	DownloadURL   string         `json:"download_url,omitempty" description:"Where its bytes are; absent for a failed report."`
	CreatedBy     string         `json:"created_by" description:"Who asked for it."`
	ScheduleID    string         `json:"schedule_id,omitempty" description:"The schedule by which it was made."`
}

// Failure says why a report was not made.
type Failure struct {
	Source  string `json:"source" description:"Service and path that were asked; empty when the report could not be written."`
	Kind    string `json:"kind" description:"Kind of the fault, such as forbidden or unavailable."`
	Message string `json:"message" description:"What is wrong."`
}

// GetReport reads a report.
type GetReport struct {
	ID string `json:"report_id" path:"report_id" maxLength:"255" description:"Its id."`
}

// ListReports lists reports, the last made first.
type ListReports struct {
	ReportType string `json:"report_type" query:"report_type" maxLength:"100" description:"Only those of the kind."`
	Status     string `json:"status" query:"status" enum:"generated,failed" description:"Only those that ended so."`
	ScheduleID string `json:"schedule_id" query:"schedule_id" maxLength:"255" description:"Only those of the schedule."`
	Page       int    `json:"page" query:"page" default:"1" minimum:"1" maximum:"1000000" description:"Number of the page, from 1."`
	PageSize   int    `json:"page_size" query:"page_size" default:"20" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
}

// ReportList is a page of reports.
type ReportList struct {
	Reports  []ReportSummary `json:"reports" description:"The page, the last made first."`
	Total    int             `json:"total" description:"How many match in all."`
	Page     int             `json:"page" description:"Number of the page."`
	PageSize int             `json:"page_size" description:"Greatest length of the page."`
	HasMore  bool            `json:"has_more" description:"Whether more follow."`
}

// DeleteReport erases a report.
type DeleteReport struct {
	ID string `json:"report_id" path:"report_id" maxLength:"255" description:"Its id."`
}

// Deleted tells what was erased.
type Deleted struct {
	ID      string `json:"id" description:"Identifier of what was erased."`
	Message string `json:"message" description:"One sentence."`
}

// DownloadReport reads the bytes of a report.
type DownloadReport struct {
	ID string `json:"report_id" path:"report_id" maxLength:"255" description:"Its id."`
}

// Download is the bytes of a report ready to be saved as a file.
type Download struct {
	Filename    string `json:"filename" description:"Name of the file."`
	ContentType string `json:"content_type" description:"Media type."`
	Content     []byte `json:"content" description:"The bytes."`
}
