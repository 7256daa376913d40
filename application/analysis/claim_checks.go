package analysis

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/docsteward/docsteward/domain"
	domaincheck "github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/ports/analysis"
)

func (r *recorder) listClaimChecks(ctx context.Context, c analysis.ListClaimChecks) (analysis.ClaimCheckList, error) {
	filter, err := filterOf(c.Project, c.From, c.To)
	if err != nil {
		return analysis.ClaimCheckList{}, err
	}
	page, err := r.Checks.List(ctx, filter, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, checkView)
	return analysis.ClaimCheckList{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, err
}

// filterOf chooses the checks of a stretch of time; Invalid when it ends before it
// begins.
func filterOf(project string, from, to *time.Time) (analysis.CheckFilter, error) {
	filter := analysis.CheckFilter{Project: project}
	if from != nil {
		filter.From = *from
	}
	if to != nil {
		filter.To = *to
	}
	if from != nil && to != nil && to.Before(*from) {
		return filter, domain.Invalid.New("The end lies before the beginning; give from the earlier instant.").WithField("to", "minimum", "must not lie before from")
	}
	return filter, nil
}

func (r *recorder) getClaimCheck(ctx context.Context, c analysis.GetClaimCheck) (analysis.ClaimCheck, error) {
	id, err := domaincheck.ParseID(c.ID)
	if err != nil {
		return analysis.ClaimCheck{}, err
	}
	found, err := r.Checks.Get(ctx, id)
	return checkView(found), err
}

// getDrift tells the latest points of a project, the earliest of them first.
func (r *recorder) getDrift(ctx context.Context, c analysis.GetDrift) (analysis.Drift, error) {
	filter, err := filterOf(c.Project, c.From, c.To)
	if err != nil {
		return analysis.Drift{}, err
	}
	if _, err := r.Checks.Latest(ctx, c.Project); err != nil {
		return analysis.Drift{}, err
	}
	page, err := r.Checks.List(ctx, filter, domain.PageRequest{Limit: c.Limit})
	if err != nil {
		return analysis.Drift{}, err
	}
	worst, err := r.Claims.Worst(ctx, c.Project, c.Documents)
	view := analysis.Drift{Project: c.Project, Total: page.Total, Points: domain.MapPage(page, pointView).Items, Documents: make([]analysis.DocumentClaims, len(worst))}
	slices.Reverse(view.Points)
	for i, d := range worst {
		view.Documents[i] = analysis.DocumentClaims(d)
	}
	return view, err
}

func pointView(c domaincheck.Check) analysis.DriftPoint {
	return analysis.DriftPoint{Check: c.ID.String(), At: c.FinishedAt, Commit: c.Commit, Claims: c.Counts.Total(), ByVerdict: verdicts(c.Counts), Drifted: c.Drifted, Healed: c.Healed}
}

func verdicts(c domaincheck.Counts) map[string]int {
	return map[string]int{
		claim.Unknown.String(): c.Unknown, claim.Holds.String(): c.Holds, claim.Gone.String(): c.Gone, claim.Renamed.String(): c.Renamed, claim.Changed.String(): c.Changed,
	}
}

func checkView(c domaincheck.Check) analysis.ClaimCheck {
	view := analysis.ClaimCheck{
		CheckID: c.ID.String(), Project: c.Project, Number: c.Number, Root: c.Root, Location: c.Location, Commit: c.Commit, Differing: c.Differing,
		Documents: c.Documents, Facts: c.Facts, Claims: c.Counts.Total(), ByVerdict: verdicts(c.Counts),
		Drifted: c.Drifted, Healed: c.Healed, Opened: c.Opened, Closed: c.Closed, Unread: c.Unread,
		DriftedClaims: []analysis.ClaimChange{}, HealedClaims: []analysis.ClaimChange{}, Faults: make([]analysis.Fault, len(c.Troubles)),
		StartedAt: c.StartedAt, FinishedAt: c.FinishedAt, DurationMS: c.FinishedAt.Sub(c.StartedAt).Milliseconds(),
	}
	for _, change := range c.Changes {
		if change.Event == domaincheck.EventDrifted {
			view.DriftedClaims = append(view.DriftedClaims, changeView(c, change))
		} else {
			view.HealedClaims = append(view.HealedClaims, changeView(c, change))
		}
	}
	for i, t := range c.Troubles {
		view.Faults[i] = analysis.Fault(t)
	}
	return view
}

func changeView(of domaincheck.Check, c domaincheck.Change) analysis.ClaimChange {
	return analysis.ClaimChange{Claim: c.Claim.String(), Document: c.Document, Line: c.Line, Kind: c.Kind.String(), Name: c.Name,
		From: stateBefore(c.New, c.From), To: c.To.String(), Reason: c.Reason, Suggestion: c.Suggestion, Commit: cmp.Or(c.Commit, of.Commit)}
}

// stateBefore names the state before a change.
func stateBefore(fresh bool, s claim.State) string {
	if fresh {
		return "new"
	}
	return s.String()
}
