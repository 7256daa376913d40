package docstore

import (
	"context"
	"maps"
	"slices"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) patchMetadata(ctx context.Context, c docstore.PatchMetadata) (docstore.PatchedMetadata, error) {
	if len(c.Updates) == 0 {
		return docstore.PatchedMetadata{}, domain.Invalid.New("There is nothing to update.").WithField("updates", "minProperties", "must name at least one key")
	}
	stored, err := s.living(ctx, c.ID)
	if err != nil {
		return docstore.PatchedMetadata{}, err
	}
	view, err := s.revise(ctx, document.Restore(stored), document.Change{
		Content: stored.Content, Metadata: stored.Metadata.Merge(c.Updates), Note: "Metadata update", Author: c.Author,
	})
	if err != nil {
		return docstore.PatchedMetadata{}, err
	}
	return docstore.PatchedMetadata{
		ID: view.ID, Metadata: view.Metadata, UpdatedFields: slices.Sorted(maps.Keys(c.Updates)), Version: view.Version,
	}, nil
}
