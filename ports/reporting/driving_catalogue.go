package reporting

import "time"

// ListTypes lists the kinds of reports.
type ListTypes struct{}

// TypeList is every kind of report.
type TypeList struct {
	ReportTypes []Type `json:"report_types" description:"The kinds."`
	TotalTypes  int    `json:"total_types" description:"How many there are."`
}

// Type is a kind of report.
type Type struct {
	Type        string   `json:"type" description:"Name of the kind."`
	Name        string   `json:"name" description:"The name as people write it."`
	Description string   `json:"description" description:"What it tells."`
	Parameters  []string `json:"parameters" description:"Names of its parameters."`
	Formats     []string `json:"formats" description:"Formats that it is written in."`
}

// ListTemplates lists the templates.
type ListTemplates struct{}

// TemplateList is every template.
type TemplateList struct {
	Templates []Template `json:"templates" description:"The templates."`
	Total     int        `json:"total" description:"How many there are."`
}

// GetTemplate reads a template.
type GetTemplate struct {
	ID string `json:"template_id" path:"template_id" maxLength:"100" description:"Its id."`
}

// Template says what a kind of report takes, and with which defaults.
type Template struct {
	TemplateID        string           `json:"template_id" description:"Identifier of the template."`
	Name              string           `json:"name" description:"The name as people write it."`
	Version           int              `json:"version" description:"Number of its version, from 1."`
	Description       string           `json:"description" description:"What it is for."`
	ReportType        string           `json:"report_type" description:"Kind of the reports."`
	ParametersSchema  ParametersSchema `json:"parameters_schema" description:"What parameters may be, in the words of JSON Schema."`
	DefaultParameters map[string]any   `json:"default_parameters" description:"What stands for absent parameters."`
	CreatedAt         time.Time        `json:"created_at" description:"When this version was made."`
}

// ParametersSchema says what parameters may be. Others than those named are refused.
type ParametersSchema struct {
	Properties map[string]ParameterSchema `json:"properties" description:"The parameters by their names."`
	Required   []string                   `json:"required,omitempty" description:"Those that must be given."`
}

// ParameterSchema says what a parameter may be.
type ParameterSchema struct {
	Type        string   `json:"type" description:"string, integer, number, boolean or array of strings."`
	Format      string   `json:"format,omitempty" description:"date-time for instants."`
	Enum        []string `json:"enum,omitempty" description:"The texts that it may be."`
	Minimum     *float64 `json:"minimum,omitempty" description:"Least number, or least length."`
	Maximum     *float64 `json:"maximum,omitempty" description:"Greatest number, or greatest length."`
	Description string   `json:"description" description:"What it does."`
}

// GetStats sums up the reports.
type GetStats struct{}

// Stats sums up the reports that are kept.
type Stats struct {
	TotalReports          int         `json:"total_reports" description:"How many are kept."`
	ReportsGeneratedToday int         `json:"reports_generated_today" description:"How many were made since midnight, UTC."`
	FailedReports         int         `json:"failed_reports" description:"How many failed."`
	ActiveTemplates       int         `json:"active_templates" description:"How many templates there are."`
	PopularReportTypes    []TypeCount `json:"popular_report_types" description:"The most frequent kinds first, at most five."`
	AvgGenerationTimeMS   float64     `json:"avg_generation_time_ms" description:"Mean time to make one; 0 without reports."`
	StorageUsedMB         float64     `json:"storage_used_mb" description:"Sum of their sizes in units of 1,048,576 bytes."`
}

// TypeCount is a kind with how many reports there are of it.
type TypeCount struct {
	Type  string `json:"type" description:"Name of the kind."`
	Count int    `json:"count" description:"How many reports."`
}
