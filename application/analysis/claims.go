package analysis

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	domaincheck "github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/analysis"
)

func (r *recorder) listClaims(ctx context.Context, c analysis.ListClaims) (analysis.ClaimList, error) {
	filter := analysis.ClaimFilter{Project: c.Project, Name: c.Name, Document: c.Document, Closed: c.Closed}
	for _, name := range c.Verdict {
		state, ok := domaincheck.ParseState(name)
		if !ok {
			return analysis.ClaimList{}, domain.Invalid.New("There is no verdict "+name+"; use unknown, holds, gone, renamed or changed.").WithField("verdict", "enum", "must be a verdict")
		}
		filter.States = append(filter.States, state)
	}
	var err error
	if filter.Kind, err = kindOf(c.Kind); err != nil {
		return analysis.ClaimList{}, err
	}
	page, err := r.Claims.List(ctx, filter, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, claimView)
	return analysis.ClaimList{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, err
}

// kindOf returns the kind of that name, 0 for none; Invalid when it does not exist.
func kindOf(name string) (code.Kind, error) {
	kind, ok := code.ParseKind(name)
	if !ok && name != "" {
		return 0, domain.Invalid.New("There is no kind "+name+" of facts.").WithField("kind", "enum", "must be a kind of facts")
	}
	return kind, nil
}

func (r *recorder) getClaim(ctx context.Context, c analysis.GetClaim) (analysis.ClaimHistory, error) {
	id, err := domaincheck.ParseClaimID(c.ID)
	if err != nil {
		return analysis.ClaimHistory{}, err
	}
	found, err := r.Claims.Get(ctx, id)
	if err != nil {
		return analysis.ClaimHistory{}, err
	}
	turns, err := r.Turns.List(ctx, id, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	return analysis.ClaimHistory{Claim: claimView(found), History: domain.MapPage(turns, turnView).Items, Total: turns.Total}, err
}

func claimView(c domaincheck.Claim) analysis.Claim {
	view := analysis.Claim{
		ID: c.ID.String(), Project: c.Project, Document: c.Document, Span: analysis.Span{Start: c.Start, End: c.End}, Line: c.Line,
		Text: c.Text, Kind: c.Kind.String(), Name: c.Name, Verdict: c.State.String(), Reason: c.Reason, Confidence: c.Confidence,
		Evidence:  analysis.Evidence{Path: c.Path, Line: c.At, Value: c.Fact, Commit: c.Commit, Suggestion: c.Suggestion},
		FirstSeen: c.FirstSeen, Since: c.Since,
	}
	if c.HasValue {
		view.Value = &c.Value
	}
	if !c.Open() {
		view.ClosedAt = &c.ClosedAt
	}
	return view
}

func turnView(t domaincheck.Turn) analysis.Turn {
	view := analysis.Turn{Check: t.Check.String(), At: t.At, From: stateBefore(t.New, t.From), To: t.To.String(), Reason: t.Reason, Commit: t.Commit}
	if t.Closed {
		view.To = "closed"
	}
	return view
}

func (r *recorder) listFacts(ctx context.Context, c analysis.ListFacts) (analysis.FactList, error) {
	kind, err := kindOf(c.Kind)
	if err != nil {
		return analysis.FactList{}, err
	}
	page, err := r.Records.Facts.List(ctx, analysis.FactFilter{Project: c.Project, Name: c.Name, Path: c.Path, Kind: kind}, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, factView)
	return analysis.FactList{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, err
}

func factView(f analysis.ProjectFact) analysis.CodeFact {
	view := analysis.CodeFact{Project: f.Project, Kind: f.Kind.String(), Name: f.Name, Scope: f.Scope, Path: f.Path, Line: f.Line, Weak: f.Weak}
	if f.HasValue {
		view.Value = &f.Value
	}
	return view
}
