package docstore

import (
	"context"
	"errors"
	"slices"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// similarCandidates is how many documents that share salient words are compared.
const similarCandidates = 100

// findSimilar asks the index for documents that share the words that are most
// particular to this one, and compares their shingles exactly.
func (s *service) findSimilar(ctx context.Context, c docstore.FindSimilar) (docstore.SimilarDocuments, error) {
	d, err := s.living(ctx, c.ID)
	if err != nil {
		return docstore.SimilarDocuments{}, err
	}
	answer := docstore.SimilarDocuments{DocumentID: c.ID, Items: []docstore.SimilarDocument{}}
	query := document.SalientQuery(d.Content)
	if len(query.Clauses) == 0 {
		return answer, nil
	}
	hits, err := s.Index.Search(ctx, document.Search{Query: query, Any: true, Page: domain.PageRequest{Limit: similarCandidates}})
	if err != nil {
		return docstore.SimilarDocuments{}, err
	}
	own := document.Shingles(d.Content)
	for _, hit := range hits.Items {
		if hit.Document == d.ID {
			continue
		}
		other, err := s.Documents.Get(ctx, hit.Document)
		if errors.Is(err, domain.NotFound) {
			continue // purged meanwhile
		}
		if err != nil {
			return docstore.SimilarDocuments{}, err
		}
		if similarity := document.Jaccard(own, document.Shingles(other.Content)); similarity > 0 {
			answer.Items = append(answer.Items, docstore.SimilarDocument{
				ID: hit.Document.String(), Title: hit.Title, Type: hit.Metadata.Text("type"), Similarity: similarity,
			})
		}
	}
	slices.SortStableFunc(answer.Items, func(a, b docstore.SimilarDocument) int {
		switch {
		case a.Similarity > b.Similarity:
			return -1
		case a.Similarity < b.Similarity:
			return 1
		}
		return 0
	})
	answer.Items = answer.Items[:min(len(answer.Items), c.Limit)]
	answer.Total = len(answer.Items)
	return answer, nil
}
