package infrastructure

import (
	"context"
	"errors"
	"slices"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/deadletter"
	"github.com/docsteward/docsteward/ports/infrastructure"
)

// mostRetried is how many letters one call has delivered again.
const mostRetried = 1000

func (s *service) retryDeadLetters(ctx context.Context, c infrastructure.RetryDeadLetters) domain.DomainResult[infrastructure.RetryResult] {
	h, err := s.gather(ctx)
	if err != nil {
		return domain.Fail[infrastructure.RetryResult](err)
	}
	result := infrastructure.RetryResult{Retried: []string{}, Failed: []infrastructure.RetryFailure{}, Exhausted: []infrastructure.RetryExhausted{}}
	letters := h.wanted(c, &result)
	deadletter.Earliest(letters)
	tried := 0
	for _, l := range letters {
		limit := l.Limit
		if c.MaxRetries != nil {
			limit = *c.MaxRetries
		}
		counted, ok := l.Counted(limit)
		switch {
		case !ok:
			result.Exhausted = append(result.Exhausted, infrastructure.RetryExhausted{ID: l.ID, MaxRetries: limit, CurrentRetries: l.Retries})
			continue
		case tried == mostRetried:
			result.Remaining++
			continue
		}
		tried++
		if err := s.retry(ctx, counted, &result); err != nil {
			return domain.Fail[infrastructure.RetryResult](err)
		}
	}
	_, warnings := h.unreachable()
	return domain.Ok(result).WithWarnings(warnings...)
}

// wanted returns the letters that a call asks for, and notes the ids that nobody has.
func (h heap) wanted(c infrastructure.RetryDeadLetters, result *infrastructure.RetryResult) []deadletter.Letter {
	if len(c.IDs) == 0 {
		letters := h.chosen(deadletter.Filter{Type: c.EventType, Service: c.Service})
		result.TotalRequested = len(letters)
		return letters
	}
	asked := slices.Compact(slices.Sorted(slices.Values(c.IDs)))
	result.TotalRequested = len(asked)
	var letters []deadletter.Letter
	seen := make(map[string]bool)
	for _, id := range asked {
		found := h.find(id)
		if len(found) == 0 {
			result.Failed = append(result.Failed, infrastructure.RetryFailure{ID: id, Reason: h.missing(id)})
		}
		for _, l := range found {
			if !seen[l.ID] {
				letters = append(letters, l)
			}
			seen[l.ID] = true
		}
	}
	return letters
}

// missing says why no letter of the id was found.
func (h heap) missing(id string) string {
	if place, _, ok := deadletter.SplitID(id); ok && h.faults[place] != nil {
		return domain.FaultOf(h.faults[place]).Message
	}
	return "There is no such dead letter; it may have been delivered meanwhile."
}

// retry sends one letter, whose new try is counted in it, on its way, and notes how
// that went. It fails only when ctx ended or the tries cannot be stored.
func (s *service) retry(ctx context.Context, l deadletter.Letter, result *infrastructure.RetryResult) error {
	place, local := s.placeOf(l.ID)
	now := s.now()
	err := place.Retry(ctx, local, now)
	switch {
	case err != nil && ctx.Err() != nil:
		return domain.FaultOf(ctx.Err())
	case err != nil:
		result.Failed = append(result.Failed, infrastructure.RetryFailure{ID: l.ID, Reason: domain.FaultOf(err).Message})
		return nil
	}
	result.Retried = append(result.Retried, l.ID)
	return s.Retries.Put(ctx, l.ID, infrastructure.Tries{Count: l.Retries, Limit: l.Limit}, now)
}

// placeOf returns the place where the letter lies, nil when there is no such place,
// and its id there.
func (s *service) placeOf(id string) (place infrastructure.Place, local string) {
	name, local, _ := deadletter.SplitID(id)
	for _, place := range s.Places {
		if place.Name() == name {
			return place, local
		}
	}
	return nil, local
}

func (s *service) discardDeadLetters(ctx context.Context, c infrastructure.DiscardDeadLetters) (infrastructure.DiscardResult, error) {
	asked := slices.Compact(slices.Sorted(slices.Values(c.IDs)))
	result := infrastructure.DiscardResult{TotalRequested: len(asked), Removed: []string{}, NotFound: []string{}}
	for _, id := range asked {
		place, local := s.placeOf(id)
		err := error(domain.NotFound)
		if place != nil {
			err = place.Discard(ctx, local)
		}
		switch {
		case errors.Is(err, domain.NotFound):
			result.NotFound = append(result.NotFound, id)
			continue
		case err != nil:
			return infrastructure.DiscardResult{}, err
		}
		result.Removed = append(result.Removed, id)
		if err := s.Retries.Forget(ctx, id); err != nil {
			return infrastructure.DiscardResult{}, err
		}
	}
	return result, nil
}
