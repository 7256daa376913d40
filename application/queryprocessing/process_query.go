package queryprocessing

import (
	"context"

	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/queryprocessing"
)

func (s *service) processQuery(ctx context.Context, c queryprocessing.ProcessQuery) (queryprocessing.QueryResult, error) {
	question, err := query.Read(c.QueryText)
	if err != nil {
		return queryprocessing.QueryResult{}, err
	}
	record, err := s.begin(ctx, question.Text)
	if err != nil {
		return queryprocessing.QueryResult{}, err
	}
	reading := query.Interpret(question.Text)
	record.Intent, record.Type = reading.Intent, question.Type
	if info := reading.Intent.Info(); info.Operational || info.Conversational {
		record.Status, record.Confidence = query.Refused, reading.Score
	} else if err := s.answer(asService(ctx), question, scopeOf(c.Context), c.MaxResults, &record); err != nil {
		return queryprocessing.QueryResult{}, err
	}
	if err := s.keep(ctx, &record); err != nil {
		return queryprocessing.QueryResult{}, err
	}
	view := resultView(record)
	view.Alternatives = alternativeViews(reading.Alternatives)
	if c.IncludeExplanation == nil || *c.IncludeExplanation {
		view.Explanation = explain(record)
	}
	return view, nil
}

// answer looks for the answer and puts it into the record.
func (s *service) answer(ctx context.Context, q query.Question, where scope, most int, record *query.Record) error {
	found, err := s.retrieve(ctx, q, where)
	if err != nil {
		return err
	}
	sources, err := s.read(ctx, found.hits)
	if err != nil {
		return err
	}
	answer := query.Compose(q, query.Rank(q, sources, found.statistics), found.statistics)
	record.Status, record.Confidence, record.Missing = query.NotFound, answer.Confidence, answer.Missing
	for _, sentence := range answer.Sentences {
		record.Sentences = append(record.Sentences, sentence.Cite())
		record.Status = query.Answered
	}
	record.Documents, record.Total = foundDocuments(answer.Nearest, found.hits, most), found.total
	return nil
}

// foundDocuments lists the sources with the best passages first, then the others as
// the search ranked them.
func foundDocuments(nearest []*query.Source, hits []fused, most int) []query.Found {
	byID := make(map[string]fused, len(hits))
	for _, h := range hits {
		byID[h.ID] = h
	}
	var listed []query.Found
	list := func(h fused) {
		if _, waiting := byID[h.ID]; waiting && len(listed) < min(most, query.MaxKept) {
			listed = append(listed, foundOf(h.SearchHit, h.score))
			delete(byID, h.ID)
		}
	}
	for _, source := range nearest {
		list(byID[source.Document])
	}
	for _, h := range hits {
		list(h)
	}
	return listed
}

func foundOf(h docstore.SearchHit, score float64) query.Found {
	return query.Found{Document: h.ID, Title: h.Title, Version: h.Version, Hash: h.ContentHash, Score: score, Snippet: h.Snippet}
}
