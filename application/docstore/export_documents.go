package docstore

import (
	"context"
	"errors"
	"iter"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// exportDocuments notes which documents there are before it reads them, since
// changes move the pages of documents. One that is deleted meanwhile is left out.
func (s *service) exportDocuments(ctx context.Context, c docstore.ExportDocuments) (iter.Seq2[docstore.ExportedDocument, error], error) {
	var wanted []document.ID
	filter := document.Filter{Type: c.Type, SourceType: c.SourceType, Owner: c.Owner}
	err := s.eachDocument(ctx, filter, func(d document.State) { wanted = append(wanted, d.ID) })
	if err != nil {
		return nil, err
	}
	return func(yield func(docstore.ExportedDocument, error) bool) {
		for _, id := range wanted {
			d, err := s.Documents.Get(ctx, id)
			switch {
			case errors.Is(err, domain.NotFound), err == nil && !d.DeletedAt.IsZero():
				continue
			case err != nil:
				yield(docstore.ExportedDocument{}, err)
				return
			}
			view := docstore.ExportedDocument{ID: id.String(), Content: d.Content, Metadata: d.Metadata.Clone(), CorrelationID: d.Correlation}
			if !yield(view, nil) {
				return
			}
		}
	}, nil
}
