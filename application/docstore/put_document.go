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
	return s.put(ctx, c, "")
}

// put creates the document or makes its next version. An empty correlation is
// that of the request.
func (s *service) put(ctx context.Context, c docstore.PutDocument, correlation string) (docstore.Document, error) {
	id, err := document.ParseID(c.ID)
	if err != nil {
		return docstore.Document{}, err
	}
	stored, err := s.Documents.Get(ctx, id)
	if errors.Is(err, domain.NotFound) {
		if c.Expected != nil && *c.Expected != 0 {
			return docstore.Document{}, err
		}
		return s.create(ctx, c, correlation)
	}
	if err != nil {
		return docstore.Document{}, err
	}
	if err := expected(c, stored); err != nil {
		return docstore.Document{}, err
	}
	return s.revise(ctx, document.Restore(stored), document.Change{
		Content: c.Content, Metadata: c.Metadata, Note: c.Note, Author: c.Author, Correlation: correlation,
	})
}

// expected checks the version that a change is based on. A deleted document
// counts as one that does not exist.
func expected(c docstore.PutDocument, stored document.State) error {
	if c.Expected == nil {
		return nil
	}
	if !stored.DeletedAt.IsZero() {
		if *c.Expected != 0 {
			return deleted(stored)
		}
		return nil
	}
	if *c.Expected != stored.Version {
		return domain.Conflict.New(fmt.Sprintf("The document stands at version %d, not %d; read it again.", stored.Version, *c.Expected)).
			WithDetail("version", stored.Version)
	}
	return nil
}

// create adds the document under its id; content that another document holds is a conflict.
func (s *service) create(ctx context.Context, c docstore.PutDocument, correlation string) (docstore.Document, error) {
	view, err := s.store(ctx, c.ID, document.Draft{Content: c.Content, Metadata: c.Metadata, Author: c.Author, Correlation: correlation})
	if err == nil && view.ID != c.ID {
		return docstore.Document{}, domain.Conflict.New("Another document has the same content.").WithDetail("id", view.ID)
	}
	return view, err
}
