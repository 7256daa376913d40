package docstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (s *service) storeDocument(ctx context.Context, c docstore.StoreDocument) domain.DomainResult[docstore.Document] {
	var metadata document.Metadata
	if json.Unmarshal(c.Metadata, &metadata) != nil {
		metadata = nil
	}
	view, err := s.store(ctx, c.ID, document.Draft{
		Content: c.Content, Metadata: metadata, Correlation: c.CorrelationID, Author: c.Author,
	})
	result := domain.From(view, err)
	if err == nil && view.Existed {
		result = result.WithMessage("The same content is stored already; nothing was saved.")
	}
	return result
}

// store adds a document, or finds the living one with the same content.
func (s *service) store(ctx context.Context, id string, draft document.Draft) (docstore.Document, error) {
	var err error
	if err := s.checkSize(draft.Content); err != nil {
		return docstore.Document{}, err
	}
	if id == "" {
		id = s.IDs.New()
	}
	if draft.ID, err = document.ParseID(id); err != nil {
		return docstore.Document{}, err
	}
	if draft.Correlation == "" {
		draft.Correlation = usecase.MetaOf(ctx).Correlation
	}
	d, err := document.New(draft, s.Clock.Now())
	if err != nil {
		return docstore.Document{}, err
	}
	err = s.save(ctx, d, true)
	if errors.Is(err, domain.Conflict) {
		return s.resolve(ctx, d.State(), err)
	}
	return documentView(d.State()), err
}

// resolve answers a refused addition: with the living document of the same
// content, or by bringing back to life a deleted one of the same id.
func (s *service) resolve(ctx context.Context, wanted document.State, conflict error) (docstore.Document, error) {
	same, err := s.Documents.FindByHash(ctx, wanted.Hash)
	if err == nil {
		view := documentView(same)
		view.Existed = true
		return view, nil
	}
	if !errors.Is(err, domain.NotFound) {
		return docstore.Document{}, err
	}
	stored, err := s.Documents.Get(ctx, wanted.ID)
	if err != nil || stored.DeletedAt.IsZero() {
		return docstore.Document{}, conflict
	}
	return s.revise(ctx, document.Restore(stored), document.Change{
		Content: wanted.Content, Metadata: wanted.Metadata, Author: wanted.Author,
		Note: "Document created again", Correlation: wanted.Correlation,
	})
}

// revise makes and stores the next version of a document.
func (s *service) revise(ctx context.Context, d *document.Document, c document.Change) (docstore.Document, error) {
	if err := s.checkSize(c.Content); err != nil {
		return docstore.Document{}, err
	}
	if c.Correlation == "" {
		c.Correlation = usecase.MetaOf(ctx).Correlation
	}
	changed, err := d.Revise(c, s.Clock.Now())
	if err != nil {
		return docstore.Document{}, err
	}
	if changed {
		err = s.save(ctx, d, false)
	}
	return documentView(d.State()), err
}

func (s *service) checkSize(content string) error {
	if len(content) > s.MaxContentBytes {
		return domain.TooLarge.New(fmt.Sprintf("The content has %d bytes; the store takes at most %d. Split the document, or raise DOCSTORE_MAX_CONTENT_BYTES.", len(content), s.MaxContentBytes)).
			WithDetail("max_bytes", s.MaxContentBytes).WithDetail("bytes", len(content))
	}
	return nil
}
