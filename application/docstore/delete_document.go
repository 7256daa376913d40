package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (s *service) deleteDocument(ctx context.Context, c docstore.DeleteDocument) (docstore.Deleted, error) {
	if c.Purge {
		return s.purgeDocument(ctx, c.ID)
	}
	stored, err := s.living(ctx, c.ID)
	if err != nil {
		return docstore.Deleted{}, err
	}
	d := document.Restore(stored)
	meta := usecase.MetaOf(ctx)
	if err := d.Delete(meta.Caller.User, meta.Correlation, s.Clock.Now()); err != nil {
		return docstore.Deleted{}, err
	}
	return docstore.Deleted{ID: c.ID}, s.save(ctx, d, false)
}

// purgeDocument erases a document and its history; the event is all that stays.
func (s *service) purgeDocument(ctx context.Context, text string) (docstore.Deleted, error) {
	id, err := document.ParseID(text)
	if err != nil {
		return docstore.Deleted{}, err
	}
	event := domain.Event{
		ID: s.IDs.New(), Name: document.EventPurged, Aggregate: "document", AggregateID: text,
		At: s.Clock.Now().UTC(), Correlation: usecase.MetaOf(ctx).Correlation,
		Payload: []byte("{}"),
	}
	err = s.Unit.Within(ctx, func(ctx context.Context) error {
		if err := s.Index.Drop(ctx, id); err != nil {
			return err
		}
		if err := s.Documents.Purge(ctx, id); err != nil {
			return err
		}
		return s.Outbox.Append(ctx, event)
	})
	return docstore.Deleted{ID: text, Purged: true}, err
}
