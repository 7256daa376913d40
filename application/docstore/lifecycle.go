package docstore

import (
	"context"
	"encoding/json"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/lifecycle"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

// record returns where a document stands. A document that came back to life
// begins anew.
func (s *service) record(ctx context.Context, d document.State) (lifecycle.Record, error) {
	records, err := s.Lifecycles.Of(ctx, d.ID)
	return recordOf(records, d), err
}

func recordOf(records map[document.ID]lifecycle.Record, d document.State) lifecycle.Record {
	r, ok := records[d.ID]
	if !ok || r.Phase == lifecycle.Deleted && d.DeletedAt.IsZero() {
		return lifecycle.New(d.ID)
	}
	return r
}

func (s *service) getLifecycle(ctx context.Context, c docstore.GetLifecycle) (docstore.Lifecycle, error) {
	id, err := document.ParseID(c.ID)
	if err != nil {
		return docstore.Lifecycle{}, err
	}
	d, err := s.Documents.Get(ctx, id)
	if err != nil {
		return docstore.Lifecycle{}, err
	}
	r, err := s.record(ctx, d)
	if err != nil {
		return docstore.Lifecycle{}, err
	}
	history, err := s.Lifecycles.Changes(ctx, id, domain.PageRequest{Limit: 100})
	if err != nil {
		return docstore.Lifecycle{}, err
	}
	if !d.DeletedAt.IsZero() {
		r.Phase = lifecycle.Deleted
	}
	return docstore.Lifecycle{
		DocumentID: c.ID, CurrentPhase: string(r.Phase), RetentionPeriodDays: r.RetentionDays,
		ArchivalDate: usecase.TimeOrNil(r.ArchivalDate), DeletionDate: usecase.TimeOrNil(r.DeletionDate), LastReviewed: usecase.TimeOrNil(r.ReviewedAt),
		ComplianceStatus: r.Compliance(s.Clock.Now()), AppliedPolicies: append([]string{}, r.Applied...),
		History: domain.MapPage(history, transitionView).Items,
	}, nil
}

func transitionView(c lifecycle.Change) docstore.Transition {
	return docstore.Transition{
		DocumentID: c.Document.String(), OldPhase: string(c.From), NewPhase: string(c.To), Reason: c.Reason, ChangedBy: c.By, ChangedAt: c.At,
	}
}

func (s *service) transitionDocument(ctx context.Context, c docstore.TransitionDocument) (docstore.Transition, error) {
	var view docstore.Transition
	err := s.Unit.Within(ctx, func(ctx context.Context) error {
		d, err := s.living(ctx, c.ID)
		if err != nil {
			return err
		}
		r, err := s.record(ctx, d)
		if err != nil {
			return err
		}
		r, change, err := r.Transition(lifecycle.Phase(c.NewPhase), c.Reason, usecase.MetaOf(ctx).Caller.User, s.Clock.Now())
		if err != nil {
			return err
		}
		view = transitionView(change)
		return s.keep(ctx, r, []lifecycle.Change{change})
	})
	return view, err
}

// keep stores a record with its changes, tells of them, and deletes the document
// whose life they end: in the transaction of ctx.
func (s *service) keep(ctx context.Context, r lifecycle.Record, changes []lifecycle.Change) error {
	events := make([]domain.Event, len(changes))
	for i := range changes {
		changes[i].ID = s.IDs.New()
		payload, err := json.Marshal(transitionView(changes[i]))
		if err != nil {
			return domain.Internal.Wrap(err, "The event cannot be written as JSON.")
		}
		events[i] = domain.Event{
			ID: s.IDs.New(), Name: lifecycle.EventTransition, Aggregate: "document", AggregateID: r.Document.String(),
			At: changes[i].At, Correlation: usecase.MetaOf(ctx).Correlation, Payload: payload,
		}
	}
	changed(ctx, s.Memo, tagLifecycle)
	if err := s.Lifecycles.Put(ctx, r, changes...); err != nil {
		return err
	}
	if err := s.Outbox.Append(ctx, events...); err != nil {
		return err
	}
	if r.Phase != lifecycle.Deleted {
		return nil
	}
	_, err := s.deleteDocument(ctx, docstore.DeleteDocument{ID: r.Document.String()})
	return err
}

func (s *service) applyPolicies(ctx context.Context, c docstore.ApplyPolicies) (docstore.AppliedPolicies, error) {
	policies, err := s.allPolicies(ctx)
	if err != nil {
		return docstore.AppliedPolicies{}, err
	}
	var r lifecycle.Record
	err = s.Unit.Within(ctx, func(ctx context.Context) error {
		d, err := s.living(ctx, c.ID)
		if err != nil {
			return err
		}
		if r, err = s.record(ctx, d); err != nil {
			return err
		}
		now := s.Clock.Now()
		var changes []lifecycle.Change
		r, changes = r.Apply(lifecycle.Matching(policies, d, now), now)
		return s.keep(ctx, r, changes)
	})
	return docstore.AppliedPolicies{
		DocumentID: c.ID, AppliedPolicies: append([]string{}, r.Applied...), PolicyCount: len(r.Applied), CurrentPhase: string(r.Phase),
	}, err
}

func (s *service) allPolicies(ctx context.Context) ([]lifecycle.Policy, error) {
	var all []lifecycle.Policy
	for {
		page, err := s.Policies.List(ctx, domain.PageRequest{Limit: domain.MaxLimit, Offset: len(all)})
		if err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if !page.HasMore() || len(page.Items) == 0 {
			return all, nil
		}
	}
}
