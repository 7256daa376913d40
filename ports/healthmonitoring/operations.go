package healthmonitoring

import "github.com/docsteward/docsteward/ports/usecase"

// Permissions of health monitoring.
const (
	// Read lets a caller see how the services are, and what is done about it.
	Read = "health:read"
	// Write lets a caller work on incidents.
	Write = "operations:write"
)

// Operations lists what health monitoring offers; every face reads this table.
func Operations(uc *UseCases) []usecase.Operation {
	const base = "/api/v1/health"
	return append([]usecase.Operation{
		usecase.Get(base+"/system", "Tell how all services are, and why.", &uc.GetSystemHealth, usecase.Also("/health/system"), usecase.Needs(Read)),
		usecase.Get(base+"/services", "Tell how each service is.", &uc.ListServiceHealth, usecase.Needs(Read)),
		usecase.Get(base+"/services/{service_id}", "Tell how one service is, with its last checks.", &uc.GetServiceHealth, usecase.Needs(Read)),
		usecase.Post(base+"/check", "Ask the services now.", &uc.CheckHealth, usecase.Idempotent, usecase.Needs(Read)),
		usecase.Get(base+"/system/metrics", "Tell what the services use and how fast they answer.", &uc.GetSystemMetrics,
			usecase.Also(base+"/metrics", "/health/metrics"), usecase.Needs(Read)),
		usecase.Get(base+"/system/info", "Tell what runs.", &uc.GetSystemInfo, usecase.Also(base+"/info", "/health/info"), usecase.Needs(Read)),
		usecase.Get(base+"/system/config", "Show the configuration in effect, secrets masked.", &uc.GetSystemConfig,
			usecase.Also("/health/config/effective"), usecase.Needs(Read)),
		usecase.Get(base+"/system/readiness", "Tell whether traffic may come.", &uc.GetReadiness,
			usecase.Also(base+"/ready", "/health/ready"), usecase.Needs(Read)),
		usecase.Get(base+"/system/workflows", "Tell how the runs of workflows fare.", &uc.GetWorkflowHealth,
			usecase.Also("/health/workflows"), usecase.Needs(Read)),
		usecase.Get(base+"/alerts", "List alerts, the last started first.", &uc.ListAlerts, usecase.Needs(Read)),
		usecase.Get(base+"/alerts/rules", "List the rules that alerts come of, for Prometheus too.", &uc.ListAlertRules, usecase.Needs(Read)),
	}, incidents(uc, base+"/incidents")...)
}

func incidents(uc *UseCases, base string) []usecase.Operation {
	one := base + "/{incident_id}"
	return []usecase.Operation{
		usecase.Get(base, "List incidents, the last opened first.", &uc.ListIncidents, usecase.Needs(Read)),
		usecase.Post(base, "Open an incident that no alert tells of.", &uc.OpenIncident, usecase.Created, usecase.Needs(Write)),
		usecase.Get(one, "Read an incident with its checklists and timeline.", &uc.GetIncident, usecase.Needs(Read)),
		usecase.Post(one+"/steps/{level}/{number}", "Record that a step was done, or is passed over.", &uc.RecordStep, usecase.Needs(Write)),
		usecase.Post(one+"/steps/run", "Carry out the open steps that a machine can do.", &uc.RunSteps, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Post(one+"/escalate", "Call the next level.", &uc.EscalateIncident, usecase.Needs(Write)),
		usecase.Post(one+"/updates", "Add a line to the timeline.", &uc.UpdateIncident, usecase.Needs(Write)),
		usecase.Post(one+"/resolve", "End an incident and draft its review.", &uc.ResolveIncident, usecase.Needs(Write)),
		usecase.Post(one+"/close", "End the review of a resolved incident.", &uc.CloseIncident, usecase.Needs(Write)),
	}
}
