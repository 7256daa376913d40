package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) listDocuments(ctx context.Context, c docstore.ListDocuments) (docstore.DocumentList, error) {
	filter := document.Filter{
		Type: c.Type, SourceType: c.SourceType, Language: c.Language, Owner: c.Owner,
		Correlation: c.CorrelationID, Prompt: c.PromptID,
	}
	page, err := s.Documents.List(ctx, filter, domain.PageRequest{Limit: c.Limit, Offset: c.Offset}, c.IncludeContent)
	if err != nil {
		return docstore.DocumentList{}, err
	}
	views := domain.MapPage(page, documentView)
	return docstore.DocumentList{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, nil
}
