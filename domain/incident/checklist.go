package incident

// Levels of escalation.
const (
	// ServiceOwner is the first level.
	ServiceOwner = 1
	// PlatformTeam is the second.
	PlatformTeam = 2
	// DevelopmentTeam is the third and last.
	DevelopmentTeam = 3
)

// Team names who works on a level.
func Team(level int) string {
	switch level {
	case ServiceOwner:
		return "Service Owner"
	case PlatformTeam:
		return "Platform Team"
	case DevelopmentTeam:
		return "Development Team"
	}
	return ""
}

// Check is something that a machine can find out for a step.
type Check string

// What a machine can find out; the zero Check is nothing.
const (
	// CheckHealth asks the service how it is.
	CheckHealth Check = "health"
	// CheckConfiguration reads the effective configuration of the service.
	CheckConfiguration Check = "configuration"
	// CheckDependencies asks what the service needs how it is.
	CheckDependencies Check = "dependencies"
	// CheckStores asks the stores of the orchestrator.
	CheckStores Check = "stores"
	// CheckNetwork opens a connection to the service.
	CheckNetwork Check = "network"
	// CheckResources reads what the service uses.
	CheckResources Check = "resources"
	// CheckErrors counts the errors of the service by route.
	CheckErrors Check = "errors"
)

// checklist is the steps of a level.
func checklist(level int) []Step {
	steps := map[int][]Step{
		ServiceOwner: {
			{Title: "Check service health endpoint (/health)", Check: CheckHealth},
			{Title: "Review recent service logs"},
			{Title: "Verify environment configuration", Check: CheckConfiguration},
			{Title: "Check dependent services status", Check: CheckDependencies},
			{Title: "Restart service if needed"},
		},
		PlatformTeam: {
			{Title: "Check infrastructure components (Redis, databases)", Check: CheckStores},
			{Title: "Review network connectivity", Check: CheckNetwork},
			{Title: "Analyze resource utilization", Check: CheckResources},
			{Title: "Check for configuration drift"},
			{Title: "Implement emergency fixes"},
		},
		DevelopmentTeam: {
			{Title: "Analyze error patterns and stack traces", Check: CheckErrors},
			{Title: "Review recent code changes"},
			{Title: "Implement permanent fixes"},
			{Title: "Update documentation and monitoring"},
		},
	}[level]
	for i := range steps {
		steps[i].Level, steps[i].Number, steps[i].State = level, i+1, Open
	}
	return steps
}
