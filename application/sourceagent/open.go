package sourceagent

import (
	"context"
	"errors"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	port "github.com/docsteward/docsteward/ports/source"
)

// open opens the source at location and finds what place it is; known reports
// whether it was ingested before. An empty name keeps the name that it has.
func (s *service) open(ctx context.Context, location, name string) (open port.Source, place source.Place, known bool, err error) {
	if name != "" {
		if err := source.CheckName(name); err != nil {
			return nil, source.Place{}, false, err
		}
	}
	if open, err = s.Opener.Open(ctx, location); err != nil {
		return nil, source.Place{}, false, err
	}
	place = source.NewPlace(open.Kind(), open.Identity(), location, name, s.Clock.Now())
	before, err := s.Places.Get(ctx, place.ID)
	switch {
	case err == nil:
		known, place.FirstSeen = true, before.FirstSeen
		if name == "" {
			place.Name = before.Name
		}
	case !errors.Is(err, domain.NotFound):
		return nil, source.Place{}, false, errors.Join(err, open.Close())
	}
	return open, place, known, nil
}

// keep stores the place. Where its name is taken and nobody chose it, the place
// gets another one.
func (s *service) keep(ctx context.Context, place source.Place, chosen bool) (source.Place, error) {
	err := s.Places.Put(ctx, place)
	if errors.Is(err, domain.Conflict) && !chosen {
		place.Name = place.OtherName()
		err = s.Places.Put(ctx, place)
	}
	return place, err
}
