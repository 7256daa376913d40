package sourceagent

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
)

// forgetSource erases the records of a source last: one that fails half-way can
// be asked for again.
func (s *service) forgetSource(ctx context.Context, c sourceagent.ForgetSource) (sourceagent.ForgottenSource, error) {
	place, err := s.placeOf(ctx, c.ID)
	if err != nil {
		return sourceagent.ForgottenSource{}, err
	}
	if err := s.idle(ctx, place.ID); err != nil {
		return sourceagent.ForgottenSource{}, err
	}
	records, err := s.Records.Load(ctx, place.ID)
	if err != nil {
		return sourceagent.ForgottenSource{}, err
	}
	forgotten := sourceagent.ForgottenSource{ID: c.ID, Items: len(records)}
	if c.Documents {
		forgotten.Documents, err = s.deleteAll(usecase.AsService(ctx, sourceagent.ID), place.ID, records)
		if err != nil {
			return sourceagent.ForgottenSource{}, err
		}
	}
	return forgotten, s.Places.Delete(ctx, place.ID)
}

// idle fails with Conflict while the source is being ingested.
func (s *service) idle(ctx context.Context, place source.PlaceID) error {
	running, err := s.Runs.List(ctx, place, source.Running, domain.PageRequest{Limit: 1})
	if err != nil || len(running.Items) == 0 || !running.Items[0].Lease.After(s.now()) {
		return err
	}
	return domain.Conflict.New("The source is being ingested; wait for that run to end.").WithDetail("id", running.Items[0].ID.String())
}

// deleteAll deletes the documents of a source and returns how many there were.
// One that a file elsewhere shares goes over to that file. Records without an
// owner go first, so that no heir is found among them.
func (s *service) deleteAll(ctx context.Context, place source.PlaceID, records []source.Record) (int, error) {
	var owners []source.Record
	for _, r := range records {
		if r.Owns() {
			owners = append(owners, r)
		} else if err := s.Records.Delete(ctx, place, r.Path); err != nil {
			return 0, err
		}
	}
	deleted := 0
	for _, r := range owners {
		heir, err := s.bequeath(ctx, place, r)
		switch {
		case err != nil:
			return 0, err
		case heir == nil:
			deleted++
		default:
			if err := s.Records.Put(ctx, heir.Place, heir.Record); err != nil {
				return 0, err
			}
		}
		if err := s.Records.Delete(ctx, place, r.Path); err != nil {
			return 0, err
		}
	}
	return deleted, nil
}
