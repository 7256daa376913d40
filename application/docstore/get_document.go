package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) getDocument(ctx context.Context, c docstore.GetDocument) (docstore.Document, error) {
	if c.AsOf == nil {
		d, err := s.living(ctx, c.ID)
		return documentView(d), err
	}
	id, err := document.ParseID(c.ID)
	if err != nil {
		return docstore.Document{}, err
	}
	v, err := s.History.At(ctx, id, c.AsOf.UTC())
	if err != nil {
		return docstore.Document{}, err
	}
	d, err := s.Documents.Get(ctx, id)
	if err != nil {
		return docstore.Document{}, err
	}
	d.Title, d.Content, d.Size, d.Hash, d.Metadata = v.Title, v.Content, v.Size, v.Hash, v.Metadata
	d.Version, d.UpdatedAt = v.Number, v.ValidFrom
	return documentView(d), nil
}

func deleted(d document.State) error {
	return domain.NotFound.New("The document was deleted; read it as of an earlier instant, or store it again.").
		WithDetail("resource_id", d.ID.String()).WithDetail("deleted_at", d.DeletedAt)
}

// living reads a document that is not deleted.
func (s *service) living(ctx context.Context, text string) (document.State, error) {
	id, err := document.ParseID(text)
	if err != nil {
		return document.State{}, err
	}
	d, err := s.Documents.Get(ctx, id)
	if err == nil && !d.DeletedAt.IsZero() {
		err = deleted(d)
	}
	if err != nil {
		return document.State{}, err
	}
	return d, nil
}
