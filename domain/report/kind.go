package report

import (
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// Kind says what a report tells of.
type Kind string

// The kinds.
const (
	// Health tells how the services are, and what alerts there were.
	Health Kind = "health"
	// Quality tells how well the documents are kept.
	Quality Kind = "quality"
	// Drift tells which claims of the documents the code contradicts.
	Drift Kind = "drift"
	// Ownership tells who owns the documents, and which nobody owns.
	Ownership Kind = "ownership"
	// Incident tells of the incidents of a period.
	Incident Kind = "incident"
	// ServiceLevel holds the availability and the speed of services to objectives.
	ServiceLevel Kind = "service_level"
	// Analytics counts what the system does: workflows, queries and documents.
	Analytics Kind = "analytics"
	// Audit lists what happened to workflows and documents, and through whom.
	Audit Kind = "audit"
	// IncidentNotification tells that there is an incident.
	IncidentNotification Kind = "incident_notification"
	// StatusUpdate tells how far an incident is.
	StatusUpdate Kind = "status_update"
	// PostIncidentReview tells what is learnt of an incident.
	PostIncidentReview Kind = "post_incident_review"
)

// Kinds returns every kind once, those of the whole system first.
func Kinds() []Kind {
	return []Kind{
		Health, Quality, Drift, Ownership, Incident, ServiceLevel, Analytics, Audit,
		IncidentNotification, StatusUpdate, PostIncidentReview,
	}
}

// ParseKind returns the kind that text names, by its name or by an older one:
// performance is ServiceLevel, metrics and usage are Analytics. It fails with Invalid,
// and the message lists the kinds.
func ParseKind(text string) (Kind, error) {
	switch text {
	case "performance":
		return ServiceLevel, nil
	case "metrics", "usage":
		return Analytics, nil
	}
	if kind := Kind(text); slices.Contains(Kinds(), kind) {
		return kind, nil
	}
	return "", domain.Invalid.New("There is no report of the kind "+quoted(text)+" in this build; there are "+join(Kinds())+".").
		WithField("report_type", "enum", "must be one of "+join(Kinds()))
}

// quoted bounds what a message repeats of a caller's text.
func quoted(text string) string {
	if runes := []rune(text); len(runes) > 50 {
		text = string(runes[:50]) + "…"
	}
	return `"` + text + `"`
}

func join[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, one := range list {
		texts[i] = string(one)
	}
	return strings.Join(texts, ", ")
}
