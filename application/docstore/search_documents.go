package docstore

import (
	"context"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) searchDocuments(ctx context.Context, c docstore.SearchDocuments) (docstore.SearchResults, error) {
	if strings.TrimSpace(c.Q) == "" {
		return docstore.SearchResults{}, domain.Invalid.New("The query is blank.").WithField("q", "required", "must not be blank")
	}
	return s.queryDocuments(ctx, docstore.QueryDocuments{
		Query: &c.Q, AsOf: c.AsOf, Sort: c.Sort, Facets: c.Facets, Limit: c.Limit, Offset: c.Offset,
		Filters: docstore.SearchFilters{
			Type: c.Type, SourceType: c.SourceType, Language: c.Language, Owner: c.Owner,
			Tags: c.Tags, DateFrom: c.DateFrom, DateTo: c.DateTo,
		},
	})
}

func (s *service) queryDocuments(ctx context.Context, c docstore.QueryDocuments) (docstore.SearchResults, error) {
	empty := docstore.SearchResults{Items: []docstore.SearchHit{}, Limit: c.Limit, Offset: c.Offset}
	if c.Query == nil {
		return docstore.SearchResults{}, domain.Invalid.New("There is no query.").WithField("query", "required", "must be given")
	}
	if strings.TrimSpace(*c.Query) == "" {
		return empty, nil
	}
	search, err := searchOf(c)
	if err != nil {
		return docstore.SearchResults{}, err
	}
	if len(search.Clauses) == 0 && len(search.Fields) == 0 {
		return empty, nil
	}
	return s.search(ctx, search)
}

// search asks the index; where nothing meets every clause, for whatever meets any.
func (s *service) search(ctx context.Context, search document.Search) (docstore.SearchResults, error) {
	hits, err := s.Index.Search(ctx, search)
	if err != nil {
		return docstore.SearchResults{}, err
	}
	relaxed := hits.Total == 0 && wanted(search.Clauses) > 1
	if relaxed {
		search.Any = true
		if hits, err = s.Index.Search(ctx, search); err != nil {
			return docstore.SearchResults{}, err
		}
	}
	results := docstore.SearchResults{
		Items: make([]docstore.SearchHit, len(hits.Items)), Total: hits.Total, Limit: hits.Limit, Offset: hits.Offset,
		HasMore: hits.HasMore(), Facets: hits.Facets, EffectiveQuery: search.Effective(), Relaxed: relaxed && hits.Total > 0,
	}
	for i, hit := range hits.Items {
		results.Items[i] = docstore.SearchHit{
			ID: hit.Document.String(), Title: hit.Title, Version: hit.Version, ContentHash: hit.Hash,
			Metadata: hit.Metadata, UpdatedAt: hit.UpdatedAt, Score: hit.Score, Snippet: hit.Snippet,
			Length: hit.Size, Analyses: hit.Analyses,
		}
	}
	return results, nil
}

func searchOf(c docstore.QueryDocuments) (document.Search, error) {
	query, err := document.ParseQuery(*c.Query)
	if err != nil {
		return document.Search{}, err
	}
	query.Demand("type", c.Filters.Type)
	query.Demand("source_type", c.Filters.SourceType)
	query.Demand("language", c.Filters.Language)
	query.Demand("owner", c.Filters.Owner)
	for _, tag := range c.Filters.Tags {
		query.Demand("tags", tag)
	}
	return document.Search{
		Query: query, From: instant(c.Filters.DateFrom), Until: instant(c.Filters.DateTo), AsOf: instant(c.AsOf),
		Sort: document.Sort(c.Sort), Page: domain.PageRequest{Limit: c.Limit, Offset: c.Offset}, Facets: c.Facets,
	}, nil
}

// wanted counts the clauses that ask for words.
func wanted(clauses []document.Clause) int {
	n := 0
	for _, c := range clauses {
		if !c.Exclude {
			n++
		}
	}
	return n
}

func instant(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

func (s *service) reindex(ctx context.Context, _ docstore.Reindex) (docstore.Reindexed, error) {
	n, err := s.Index.Rebuild(ctx)
	return docstore.Reindexed{Indexed: n}, err
}
