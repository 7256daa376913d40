package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/lifecycle"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Lifecycle is what the life of documents needs.
type Lifecycle struct {
	Policies   docstore.Policies
	Lifecycles docstore.Lifecycles
}

func (s *service) fillLifecycle(menu *docstore.UseCases) {
	menu.CreatePolicy.HandleFunc(s.createPolicy)
	menu.ListPolicies.HandleFunc(s.listPolicies)
	menu.GetPolicy.HandleFunc(s.getPolicy)
	menu.UpdatePolicy.HandleFunc(s.updatePolicy)
	menu.DeletePolicy.HandleFunc(s.deletePolicy)
	menu.GetLifecycle.HandleFunc(s.getLifecycle)
	menu.TransitionDocument.HandleFunc(s.transitionDocument)
	menu.ApplyPolicies.HandleFunc(s.applyPolicies)
	menu.ProcessLifecycles.HandleFunc(s.processLifecycles)
	menu.GetLifecycleStatistics.HandleFunc(remembered(s, opLifecycleStats, agingTTL, []string{tagDocuments, tagLifecycle}, s.getLifecycleStatistics))
}

func (s *service) createPolicy(ctx context.Context, c docstore.CreatePolicy) (docstore.Policy, error) {
	now := s.Clock.Now().UTC()
	p := lifecycle.Policy{
		ID: domain.StoredID[lifecycle.Policy](s.IDs.New()), Name: c.Name, Description: c.Description,
		Priority: c.Priority, Enabled: true, CreatedAt: now, UpdatedAt: now,
	}
	change(&p.Enabled, c.Enabled)
	setConditions(&p, c.Conditions)
	setActions(&p, c.Actions)
	if err := p.Check(); err != nil {
		return docstore.Policy{}, err
	}
	return policyView(p), s.Policies.Add(ctx, p)
}

func setConditions(p *lifecycle.Policy, c docstore.PolicyConditions) {
	p.ContentTypes, p.MaxAgeDays, p.RequiredTags = c.ContentTypes, c.MaxAgeDays, c.RequiredTags
}

func setActions(p *lifecycle.Policy, a docstore.PolicyActions) {
	p.Action, p.RetentionDays = lifecycle.Action(a.Action), a.RetentionDays
}

func (s *service) policy(ctx context.Context, text string) (lifecycle.Policy, error) {
	id, err := lifecycle.ParsePolicyID(text)
	if err != nil {
		return lifecycle.Policy{}, err
	}
	return s.Policies.Get(ctx, id)
}

func (s *service) getPolicy(ctx context.Context, c docstore.GetPolicy) (docstore.Policy, error) {
	p, err := s.policy(ctx, c.ID)
	return policyView(p), err
}

func (s *service) updatePolicy(ctx context.Context, c docstore.UpdatePolicy) (docstore.Policy, error) {
	p, err := s.policy(ctx, c.ID)
	if err != nil {
		return docstore.Policy{}, err
	}
	change(&p.Name, c.Name)
	change(&p.Description, c.Description)
	change(&p.Priority, c.Priority)
	change(&p.Enabled, c.Enabled)
	if c.Conditions != nil {
		setConditions(&p, *c.Conditions)
	}
	if c.Actions != nil {
		setActions(&p, *c.Actions)
	}
	if err := p.Check(); err != nil {
		return docstore.Policy{}, err
	}
	p.UpdatedAt = s.Clock.Now().UTC()
	return policyView(p), s.Policies.Update(ctx, p)
}

func (s *service) deletePolicy(ctx context.Context, c docstore.DeletePolicy) (docstore.Deleted, error) {
	id, err := lifecycle.ParsePolicyID(c.ID)
	if err != nil {
		return docstore.Deleted{}, err
	}
	return docstore.Deleted{ID: c.ID, Purged: true}, s.Policies.Delete(ctx, id)
}

func (s *service) listPolicies(ctx context.Context, c docstore.ListPolicies) (docstore.PolicyList, error) {
	page, err := s.Policies.List(ctx, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, policyView)
	return docstore.PolicyList{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, err
}

func policyView(p lifecycle.Policy) docstore.Policy {
	return docstore.Policy{
		ID: p.ID.String(), Name: p.Name, Description: p.Description,
		Conditions: docstore.PolicyConditions{ContentTypes: p.ContentTypes, MaxAgeDays: p.MaxAgeDays, RequiredTags: p.RequiredTags},
		Actions:    docstore.PolicyActions{Action: string(p.Action), RetentionDays: p.RetentionDays},
		Priority:   p.Priority, Enabled: p.Enabled, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	}
}
