package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain/bulk"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) bulkReanalyzeDocuments(ctx context.Context, c docstore.BulkReanalyzeDocuments) (docstore.BulkOperation, error) {
	return submit(ctx, s, bulk.ReanalyzeDocuments, c.DocumentIDs)
}

// reanalyze works out the tags and references of a document anew. Done twice it
// changes nothing the second time.
func (s *service) reanalyze(ctx context.Context, id string) (docstore.ReanalyzedDocument, error) {
	tags, err := s.tagDocument(ctx, docstore.TagDocument{ID: id})
	if err != nil {
		return docstore.ReanalyzedDocument{}, err
	}
	links, err := s.extractRelationships(ctx, docstore.ExtractRelationships{ID: id})
	view := docstore.ReanalyzedDocument{DocumentID: id, Tags: make([]string, len(tags.Items)), Relationships: links.Total, Added: links.Added, Removed: links.Removed}
	for i, tag := range tags.Items {
		view.Tags[i] = tag.Tag
	}
	return view, err
}
