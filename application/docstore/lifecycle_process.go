package docstore

import (
	"context"
	"slices"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/lifecycle"
	"github.com/docsteward/docsteward/ports/docstore"
)

// maxErrors is how many failures a run lists.
const maxErrors = 100

// eachLife calls visit with every living document and where it stands.
func (s *service) eachLife(ctx context.Context, visit func(document.State, lifecycle.Record)) error {
	for offset := 0; ; {
		page, err := s.Documents.List(ctx, document.Filter{}, domain.PageRequest{Limit: domain.MaxLimit, Offset: offset}, false)
		if err != nil {
			return err
		}
		ids := make([]document.ID, len(page.Items))
		for i, d := range page.Items {
			ids[i] = d.ID
		}
		records, err := s.Lifecycles.Of(ctx, ids...)
		if err != nil {
			return err
		}
		for _, d := range page.Items {
			visit(d, recordOf(records, d))
		}
		if !page.HasMore() || len(page.Items) == 0 {
			return nil
		}
		offset += len(page.Items)
	}
}

// processLifecycles finds what is to be done before it does any of it, since
// deletions move the pages of documents. Each document is a transaction of its
// own, and decided about again inside it.
func (s *service) processLifecycles(ctx context.Context, _ docstore.ProcessLifecycles) (docstore.ProcessedLifecycles, error) {
	result := docstore.ProcessedLifecycles{Errors: []string{}}
	policies, err := s.allPolicies(ctx)
	if err != nil {
		return result, err
	}
	var todo []document.ID
	err = s.eachLife(ctx, func(d document.State, r lifecycle.Record) {
		result.Examined++
		if next, changes := s.decide(policies, d, r); len(changes) > 0 || !slices.Equal(next.Applied, r.Applied) {
			todo = append(todo, d.ID)
		}
	})
	if err != nil {
		return result, err
	}
	for _, id := range todo {
		changes, err := s.process(ctx, policies, id)
		switch {
		case ctx.Err() != nil:
			return result, domain.FaultOf(ctx.Err())
		case err != nil:
			if len(result.Errors) < maxErrors {
				result.Errors = append(result.Errors, id.String()+": "+domain.FaultOf(err).Message)
			}
			continue
		}
		result.Changed++
		for _, c := range changes {
			switch c.To {
			case lifecycle.Archived:
				result.Archived++
			case lifecycle.Deleted:
				result.Deleted++
			}
		}
	}
	return result, nil
}

// decide returns what policies and dates make of a record.
func (s *service) decide(policies []lifecycle.Policy, d document.State, r lifecycle.Record) (lifecycle.Record, []lifecycle.Change) {
	now := s.Clock.Now()
	r, applied := r.Apply(lifecycle.Matching(policies, d, now), now)
	r, due := r.Advance(now)
	return r, append(applied, due...)
}

func (s *service) process(ctx context.Context, policies []lifecycle.Policy, id document.ID) (changes []lifecycle.Change, err error) {
	err = s.Unit.Within(ctx, func(ctx context.Context) error {
		d, err := s.living(ctx, id.String())
		if err != nil {
			return err
		}
		r, err := s.record(ctx, d)
		if err != nil {
			return err
		}
		r, changes = s.decide(policies, d, r)
		return s.keep(ctx, r, changes)
	})
	return changes, err
}

func (s *service) getLifecycleStatistics(ctx context.Context, _ docstore.GetLifecycleStatistics) (docstore.LifecycleStatistics, error) {
	stats := docstore.LifecycleStatistics{PhaseDistribution: map[string]int{}, ComplianceStats: map[string]int{}}
	now := s.Clock.Now()
	err := s.eachLife(ctx, func(_ document.State, r lifecycle.Record) {
		stats.PhaseDistribution[string(r.Phase)]++
		stats.ComplianceStats[r.Compliance(now)]++
		if len(r.Applied) > 0 {
			stats.DocumentsWithPolicies++
		}
	})
	return stats, err
}
