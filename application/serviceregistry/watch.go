package serviceregistry

import (
	"context"
	"iter"
	"strconv"
	"time"

	"github.com/docsteward/docsteward/domain/registry"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/serviceregistry"
)

// lookEvery is how often a directory that is watched is looked at, whichever process
// changes it.
const lookEvery = time.Second

func (s *service) watch(ctx context.Context, _ serviceregistry.WatchServices) (iter.Seq2[serviceregistry.Change, error], error) {
	if _, err := s.Services.All(ctx); err != nil {
		return nil, err
	}
	return func(yield func(serviceregistry.Change, error) bool) {
		seen := make(map[string]registry.Service)
		for sequence := 0; ; {
			all, err := s.Services.All(ctx)
			if err != nil {
				yield(serviceregistry.Change{}, err)
				return
			}
			for _, c := range changes(seen, all) {
				sequence++
				c.Sequence = strconv.Itoa(sequence)
				if !yield(c, nil) {
					return
				}
			}
			if !clock.Wait(ctx, s.Clock, lookEvery) {
				return
			}
		}
	}, nil
}

// changes tells how the entries differ from those that were seen, and makes them
// the seen ones.
func changes(seen map[string]registry.Service, all []registry.Service) []serviceregistry.Change {
	var told []serviceregistry.Change
	now := make(map[string]bool, len(all))
	for _, one := range all {
		id := one.ID.String()
		now[id] = true
		before, was := seen[id]
		switch {
		case !was:
			told = append(told, serviceregistry.Change{Kind: "registered", Service: entryView(one)})
		case before.Status != one.Status || before.URL != one.URL || before.SpecHash != one.SpecHash || len(before.Capabilities) != len(one.Capabilities):
			told = append(told, serviceregistry.Change{Kind: "changed", Service: entryView(one)})
		}
		seen[id] = one
	}
	for id, one := range seen {
		if !now[id] {
			told = append(told, serviceregistry.Change{Kind: "unregistered", Service: entryView(one)})
			delete(seen, id)
		}
	}
	return told
}
