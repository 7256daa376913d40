package reporting

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/reporting"
)

// message begins a message about the incident that the parameters name.
func message(d *draft, lines func(healthmonitoring.Incident) []reporting.Line, subject func(healthmonitoring.Incident) string) error {
	incident, source, err := ask(d, d.service.GetIncident, healthmonitoring.GetIncident{ID: d.text("incident_id")})
	if err != nil {
		return err
	}
	d.Message, d.Title = true, subject(incident)
	s := d.section("Incident")
	s.Lines = append(lines(incident), reporting.Line{Name: "Source", Text: source.URL})
	return nil
}

// notificationMessage tells that there is an incident.
func notificationMessage(d *draft) error {
	return message(d, func(i healthmonitoring.Incident) []reporting.Line {
		return []reporting.Line{
			{Name: "Description", Text: i.Title},
			{Name: "Impact", Text: impact(i)},
			{Name: "Status", Text: status(i)},
			{Name: "ETA", Text: d.text("eta")},
		}
	}, func(i healthmonitoring.Incident) string { return "[INCIDENT] Service Unavailable - " + i.Service })
}

// updateMessage tells how far an incident is.
func updateMessage(d *draft) error {
	return message(d, func(i healthmonitoring.Incident) []reporting.Line {
		var done, open []string
		for _, step := range i.Steps {
			switch step.State {
			case "done":
				done = append(done, step.Title)
			case "open":
				open = append(open, step.Title)
			}
		}
		return []reporting.Line{
			{Name: "Current Status", Text: fmt.Sprintf("%s, level %d (%s)", status(i), i.Level, i.Team)},
			{Name: "Actions Taken", Text: cmp.Or(strings.Join(done, "; "), "none recorded")},
			{Name: "Next Steps", Text: cmp.Or(strings.Join(open, "; "), "none open")},
			{Name: "ETA", Text: d.text("eta")},
		}
	}, func(i healthmonitoring.Incident) string { return "[UPDATE] Incident #" + i.ID + " - " + status(i) })
}

// reviewMessage tells what is learnt of an incident.
func reviewMessage(d *draft) error {
	return message(d, func(i healthmonitoring.Incident) []reporting.Line {
		review := healthmonitoring.IncidentReview{}
		if i.Review != nil {
			review = *i.Review
		}
		const missing = "not recorded yet"
		return []reporting.Line{
			{Name: "Timeline", Text: timeline(i)},
			{Name: "Impact", Text: cmp.Or(review.Impact, impact(i))},
			{Name: "Root Cause", Text: cmp.Or(review.RootCause, missing)},
			{Name: "Resolution", Text: cmp.Or(review.Resolution, missing)},
			{Name: "Prevention", Text: cmp.Or(review.Prevention, missing)},
		}
	}, func(i healthmonitoring.Incident) string { return "[REVIEW] Incident #" + i.ID + " - Lessons Learned" })
}

func impact(i healthmonitoring.Incident) string {
	if len(i.Affected) == 0 {
		return i.Service + " (" + i.Severity + ")"
	}
	return i.Service + " (" + i.Severity + "); because of it " + strings.Join(i.Affected, ", ")
}

// status is the word of the runbook: an incident somebody has done a step of is in
// progress.
func status(i healthmonitoring.Incident) string {
	if i.Status != "investigating" {
		return "Resolved"
	}
	for _, step := range i.Steps {
		if step.State == "done" {
			return "In Progress"
		}
	}
	return "Investigation"
}

func timeline(i healthmonitoring.Incident) string {
	const at = "2006-01-02 15:04 UTC"
	text := i.OpenedAt.UTC().Format(at) + " to "
	if i.ResolvedAt == nil {
		return text + "now: it is not resolved"
	}
	return text + i.ResolvedAt.UTC().Format(at) + " (" + i.ResolvedAt.Sub(i.OpenedAt).Round(time.Minute).String() + ")"
}
