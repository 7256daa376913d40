package healthmonitoring

import "github.com/docsteward/docsteward/ports/usecase"

// UseCases is the menu of health monitoring.
type UseCases struct {
	GetSystemHealth   usecase.Port[GetSystemHealth, SystemHealth]
	ListServiceHealth usecase.Port[ListServiceHealth, ServiceHealthMap]
	GetServiceHealth  usecase.Port[GetServiceHealth, ServiceHealth]
	CheckHealth       usecase.Port[CheckHealth, HealthChecked]

	GetSystemMetrics  usecase.Port[GetSystemMetrics, SystemMetrics]
	GetSystemInfo     usecase.Port[GetSystemInfo, SystemInfo]
	GetSystemConfig   usecase.Port[GetSystemConfig, SystemConfig]
	GetReadiness      usecase.Port[GetReadiness, Readiness]
	GetWorkflowHealth usecase.Port[GetWorkflowHealth, WorkflowHealth]

	ListAlerts     usecase.Port[ListAlerts, AlertList]
	ListAlertRules usecase.Port[ListAlertRules, AlertRules]

	ListIncidents    usecase.Port[ListIncidents, IncidentList]
	OpenIncident     usecase.Port[OpenIncident, Incident]
	GetIncident      usecase.Port[GetIncident, Incident]
	RecordStep       usecase.Port[RecordStep, Incident]
	RunSteps         usecase.Port[RunSteps, Incident]
	EscalateIncident usecase.Port[EscalateIncident, Incident]
	UpdateIncident   usecase.Port[UpdateIncident, Incident]
	ResolveIncident  usecase.Port[ResolveIncident, Incident]
	CloseIncident    usecase.Port[CloseIncident, Incident]
}
