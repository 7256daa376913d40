package infrastructure

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/deadletter"
	"github.com/docsteward/docsteward/ports/infrastructure"
)

// mostLetters is how many letters of one place are looked at, the last given up first.
const mostLetters = 10_000

// mostCauses is how many clusters of causes are told.
const mostCauses = 50

// heap is the letters of all places.
type heap struct {
	letters []deadletter.Letter
	// total counts those too that were not looked at.
	total int
	// faults are those of places that did not answer, by name.
	faults map[string]error
}

// gather looks at every place. It fails only when none answers.
func (s *service) gather(ctx context.Context) (heap, error) {
	h := heap{faults: make(map[string]error)}
	var last error
	for _, place := range s.Places {
		letters, total, err := lettersOf(ctx, place)
		if err != nil {
			if ctx.Err() != nil {
				return heap{}, domain.FaultOf(ctx.Err())
			}
			h.faults[place.Name()], last = err, err
			continue
		}
		h.letters, h.total = append(h.letters, letters...), h.total+total
	}
	if len(h.faults) > 0 && len(h.faults) == len(s.Places) {
		return heap{}, last
	}
	return h, s.countTries(ctx, h.letters)
}

// lettersOf returns the letters of a place and how many there are.
func lettersOf(ctx context.Context, place infrastructure.Place) (all []deadletter.Letter, total int, err error) {
	for len(all) < mostLetters {
		page, err := place.List(ctx, domain.PageRequest{Limit: domain.MaxLimit, Offset: len(all)})
		if err != nil {
			return nil, 0, err
		}
		all, total = append(all, page.Items...), page.Total
		if !page.HasMore() || len(page.Items) == 0 {
			break
		}
	}
	return all, total, nil
}

// countTries fills in how often letters were tried again.
func (s *service) countTries(ctx context.Context, letters []deadletter.Letter) error {
	ids := make([]string, len(letters))
	for i, l := range letters {
		ids[i] = l.ID
	}
	tries, err := s.Retries.Of(ctx, ids...)
	if err != nil {
		return err
	}
	for i := range letters {
		letters[i].Limit = deadletter.DefaultLimit
		if known, has := tries[letters[i].ID]; has {
			letters[i].Retries, letters[i].Limit = known.Count, known.Limit
		}
	}
	return nil
}

// unreachable names the places that did not answer, and warns of each.
func (h heap) unreachable() (names, warnings []string) {
	names = []string{}
	for name := range h.faults {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		warnings = append(warnings, name+" did not answer, so its dead letters are missing here: "+domain.FaultOf(h.faults[name]).Message)
	}
	return names, warnings
}

// chosen returns the letters that the filter chooses.
func (h heap) chosen(f deadletter.Filter) []deadletter.Letter {
	var kept []deadletter.Letter
	for _, l := range h.letters {
		if f.Matches(l) {
			kept = append(kept, l)
		}
	}
	return kept
}

func (s *service) listDeadLetters(ctx context.Context, c infrastructure.ListDeadLetters) domain.DomainResult[infrastructure.DeadLetterList] {
	h, err := s.gather(ctx)
	if err != nil {
		return domain.Fail[infrastructure.DeadLetterList](err)
	}
	kept := h.chosen(deadletter.Filter{Type: c.EventType, Service: c.Service, Correlation: c.Correlation})
	deadletter.Latest(kept)
	now := s.now()
	list := infrastructure.DeadLetterList{
		Events: []infrastructure.DeadLetter{}, TotalCount: h.total, FilteredCount: len(kept), Limit: c.Limit, Offset: c.Offset,
		HasMore: c.Offset+c.Limit < len(kept),
	}
	for _, l := range kept[min(c.Offset, len(kept)):min(c.Offset+c.Limit, len(kept))] {
		list.Events = append(list.Events, letterView(l, now))
	}
	_, warnings := h.unreachable()
	return domain.Ok(list).WithWarnings(warnings...)
}

func (s *service) getDeadLetter(ctx context.Context, c infrastructure.GetDeadLetter) (infrastructure.DeadLetter, error) {
	h, err := s.gather(ctx)
	if err != nil {
		return infrastructure.DeadLetter{}, err
	}
	found := h.find(c.ID)
	if len(found) == 0 {
		return infrastructure.DeadLetter{}, domain.NotFound.New("Dead letter not found: "+c.ID+". List them with GET /api/v1/infrastructure/dlq/events.").
			WithDetail("resource_type", "dead_letter").WithDetail("resource_id", c.ID)
	}
	return letterView(found[0], s.now()), nil
}

// find returns the letter of the id, or those of the event of the id: an event may
// have been given up on its way to several.
func (h heap) find(id string) []deadletter.Letter {
	var found []deadletter.Letter
	for _, l := range h.letters {
		if l.ID == id {
			return []deadletter.Letter{l}
		}
		if _, local, _ := deadletter.SplitID(l.ID); l.Event == id || local == id {
			found = append(found, l)
		}
	}
	return found
}

func (s *service) getDeadLetterStats(ctx context.Context, c infrastructure.GetDeadLetterStats) domain.DomainResult[infrastructure.DeadLetterStats] {
	h, err := s.gather(ctx)
	if err != nil {
		return domain.Fail[infrastructure.DeadLetterStats](err)
	}
	now, filter := s.now(), deadletter.Filter{}
	if c.Hours != nil {
		filter.Since = now.Add(-time.Duration(*c.Hours) * time.Hour)
	}
	counts := deadletter.Count(h.chosen(filter))
	view := infrastructure.DeadLetterStats{
		TotalEvents: counts.Total, RetryableEvents: counts.Retryable, FailedEvents: counts.Total - counts.Retryable,
		EventsByType: counts.ByType, EventsByService: counts.ByService, Causes: []infrastructure.CauseCluster{},
	}
	if counts.Total > 0 {
		view.OldestEvent, view.NewestEvent = &counts.Oldest, &counts.Newest
		view.OldestAgeSeconds = max(now.Sub(counts.Oldest), 0).Seconds()
	}
	for _, cluster := range counts.Clusters[:min(len(counts.Clusters), mostCauses)] {
		view.Causes = append(view.Causes, infrastructure.CauseCluster(cluster))
	}
	var warnings []string
	view.Unreachable, warnings = h.unreachable()
	return domain.Ok(view).WithWarnings(warnings...)
}

func letterView(l deadletter.Letter, now time.Time) infrastructure.DeadLetter {
	view := infrastructure.DeadLetter{
		ID: l.ID, EventID: l.Event, EventType: l.Type, EventData: json.RawMessage("{}"), FailureReason: l.Cause, HappenedAt: l.HappenedAt,
		DiedAt: l.DiedAt, RetryCount: l.Retries, MaxRetries: l.Limit, Correlation: l.Correlation, Service: l.Service, Details: l.Details,
		CanRetry: l.CanRetry(), AgeSeconds: l.Age(now).Seconds(),
	}
	if json.Valid(l.Data) {
		view.EventData = l.Data
	}
	if view.Details == nil {
		view.Details = map[string]string{}
	}
	return view
}
