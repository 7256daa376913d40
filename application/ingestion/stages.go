package ingestion

import (
	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/workflows"
)

// The stages are actions of the workflow, by their ids.
const (
	stageIngest    = "ingest"
	stageScan      = "scan"
	stageAnalyse   = "analyse"
	stageClaims    = "claims"
	stageReconcile = "reconcile"
	stageNotify    = "notify"
)

// figure is a number that an action answers, by the fields that lead to it.
type figure struct {
	name string
	path []string
}

// stages are in the order in which they are told, with their figures. Never written.
var stages = []struct {
	id      string
	figures []figure
}{
	{stageIngest, nil},
	{stageScan, []figure{{"findings", []string{"total"}}}},
	{stageAnalyse, []figure{{"score", []string{"summary", "score"}}, {"findings", []string{"summary", "total"}}}},
	{stageClaims, []figure{{"documents", []string{"documents"}}, {"drifted", []string{"drifted"}}}},
	{stageReconcile, []figure{{"files", []string{"files"}}, {"documents", []string{"documents"}}, {"differing", []string{"differing"}}}},
	{stageNotify, nil},
}

// look tells what a run did so far for a job.
func (d *Desk) look(j ingest.Job, run workflows.Execution) ingest.Seen {
	seen := ingest.Seen{Status: statusOf(run)}
	if ingested, answered := outputOf[sourceagent.Ingestion](run, stageIngest); answered {
		seen.Source, seen.Counts = ingested.Source, countsOf(ingested)
	}
	for _, s := range stages {
		seen.Stages = append(seen.Stages, stageOf(j, actionOf(run, s.id), s.figures))
	}
	return seen
}

// statusOf is how far a run is.
func statusOf(run workflows.Execution) ingest.Status {
	under := func(id string) bool { return actionOf(run, id).Status == ingest.Running }
	switch {
	case under(stageIngest):
		return ingest.Connecting
	case under(stageScan), under(stageAnalyse), under(stageClaims):
		return ingest.Processing
	case under(stageReconcile), under(stageNotify):
		return ingest.Validating
	}
	return ingest.Initializing
}

// stageOf is how far an action is. What has nothing to work on was skipped: nobody
// scans, the request leaves the analysis out, or there is no code to hold claims
// against.
func stageOf(j ingest.Job, a workflows.ActionResult, figures []figure) ingest.Stage {
	s := ingest.Stage{Name: a.ActionID, State: a.Status, Reason: a.Reason}
	switch {
	case a.Status == ingest.Done:
		for _, f := range figures {
			if n, ok := number(a.Output, f.path); ok {
				if s.Figures == nil {
					s.Figures = make(map[string]float64)
				}
				s.Figures[f.name] = n
			}
		}
	case a.Status == ingest.Broken && a.ActionID == stageClaims && a.ErrorKind == "rejected":
		s.State, s.Reason = ingest.Skipped, a.ErrorMessage
	case a.Status == ingest.Broken:
		s.Reason = a.ErrorMessage
	case a.Status == "cancelled":
		s.State, s.Reason = ingest.Skipped, "The ingestion was cancelled."
	case a.Status != ingest.Skipped:
	case a.ActionID == stageScan:
		s.Reason = "No service of this build scans documents for secrets and personal data."
	case j.Request.Bare && (a.ActionID == stageAnalyse || a.ActionID == stageClaims):
		s.Reason = "The request leaves the analysis out."
	}
	return s
}

// number follows fields to a number.
func number(value any, path []string) (float64, bool) {
	for _, field := range path {
		fields, ok := value.(map[string]any)
		if !ok {
			return 0, false
		}
		value = fields[field]
	}
	n, ok := value.(float64)
	return n, ok
}
