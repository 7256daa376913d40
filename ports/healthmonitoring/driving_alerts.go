package healthmonitoring

import "time"

// ListAlerts lists alerts, the last started first.
type ListAlerts struct {
	Service string `json:"service" query:"service" maxLength:"255" description:"Only those of the service."`
	Rule    string `json:"rule" query:"rule" maxLength:"255" description:"Only those of the rule."`
	State   string `json:"state" query:"state" enum:"pending,firing,resolved" description:"Only those in this state."`
	Limit   int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset  int    `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// AlertList is a page of alerts.
type AlertList struct {
	Items   []Alert `json:"items" description:"The page: the pending ones, and then the others, the last started first."`
	Total   int     `json:"total" description:"How many match in all."`
	Limit   int     `json:"limit" description:"Greatest length of the page."`
	Offset  int     `json:"offset" description:"How many were passed over."`
	HasMore bool    `json:"has_more" description:"Whether more follow."`
}

// Alert is a rule that one service breaks or broke.
type Alert struct {
	ID         string     `json:"id" description:"Its id."`
	Rule       string     `json:"rule" description:"Name of the rule."`
	Service    string     `json:"service" description:"Id of the service."`
	Severity   string     `json:"severity" description:"critical or warning."`
	State      string     `json:"state" description:"pending, firing or resolved."`
	Summary    string     `json:"summary" description:"One sentence."`
	Error      string     `json:"error" description:"What was found."`
	Value      float64    `json:"value" description:"What was measured last."`
	Threshold  float64    `json:"threshold" description:"What it must not be above."`
	Because    []string   `json:"because" description:"Failing services that explain it; nobody is told of it then."`
	Explains   []string   `json:"explains" description:"Services whose alerts it explains."`
	Notified   bool       `json:"notified" description:"Whether somebody was told."`
	StartedAt  time.Time  `json:"started_at" description:"When the rule was first broken."`
	FiredAt    *time.Time `json:"fired_at" description:"When it was broken for long enough."`
	ResolvedAt *time.Time `json:"resolved_at" description:"When it was over."`
}

// ListAlertRules lists the rules that alerts come of.
type ListAlertRules struct{}

// AlertRules are the rules that alerts come of.
type AlertRules struct {
	Rules      []AlertRule `json:"rules" description:"The rules."`
	Total      int         `json:"total" description:"How many there are."`
	Prometheus string      `json:"prometheus" description:"The same as a rule file of Prometheus, in YAML."`
}

// AlertRule says when a signal is a problem.
type AlertRule struct {
	Name        string  `json:"name" description:"Its name."`
	Signal      string  `json:"signal" description:"What it looks at."`
	Threshold   float64 `json:"threshold" description:"What the signal must not be above."`
	ForSeconds  float64 `json:"for_seconds" description:"For how long it must be above before the alert fires."`
	HoldSeconds float64 `json:"hold_seconds" description:"For how long it must not be above before the alert is over."`
	Severity    string  `json:"severity" description:"critical or warning."`
	Summary     string  `json:"summary" description:"One sentence."`
	Expression  string  `json:"expression" description:"The condition as Prometheus writes it."`
}
