package docstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) putDocument(ctx context.Context, c docstore.PutDocument) (docstore.Document, error) {
	id, err := document.ParseID(c.ID)
	if err != nil {
		return docstore.Document{}, err
	}
	stored, err := s.Documents.Get(ctx, id)
	if errors.Is(err, domain.NotFound) {
		if c.Expected != nil && *c.Expected != 0 {
			return docstore.Document{}, err
		}
		return s.put(ctx, c)
	}
	if err != nil {
		return docstore.Document{}, err
	}
	if c.Expected != nil && *c.Expected != stored.Version && stored.DeletedAt.IsZero() {
		return docstore.Document{}, domain.Conflict.New(fmt.Sprintf("The document stands at version %d, not %d; read it again.", stored.Version, *c.Expected)).
			WithDetail("version", stored.Version)
	}
	return s.revise(ctx, document.Restore(stored), document.Change{
		Content: c.Content, Metadata: c.Metadata, Note: c.Note, Author: c.Author,
	})
}

// put adds the document under its id; content that another document holds is a conflict.
func (s *service) put(ctx context.Context, c docstore.PutDocument) (docstore.Document, error) {
	view, err := s.store(ctx, c.ID, document.Draft{Content: c.Content, Metadata: c.Metadata, Author: c.Author})
	if err == nil && view.ID != c.ID {
		return docstore.Document{}, domain.Conflict.New("Another document has the same content.").WithDetail("id", view.ID)
	}
	return view, err
}
