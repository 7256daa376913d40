package healthmonitoring

import "time"

// GetSystemHealth asks how all services are. While a critical service is unhealthy it
// fails with Unavailable, and the details of the fault hold the whole answer.
type GetSystemHealth struct{}

// SystemHealth is how all services are.
type SystemHealth struct {
	OverallStatus  string                   `json:"overall_status" description:"healthy, degraded, unhealthy or unknown."`
	OverallHealthy bool                     `json:"overall_healthy" description:"Whether all are healthy."`
	Timestamp      time.Time                `json:"timestamp" description:"When the services were asked."`
	Services       map[string]ServiceHealth `json:"services" description:"Each service, by its id."`
	Summary        HealthSummary            `json:"summary" description:"The services counted."`
	RootCauses     []RootCause              `json:"root_causes" description:"What explains that services fail."`
	Failing        []Failing                `json:"failing" description:"The services that are not healthy."`
	UptimeSeconds  float64                  `json:"uptime_seconds" description:"How long the orchestrator runs."`
	Version        string                   `json:"version" description:"Version of the orchestrator."`
	CorrelationID  string                   `json:"correlation_id" description:"Joins the answer to the lines of the log."`
	Metadata       map[string]string        `json:"metadata" description:"How the services are watched."`
}

// HealthSummary counts services.
type HealthSummary struct {
	TotalServices     int `json:"total_services" description:"All that are watched."`
	HealthyServices   int `json:"healthy_services" description:"Those that are healthy."`
	UnhealthyServices int `json:"unhealthy_services" description:"Those that are unhealthy."`
}

// RootCause is what explains that services fail.
type RootCause struct {
	Services []string `json:"services" description:"The root: one service, or several that need each other in a circle."`
	Explains []string `json:"explains" description:"Services that fail because of it."`
}

// Failing is a service that is not healthy.
type Failing struct {
	Service     string     `json:"service" description:"Id of the service."`
	Status      string     `json:"status" description:"Its status."`
	Error       string     `json:"error" description:"What is wrong."`
	LastSuccess *time.Time `json:"last_success" description:"When it was last healthy; null when it never was since the orchestrator started."`
	Because     []string   `json:"because" description:"Failing services that explain it."`
}

// ServiceHealth is how one service is.
type ServiceHealth struct {
	Name           string            `json:"name" description:"Id of the service."`
	ServiceName    string            `json:"service_name" description:"The same."`
	Status         string            `json:"status" description:"healthy, degraded, unhealthy, maintenance or unknown."`
	LastCheck      *time.Time        `json:"last_check" description:"When it was last asked; null for never."`
	LastSuccess    *time.Time        `json:"last_success" description:"When it was last healthy; null for never."`
	IsHealthy      bool              `json:"is_healthy" description:"Whether it is healthy."`
	IsOperational  bool              `json:"is_operational" description:"Whether it serves: healthy or degraded."`
	Critical       bool              `json:"critical" description:"Whether the whole cannot do without it."`
	ResponseTimeMS float64           `json:"response_time_ms" description:"How long its answer took."`
	ErrorMessage   string            `json:"error_message" description:"What is wrong."`
	Version        string            `json:"version" description:"What it says of its version."`
	DependsOn      []string          `json:"depends_on" description:"Services that it needs."`
	Because        []string          `json:"because" description:"Failing services that explain its failure."`
	LastResult     *CheckResult      `json:"last_result,omitempty" description:"What the last check found."`
	Flapping       bool              `json:"flapping" description:"Whether it changed three times or more in its history."`
	History        []CheckPoint      `json:"history,omitempty" description:"The last checks, the oldest first; only where one service is asked for."`
	Metadata       map[string]string `json:"metadata" description:"Where it is asked."`
}

// CheckResult is what a check found.
type CheckResult struct {
	Status         string            `json:"status" description:"The status."`
	Message        string            `json:"message" description:"One sentence."`
	Timestamp      time.Time         `json:"timestamp" description:"When."`
	Details        map[string]string `json:"details" description:"What the service says of what it stands on."`
	ResponseTimeMS float64           `json:"response_time_ms" description:"How long the answer took."`
	ErrorMessage   string            `json:"error_message,omitempty" description:"What is wrong."`
}

// CheckPoint is a check in the history.
type CheckPoint struct {
	Timestamp      time.Time `json:"timestamp" description:"When."`
	Status         string    `json:"status" description:"What was found."`
	ResponseTimeMS float64   `json:"response_time_ms" description:"How long the answer took."`
}

// GetServiceHealth asks how one service is.
type GetServiceHealth struct {
	ID string `json:"service_id" path:"service_id" maxLength:"255" description:"Id of the service."`
}

// ListServiceHealth asks how each service is.
type ListServiceHealth struct{}

// ServiceHealthMap is each service by its id.
type ServiceHealthMap struct {
	Services map[string]ServiceHealth `json:"services" description:"Each service, by its id."`
	Total    int                      `json:"total" description:"How many there are."`
}

// CheckHealth asks the services now, and returns when they have answered.
type CheckHealth struct {
	ServiceName    string `json:"service_name" maxLength:"255" description:"Id of the service; absent is all."`
	IncludeDetails *bool  `json:"include_details" description:"Whether the answer holds what was found; yes when absent."`
}

// HealthChecked tells that a check is through.
type HealthChecked struct {
	Status   string                   `json:"status" description:"Always health_check_completed."`
	Message  string                   `json:"message" description:"One sentence."`
	Services map[string]ServiceHealth `json:"services,omitempty" description:"What was found, by the ids of services."`
}
