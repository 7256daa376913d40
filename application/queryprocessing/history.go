package queryprocessing

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/ports/queryprocessing"
)

// record reads a query; what names the missing one in the fault.
func (s *service) record(ctx context.Context, text, what string) (query.Record, error) {
	id, err := query.ParseID(text)
	if err != nil {
		return query.Record{}, err
	}
	r, err := s.History.Get(ctx, id)
	if errors.Is(err, domain.NotFound) {
		err = unknown(err, text, what)
	}
	return r, err
}

func unknown(err error, id, what string) error {
	return domain.NotFound.Wrap(err, what+" not found: "+id+". List queries with GET /api/v1/queries/history.").
		WithDetail("resource_type", "query").WithDetail("resource_id", id)
}

func (s *service) getResult(ctx context.Context, c queryprocessing.GetResult) (queryprocessing.QueryResult, error) {
	r, err := s.record(ctx, c.ID, "Query result")
	if err != nil {
		return queryprocessing.QueryResult{}, err
	}
	said, err := s.History.Feedback(ctx, r.ID)
	if err != nil {
		return queryprocessing.QueryResult{}, err
	}
	view := resultView(r)
	view.Explanation = explain(r)
	for _, f := range said {
		view.Feedback = append(view.Feedback, feedbackView(f))
	}
	return view, s.expire(asService(ctx), r, &view)
}

func (s *service) deleteResult(ctx context.Context, c queryprocessing.DeleteResult) (queryprocessing.Deleted, error) {
	id, err := query.ParseID(c.ID)
	if err != nil {
		return queryprocessing.Deleted{}, err
	}
	if err = s.History.Delete(ctx, id); errors.Is(err, domain.NotFound) {
		err = unknown(err, c.ID, "Query result")
	}
	return queryprocessing.Deleted{QueryID: c.ID}, err
}

func (s *service) giveFeedback(ctx context.Context, c queryprocessing.GiveFeedback) (queryprocessing.Feedback, error) {
	id, err := query.ParseID(c.ID)
	if err != nil {
		return queryprocessing.Feedback{}, err
	}
	if c.Helpful == nil {
		return queryprocessing.Feedback{}, domain.Invalid.New("The feedback does not say whether the result helped.").WithField("helpful", "required", "must be given")
	}
	f, err := query.NewFeedback(id, caller(ctx), *c.Helpful, c.Comment, s.now())
	if err != nil {
		return queryprocessing.Feedback{}, err
	}
	if err = s.History.PutFeedback(ctx, f); errors.Is(err, domain.NotFound) {
		err = unknown(err, c.ID, "Query result")
	}
	return feedbackView(f), err
}

func (s *service) listHistory(ctx context.Context, c queryprocessing.ListHistory) (queryprocessing.HistoryList, error) {
	f := queryprocessing.Filter{Intent: query.Intent(c.Intent), Status: query.Status(c.Status), User: c.UserID}
	found, err := s.History.Find(ctx, f, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	if err != nil {
		return queryprocessing.HistoryList{}, err
	}
	page := domain.MapPage(found, historyView)
	return queryprocessing.HistoryList{Items: page.Items, Total: page.Total, Limit: page.Limit, Offset: page.Offset, HasMore: page.HasMore()}, nil
}

func (s *service) getHistoryEntry(ctx context.Context, c queryprocessing.GetHistoryEntry) (queryprocessing.HistoryEntry, error) {
	r, err := s.record(ctx, c.ID, "Query history")
	return historyView(r), err
}

func (s *service) listIntents(context.Context, queryprocessing.ListIntents) (queryprocessing.IntentList, error) {
	list := queryprocessing.IntentList{Intents: []queryprocessing.IntentEntry{}}
	for _, info := range query.Intents() {
		list.Intents = append(list.Intents, queryprocessing.IntentEntry{
			Name: string(info.Name), Description: info.Description, ExampleQueries: []string{info.Example}, Answered: !info.Operational && !info.Conversational,
		})
	}
	list.Total = len(list.Intents)
	return list, nil
}

// popular is how many intents the statistics name.
const popular = 5

func (s *service) getStats(ctx context.Context, _ queryprocessing.GetStats) (queryprocessing.Stats, error) {
	counts, err := s.History.Count(ctx, s.now().Truncate(24*time.Hour))
	if err != nil {
		return queryprocessing.Stats{}, err
	}
	stats := queryprocessing.Stats{
		TotalQueries: counts.Total, QueriesToday: counts.Today, AvgResponseTimeMS: milliseconds(counts.Took),
		NotFound: counts.ByStatus[query.NotFound], Helpful: counts.Helpful, Unhelpful: counts.Unhelpful, PopularIntents: []queryprocessing.IntentCount{},
	}
	if counts.Total > 0 {
		stats.SuccessRate = float64(counts.ByStatus[query.Answered]+counts.ByStatus[query.Executed]) / float64(counts.Total)
	}
	for intent, n := range counts.ByIntent {
		stats.PopularIntents = append(stats.PopularIntents, queryprocessing.IntentCount{Intent: string(intent), Count: n})
	}
	slices.SortFunc(stats.PopularIntents, func(a, b queryprocessing.IntentCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Intent, b.Intent))
	})
	stats.PopularIntents = stats.PopularIntents[:min(popular, len(stats.PopularIntents))]
	return stats, nil
}
