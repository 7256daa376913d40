package queryprocessing

import (
	"context"
	"errors"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/queryprocessing"
)

// expire marks the citations whose document no longer says so, and the answer that
// rests on them. Each document is read once.
func (s *service) expire(ctx context.Context, r query.Record, view *queryprocessing.QueryResult) error {
	documents := make(map[string]*docstore.Document)
	for i, c := range r.Sentences {
		d, known := documents[c.Span.Document]
		if !known {
			read, err := s.GetDocument.Execute(ctx, docstore.GetDocument{ID: c.Span.Document}).Unwrap()
			switch {
			case err == nil:
				d = &read
			case !errors.Is(err, domain.NotFound):
				return err
			}
			documents[c.Span.Document] = d
		}
		if reason := expiry(c, d); reason != "" {
			citation := &view.Sentences[i].Citations[0]
			citation.Expired, citation.Reason, view.Expired = true, reason, true
		}
	}
	return nil
}

// expiry says why a citation no longer holds; nothing where it does. The document
// is nil when it is gone.
func expiry(c query.Cited, d *docstore.Document) string {
	switch {
	case d == nil:
		return "The document was deleted."
	case !c.Holds(d.Version, d.Content):
		return "The document changed there; its current version no longer says so."
	}
	return ""
}
