package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) searchAdvanced(ctx context.Context, c docstore.SearchAdvanced) (docstore.SearchResults, error) {
	query, err := document.ParseQuery(c.Query)
	if err != nil {
		return docstore.SearchResults{}, err
	}
	f := c.Filters
	for _, demand := range [...]struct{ key, value string }{
		{"type", f.Type}, {"content_type", f.ContentType}, {"source_type", f.SourceType},
		{"language", f.Language}, {"owner", f.Owner}, {"path", f.Folder},
	} {
		query.Demand(demand.key, demand.value)
	}
	for _, tag := range f.Tags {
		query.Demand("tags", tag)
	}
	return s.search(ctx, document.Search{
		Query: query, From: instant(f.DateFrom), Until: instant(f.DateTo), AsOf: instant(c.AsOf),
		Analysed: f.HasAnalysis, MinScore: f.MinScore, Facets: true,
		Sort: document.Sort(c.Sort), Page: domain.PageRequest{Limit: c.Limit, Offset: c.Offset},
	})
}
