package healthmonitoring

import "time"

// ListIncidents lists incidents, the last opened first.
type ListIncidents struct {
	Service string `json:"service" query:"service" maxLength:"255" description:"Only those of the service."`
	Status  string `json:"status" query:"status" enum:"investigating,resolved,closed" description:"Only those in this status."`
	Limit   int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset  int    `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// IncidentList is a page of incidents.
type IncidentList struct {
	Items   []Incident `json:"items" description:"The page, the last opened first."`
	Total   int        `json:"total" description:"How many match in all."`
	Limit   int        `json:"limit" description:"Greatest length of the page."`
	Offset  int        `json:"offset" description:"How many were passed over."`
	HasMore bool       `json:"has_more" description:"Whether more follow."`
}

// Incident is a failure that people look after.
type Incident struct {
	ID         string          `json:"id" description:"Its id."`
	Title      string          `json:"title" description:"What failed, in one line."`
	Service    string          `json:"service" description:"Id of the service that failed."`
	Rule       string          `json:"rule" description:"Rule by which that was noticed."`
	AlertID    string          `json:"alert_id" description:"The alert; empty where a person opened the incident."`
	Severity   string          `json:"severity" description:"critical or warning."`
	Status     string          `json:"status" description:"investigating, resolved or closed."`
	Level      int             `json:"level" description:"Level of escalation, from 1 to 3."`
	Team       string          `json:"team" description:"Who works on that level."`
	Affected   []string        `json:"affected" description:"Services that failed because of this one."`
	Steps      []IncidentStep  `json:"steps" description:"The checklists of the levels that were reached."`
	Timeline   []TimelineEntry `json:"timeline" description:"What happened, the first first."`
	Review     *IncidentReview `json:"review,omitempty" description:"What is learnt of it; a draft until it is closed."`
	OpenedAt   time.Time       `json:"opened_at" description:"When the rule was first broken."`
	ResolvedAt *time.Time      `json:"resolved_at" description:"When it was over."`
	ClosedAt   *time.Time      `json:"closed_at" description:"When it was reviewed."`
}

// IncidentStep is a line of a checklist.
type IncidentStep struct {
	Level     int        `json:"level" description:"Level of escalation."`
	Number    int        `json:"number" description:"Number within the level, from 1."`
	Title     string     `json:"title" description:"What is to be done."`
	Automatic bool       `json:"automatic" description:"Whether the machine carries it out."`
	State     string     `json:"state" description:"open, done or skipped."`
	Result    string     `json:"result" description:"What was found, or why it was passed over."`
	Author    string     `json:"author" description:"Who did it."`
	At        *time.Time `json:"at" description:"When."`
}

// TimelineEntry is something that happened.
type TimelineEntry struct {
	At     time.Time `json:"at" description:"When."`
	Author string    `json:"author" description:"Who noted it."`
	Text   string    `json:"text" description:"What."`
}

// IncidentReview is what is learnt of an incident.
type IncidentReview struct {
	Impact     string `json:"impact" description:"Scope and severity."`
	RootCause  string `json:"root_cause" description:"Why it happened."`
	Resolution string `json:"resolution" description:"How it was mended."`
	Prevention string `json:"prevention" description:"How it is kept from coming again."`
}

// GetIncident reads an incident.
type GetIncident struct {
	ID string `json:"incident_id" path:"incident_id" maxLength:"255" description:"Its id."`
}

// OpenIncident opens an incident that no alert tells of.
type OpenIncident struct {
	Service  string `json:"service" required:"true" minLength:"1" maxLength:"255" description:"Id of the service that fails."`
	Title    string `json:"title" required:"true" minLength:"1" maxLength:"255" description:"What fails, in one line."`
	Text     string `json:"text" maxLength:"10000" description:"What is known."`
	Severity string `json:"severity" enum:"critical,warning" default:"critical" description:"How urgent it is."`
}

// RecordStep records that a step was done, or is passed over with a reason.
type RecordStep struct {
	ID     string `json:"incident_id" path:"incident_id" maxLength:"255" description:"Id of the incident."`
	Level  int    `json:"level" path:"level" minimum:"1" maximum:"3" description:"Level of the step."`
	Number int    `json:"number" path:"number" minimum:"1" maximum:"5" description:"Number of the step."`
	Result string `json:"result" maxLength:"10000" description:"What was found."`
	Skip   bool   `json:"skip" description:"Whether the step is passed over."`
	Reason string `json:"reason" maxLength:"10000" description:"Why, where it is passed over."`
}

// RunSteps carries out the open steps that a machine can do.
type RunSteps struct {
	ID string `json:"incident_id" path:"incident_id" maxLength:"255" description:"Id of the incident."`
}

// EscalateIncident calls the next level, once the steps of this one are done or passed
// over.
type EscalateIncident struct {
	ID     string `json:"incident_id" path:"incident_id" maxLength:"255" description:"Id of the incident."`
	Reason string `json:"reason" maxLength:"10000" description:"Why."`
}

// UpdateIncident adds a line to the timeline.
type UpdateIncident struct {
	ID   string `json:"incident_id" path:"incident_id" maxLength:"255" description:"Id of the incident."`
	Text string `json:"text" required:"true" minLength:"1" maxLength:"10000" description:"What happened."`
}

// ResolveIncident ends an incident and drafts its review.
type ResolveIncident struct {
	ID         string `json:"incident_id" path:"incident_id" maxLength:"255" description:"Id of the incident."`
	Resolution string `json:"resolution" required:"true" minLength:"1" maxLength:"10000" description:"How it was mended."`
}

// CloseIncident ends the review of a resolved incident; what is left out stays as it
// was drafted.
type CloseIncident struct {
	ID         string `json:"incident_id" path:"incident_id" maxLength:"255" description:"Id of the incident."`
	Impact     string `json:"impact" maxLength:"10000" description:"Scope and severity."`
	RootCause  string `json:"root_cause" maxLength:"10000" description:"Why it happened."`
	Resolution string `json:"resolution" maxLength:"10000" description:"How it was mended."`
	Prevention string `json:"prevention" maxLength:"10000" description:"How it is kept from coming again."`
}
